using System.Text.Json;
using Discovery.Catalog.Store;
using Discovery.Metadata;

namespace Discovery.Catalog.GraphQl;

/// <summary>An entity in an answer; its aspects are read when a field asks for them.</summary>
internal sealed class EntityNode(CatalogStore store, Urn urn, EntityTypeName type)
{
    private readonly Dictionary<string, JsonElement?> _aspects = new(StringComparer.Ordinal);

    public string Urn => urn.ToString();

    public EntityTypeName Type => type;

    /// <summary>A part of the key in the urn; null where it has fewer.</summary>
    public string? Key(int index) => index < urn.Parts.Count ? urn.Parts[index] : null;

    /// <summary>An aspect; null where the entity does not have it.</summary>
    public JsonElement? Aspect(string name)
    {
        if (!_aspects.TryGetValue(name, out var value))
        {
            value = store.Read(Urn, name) is { } aspect ? JsonElement.Parse(aspect.Value.Span) : null;
            _aspects.Add(name, value);
        }
        return value;
    }
}
