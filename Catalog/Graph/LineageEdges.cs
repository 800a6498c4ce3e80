using Discovery.Catalog.Model;

namespace Discovery.Catalog.Graph;

/// <summary>Which relationships carry data, and which of their ends it comes from.</summary>
public static class LineageEdges
{
    private const string SchemaField = "urn:li:schemaField:";

    private static readonly Dictionary<(string Aspect, string Name), RelationshipAnnotation[]> Annotated = Annotations.Instance.Relationships
        .SelectMany(aspect => aspect.Value.Where(edge => edge.IsLineage).Select(edge => (Aspect: aspect.Key, Edge: edge)))
        .GroupBy(entry => (entry.Aspect, entry.Edge.Name), entry => entry.Edge)
        .ToDictionary(group => group.Key, group => group.ToArray());

    /// <summary>Whether an edge is lineage, of entities or of columns.</summary>
    /// <param name="edge">The edge.</param>
    /// <param name="destinationIsUpstream">Whether data flows from the destination to the source.</param>
    public static bool IsLineage(Relationship edge, out bool destinationIsUpstream)
    {
        destinationIsUpstream = true;
        if (edge.Source.StartsWith(SchemaField, StringComparison.Ordinal))
        {
            // Column lineage stands in an aspect of the dataset that has the column.
            return !string.Equals(edge.Owner, edge.Source, StringComparison.Ordinal);
        }
        if (!Annotated.TryGetValue((edge.Aspect, edge.Type), out var annotations))
        {
            return false;
        }
        foreach (var annotation in annotations)
        {
            // Produces leads to datasets and to columns; only the former are lineage.
            if (annotation.EntityTypes.Any(type => IsOf(edge.Destination, type)))
            {
                destinationIsUpstream = annotation.IsUpstream;
                return true;
            }
        }
        return false;
    }

    private static bool IsOf(string urn, string entityType)
    {
        const int Start = 7; // after urn:li:
        return urn.Length > Start + entityType.Length && urn[Start + entityType.Length] == ':'
            && urn.AsSpan(Start, entityType.Length).SequenceEqual(entityType);
    }
}
