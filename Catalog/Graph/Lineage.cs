using Discovery.Catalog.Store;
using Discovery.Metadata;

namespace Discovery.Catalog.Graph;

/// <summary>Walks the relationships that the model marks as lineage, and column lineage.</summary>
public static class Lineage
{
    private const int MaxFieldDepth = 4;

    /// <summary>Most steps that are walked.</summary>
    public const int MaxHops = 100;

    /// <summary>Most entities that are walked to; those further away are left out.</summary>
    public const int MaxEntities = 10_000;

    /// <summary>
    /// What lies upstream or downstream of an entity, each entity once with its shortest distance, in order of distance and then of urn.
    /// Of a schema field, what lies there of other schema fields. Soft-deleted entities are left out, what lies behind them is not.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="urn">Where to start; not part of the result.</param>
    /// <param name="downstream">The direction.</param>
    /// <param name="maxHops">1 for the direct ones alone; <see cref="MaxHops"/> is the most.</param>
    public static IReadOnlyList<LineageNode> Walk(CatalogStore store, string urn, bool downstream, int maxHops) =>
        Walk(new LineageSource(store.Outgoing, store.Incoming, entity => IsRemoved(store, entity)), urn, downstream, maxHops);

    internal static IReadOnlyList<LineageNode> Walk(LineageSource source, string urn, bool downstream, int maxHops)
    {
        var cameFrom = new Dictionary<string, string?>(StringComparer.Ordinal) { [urn] = null };
        var found = new List<LineageNode>();
        List<string> level = [urn];
        for (var degree = 1; degree <= Math.Min(maxHops, MaxHops) && level.Count > 0 && cameFrom.Count <= MaxEntities; degree++)
        {
            var next = new List<string>();
            foreach (var entity in level)
            {
                foreach (var neighbour in Neighbours(source, entity, downstream))
                {
                    if (cameFrom.Count <= MaxEntities && cameFrom.TryAdd(neighbour, entity))
                    {
                        next.Add(neighbour);
                    }
                }
            }
            next.Sort(StringComparer.Ordinal);
            found.AddRange(next.Where(entity => !source.IsRemoved(entity)).Select(entity => new LineageNode(entity, degree, PathTo(entity, cameFrom))));
            level = next;
        }
        return found;
    }

    private static IEnumerable<string> Neighbours(LineageSource source, string urn, bool downstream)
    {
        foreach (var edge in source.Outgoing(urn))
        {
            if (LineageEdges.IsLineage(edge, out var destinationIsUpstream) && destinationIsUpstream != downstream)
            {
                yield return edge.Destination;
            }
        }
        foreach (var edge in source.Incoming(urn))
        {
            if (LineageEdges.IsLineage(edge, out var destinationIsUpstream) && destinationIsUpstream == downstream)
            {
                yield return edge.Source;
            }
        }
    }

    private static List<string> PathTo(string urn, Dictionary<string, string?> cameFrom)
    {
        var path = new List<string>();
        for (var at = urn; at is not null; at = cameFrom[at])
        {
            path.Add(at);
        }
        path.Reverse();
        return path;
    }

    /// <summary>Whether an entity, or the dataset of a column, is soft-deleted.</summary>
    // A schema field goes with its dataset. Nobody has fields of fields of fields; urns from outside may say so.
    private static bool IsRemoved(CatalogStore store, string urn)
    {
        for (var depth = 0; depth < MaxFieldDepth; depth++)
        {
            if (store.IsRemoved(urn))
            {
                return true;
            }
            if (!Urn.TryParse(urn, out var parsed) || parsed.EntityType != "schemaField")
            {
                return false;
            }
            urn = parsed.Parts[0];
        }
        return false;
    }
}

/// <summary>Where a walk reads edges from.</summary>
internal sealed record LineageSource(
    Func<string, IReadOnlyList<Relationship>> Outgoing, Func<string, IReadOnlyList<Relationship>> Incoming, Func<string, bool> IsRemoved);

/// <summary>An entity that lineage leads to.</summary>
/// <param name="Urn">The entity.</param>
/// <param name="Degree">How many steps away, from 1.</param>
/// <param name="Path">The urns from the start to it, both included.</param>
public sealed record LineageNode(string Urn, int Degree, IReadOnlyList<string> Path);
