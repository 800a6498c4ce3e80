using System.Text.Json;
using Discovery.Catalog.Store;

namespace Discovery.Catalog.Pages.Views;

/// <summary>The current aspects of one entity, read as JSON when they are asked for.</summary>
public sealed class AspectSet
{
    private readonly Dictionary<string, StoredAspect> _stored;
    private readonly Dictionary<string, JsonElement> _parsed = new(StringComparer.Ordinal);

    /// <summary>Takes the aspects of an entity.</summary>
    public AspectSet(IEnumerable<StoredAspect> aspects)
    {
        _stored = new(StringComparer.Ordinal);
        foreach (var aspect in aspects)
        {
            _stored[aspect.Aspect] = aspect;
        }
    }

    /// <summary>The aspects in order of their names.</summary>
    public IEnumerable<StoredAspect> All => _stored.Values.OrderBy(aspect => aspect.Aspect, StringComparer.Ordinal);

    /// <summary>How many there are.</summary>
    public int Count => _stored.Count;

    /// <summary>Whether the entity has an aspect.</summary>
    public bool Has(string aspect) => _stored.ContainsKey(aspect);

    /// <summary>The value of an aspect; of kind <see cref="JsonValueKind.Undefined"/> where the entity does not have it or it is no JSON.</summary>
    public JsonElement this[string aspect]
    {
        get
        {
            if (!_parsed.TryGetValue(aspect, out var value))
            {
                value = _stored.TryGetValue(aspect, out var stored) ? Parse(stored.Value) : default;
                _parsed[aspect] = value;
            }
            return value;
        }
    }

    internal static JsonElement Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
