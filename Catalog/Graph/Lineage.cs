using Discovery.Catalog.Store;

namespace Discovery.Catalog.Graph;

/// <summary>Walks the relationships that the model marks as lineage, and column lineage.</summary>
public static class Lineage
{
    /// <summary>
    /// What lies upstream or downstream of an entity, each entity once with its shortest distance, in order of distance and then of urn.
    /// Of a schema field, what lies there of other schema fields.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="urn">Where to start; not part of the result.</param>
    /// <param name="downstream">The direction.</param>
    /// <param name="maxHops">1 for the direct ones alone.</param>
    public static IReadOnlyList<LineageNode> Walk(CatalogStore store, string urn, bool downstream, int maxHops) => throw new NotImplementedException();
}

/// <summary>An entity that lineage leads to.</summary>
/// <param name="Urn">The entity.</param>
/// <param name="Degree">How many steps away, from 1.</param>
/// <param name="Path">The urns from the start to it, both included.</param>
public sealed record LineageNode(string Urn, int Degree, IReadOnlyList<string> Path);
