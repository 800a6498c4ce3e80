namespace Discovery.Catalog.Model;

/// <summary>A place in an aspect that holds urns of related entities.</summary>
/// <param name="Path">Such as <c>/upstreams/*/dataset</c>; the star is an item of an array or a value of a map.</param>
/// <param name="Name">Such as <c>DownstreamOf</c>.</param>
/// <param name="EntityTypes">Types that the urns are of.</param>
/// <param name="IsLineage">Whether data flows along it.</param>
/// <param name="IsUpstream">Whether the destination lies upstream of the entity that has the aspect; says something for lineage alone.</param>
public sealed record RelationshipAnnotation(string Path, string Name, IReadOnlyList<string> EntityTypes, bool IsLineage, bool IsUpstream);
