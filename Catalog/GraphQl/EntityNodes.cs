using Discovery.Catalog.Store;
using Discovery.Metadata;

namespace Discovery.Catalog.GraphQl;

/// <summary>The entities of one answer, each read once.</summary>
internal sealed class EntityNodes(CatalogStore store)
{
    private readonly Dictionary<string, EntityNode> _nodes = new(StringComparer.Ordinal);

    /// <summary>The entity of a urn, whether it is stored or not; null where it is no urn of a known type.</summary>
    public EntityNode? Find(string text)
    {
        if (_nodes.TryGetValue(text, out var known))
        {
            return known;
        }
        return Urn.TryParse(text, out var urn) && EntityTypes.Find(urn.EntityType) is { } type ? _nodes[text] = new EntityNode(store, urn, type) : null;
    }
}
