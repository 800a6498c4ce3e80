namespace Discovery.Catalog.Graph;

/// <summary>An edge of the graph, as an aspect of its source tells.</summary>
/// <param name="Source">Urn of the entity that has the aspect; of a schema field for column lineage.</param>
/// <param name="Type">Such as <c>DownstreamOf</c> or <c>IsPartOf</c>.</param>
/// <param name="Destination">Urn that the aspect names.</param>
/// <param name="Aspect">Name of the aspect.</param>
/// <param name="Owner">Urn of the entity that has the aspect; differs from <paramref name="Source"/> for column lineage alone.</param>
public sealed record Relationship(string Source, string Type, string Destination, string Aspect, string Owner);
