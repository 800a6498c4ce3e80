using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Recipes;
using Discovery.Metadata;
using Discovery.Metadata.Serialization;

namespace Discovery.Ingestion.Sources.MySql;

/// <summary>Urns and the records that say where an entity belongs: platform, container, domain, browse path.</summary>
internal sealed class EntityRecords(string platform, MySqlSourceConfig config, RecipeFlags flags)
{
    private readonly string _platformUrn = Urns.DataPlatform(platform);
    private readonly string? _instanceUrn = config.PlatformInstance is { } instance ? Urns.DataPlatformInstance(platform, instance) : null;
    private readonly JsonText _json = new();
    private (string Database, string Urn) _container = ("", "");

    private static ReadOnlyMemory<byte> NotRemoved { get; } = "{\"removed\":false}"u8.ToArray();

    /// <summary>Urn of the platform.</summary>
    public string PlatformUrn => _platformUrn;

    /// <summary>Whether the recipe names a platform instance.</summary>
    public bool HasInstance => _instanceUrn is not null;

    /// <summary>Urn of the container of a database.</summary>
    public string ContainerUrn(string database)
    {
        // Tables come database by database, and each urn is a hash.
        if (_container.Database != database)
        {
            _container = (database, Urns.DatabaseContainer(platform, config.PlatformInstance, config.Env, database));
        }
        return _container.Urn;
    }

    /// <summary>Urn of a table or view.</summary>
    public string DatasetUrn(string database, string table) =>
        Urns.Dataset(platform, config.PlatformInstance, $"{database}.{table}", config.Env, config.ConvertUrnsToLowercase);

    /// <summary>Urn of the query that makes a view. DataHub's client makes it of the view's urn before that is put in lower case.</summary>
    public string ViewQueryUrn(string database, string view) => Urns.ViewQuery(Urns.Dataset(platform, config.PlatformInstance, $"{database}.{view}", config.Env));

    /// <summary>One aspect of an entity; its type follows from the urn.</summary>
    public static MetadataChangeProposal Proposal(string urn, string aspectName, ReadOnlyMemory<byte> aspect) => new(EntityTypeOf(urn), urn, aspectName, aspect);

    /// <summary>Aspect <c>status</c>.</summary>
    public static MetadataChangeProposal Status(string urn) => Proposal(urn, "status", NotRemoved);

    /// <summary>Everything about the container of a database.</summary>
    public WorkUnit Container(string database)
    {
        var urn = ContainerUrn(database);
        _json.Raw("{\"customProperties\":{\"platform\":"u8).Text(platform);
        if (config.PlatformInstance is { } instance)
        {
            _json.Raw(",\"instance\":"u8).Text(instance);
        }
        _json.Raw(",\"env\":"u8).Text(config.Env).Raw(",\"database\":"u8).Text(database).Raw("},\"name\":"u8).Text(database)
            .Raw(",\"env\":"u8).Text(config.Env).Raw("}"u8);
        List<MetadataRecord> records =
        [
            Proposal(urn, "containerProperties"),
            Status(urn),
            PlatformInstance(urn),
            SubType(urn, "Database"),
        ];
        AddDomain(records, urn, database);
        AddBrowsePath(records, urn, container: null);
        return new WorkUnit("container", records);
    }

    /// <summary>Aspect <c>container</c> of something in a database.</summary>
    public MetadataChangeProposal InContainer(string urn, string containerUrn)
    {
        _json.Raw("{\"container\":"u8).Text(containerUrn).Raw("}"u8);
        return Proposal(urn, "container");
    }

    /// <summary>Aspect <c>dataPlatformInstance</c> of something that belongs to no instance.</summary>
    public MetadataChangeProposal Platform(string urn)
    {
        _json.Raw("{\"platform\":"u8).Text(_platformUrn).Raw("}"u8);
        return Proposal(urn, "dataPlatformInstance");
    }

    /// <summary>Aspect <c>dataPlatformInstance</c>.</summary>
    public MetadataChangeProposal PlatformInstance(string urn)
    {
        _json.Raw("{\"platform\":"u8).Text(_platformUrn);
        if (_instanceUrn is not null)
        {
            _json.Raw(",\"instance\":"u8).Text(_instanceUrn);
        }
        _json.Raw("}"u8);
        return Proposal(urn, "dataPlatformInstance");
    }

    /// <summary>Aspect <c>subTypes</c>.</summary>
    public MetadataChangeProposal SubType(string urn, string subType)
    {
        _json.Raw("{\"typeNames\":["u8).Text(subType).Raw("]}"u8);
        return Proposal(urn, "subTypes");
    }

    /// <summary>Aspect <c>viewProperties</c>.</summary>
    public MetadataChangeProposal ViewProperties(string urn, string text)
    {
        _json.Raw("{\"materialized\":false,\"viewLogic\":"u8).Text(text).Raw(",\"viewLanguage\":\"SQL\"}"u8);
        return Proposal(urn, "viewProperties");
    }

    /// <summary>Aspect <c>domains</c>, when a pattern of the recipe gives the entity a domain; the last one that matches counts, as with DataHub's client.</summary>
    public void AddDomain(List<MetadataRecord> records, string urn, string name)
    {
        var domain = config.Domain.LastOrDefault(domain => domain.Value.Allows(name)).Key;
        if (domain is not null)
        {
            _json.Raw("{\"domains\":["u8).Text(domain).Raw("]}"u8);
            records.Add(Proposal(urn, "domains"));
        }
    }

    /// <summary>Aspect <c>browsePathsV2</c>, unless the recipe's flags say otherwise: platform instance, then container.</summary>
    public void AddBrowsePath(List<MetadataRecord> records, string urn, string? container)
    {
        if (!flags.GenerateBrowsePathV2)
        {
            return;
        }
        _json.Raw("{\"path\":["u8);
        var separator = ""u8;
        foreach (var step in (string?[])[_instanceUrn, container])
        {
            if (step is not null)
            {
                _json.Raw(separator).Raw("{\"id\":"u8).Text(step).Raw(",\"urn\":"u8).Text(step).Raw("}"u8);
                separator = ","u8;
            }
        }
        _json.Raw("]}"u8);
        records.Add(Proposal(urn, "browsePathsV2"));
    }

    private MetadataChangeProposal Proposal(string urn, string aspectName) => Proposal(urn, aspectName, _json.Take());

    private static string EntityTypeOf(string urn) =>
        urn.StartsWith("urn:li:dataset:", StringComparison.Ordinal) ? "dataset"
        : urn.StartsWith("urn:li:container:", StringComparison.Ordinal) ? "container"
        : urn["urn:li:".Length..urn.IndexOf(':', "urn:li:".Length)];
}
