namespace Discovery.Metadata.Model;

/// <summary>DataHub's entities and aspects, as <c>eng/update-model.py</c> took them from its model.</summary>
public sealed class AspectRegistry
{
    private static readonly Lazy<AspectRegistry> LazyInstance = new(ModelReader.ReadEmbedded);

    private readonly Dictionary<string, EntityType> _entitiesInAnyCase;
    private readonly Dictionary<string, AspectType> _aspectsInAnyCase;

    internal AspectRegistry(string version, IReadOnlyDictionary<string, EntityType> entities, IReadOnlyDictionary<string, AspectType> aspects)
    {
        Version = version;
        Entities = entities;
        Aspects = aspects;
        _entitiesInAnyCase = new(entities, StringComparer.OrdinalIgnoreCase);
        _aspectsInAnyCase = new(aspects, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The registry; read at its first use, which takes some milliseconds.</summary>
    public static AspectRegistry Instance => LazyInstance.Value;

    /// <summary>Where the model is from, such as <c>acryl-datahub 1.7.0.17</c>.</summary>
    public string Version { get; }

    /// <summary>Entity types by name.</summary>
    public IReadOnlyDictionary<string, EntityType> Entities { get; }

    /// <summary>Aspects by name.</summary>
    public IReadOnlyDictionary<string, AspectType> Aspects { get; }

    /// <summary>An entity type by its name, upper and lower case alike: clients ask for <c>platformresource</c>. Null where there is none.</summary>
    public EntityType? FindEntity(string name) => _entitiesInAnyCase.GetValueOrDefault(name);

    /// <summary>An aspect by its name, upper and lower case alike; null where there is none.</summary>
    public AspectType? FindAspect(string name) => _aspectsInAnyCase.GetValueOrDefault(name);
}

/// <summary>A type of entity.</summary>
/// <param name="Name">Such as <c>dataset</c>.</param>
/// <param name="KeyAspect">The aspect that holds the parts of its urn, such as <c>datasetKey</c>.</param>
/// <param name="Aspects">Names of its other aspects.</param>
public sealed record EntityType(string Name, string KeyAspect, IReadOnlySet<string> Aspects);

/// <summary>A kind of aspect.</summary>
/// <param name="Name">Such as <c>schemaMetadata</c>.</param>
/// <param name="Record">Its content.</param>
/// <param name="Timeseries">Whether each value stands beside the earlier ones rather than in their place.</param>
public sealed record AspectType(string Name, RecordType Record, bool Timeseries);
