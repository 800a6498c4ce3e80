using Discovery.Catalog.Graph;

namespace Discovery.Catalog.Pages.Pictures;

/// <summary>What a lineage picture shows: entities in columns from upstream to downstream, and the steps between them.</summary>
/// <param name="Start">The entity that the picture is about.</param>
/// <param name="Columns">Urns with their column; the start has column 0, what is upstream of it negative ones.</param>
/// <param name="Steps">Pairs of urns, upstream first.</param>
/// <param name="LeftOut">How many entities the picture has no room for.</param>
internal sealed record LineageGraph(
    string Start, IReadOnlyDictionary<string, int> Columns, IReadOnlyList<(string Upstream, string Downstream)> Steps, int LeftOut)
{
    /// <summary>Most entities in a column; with three steps to each side a picture has at most seven columns.</summary>
    public const int MostPerColumn = 12;

    /// <summary>Chooses what is shown.</summary>
    /// <param name="start">The entity that the picture is about.</param>
    /// <param name="upstream">What is upstream of it, nearest first.</param>
    /// <param name="downstream">What is downstream of it, nearest first.</param>
    /// <param name="directUpstream">What is directly upstream of an entity.</param>
    public static LineageGraph Of(
        string start, IReadOnlyList<LineageNode> upstream, IReadOnlyList<LineageNode> downstream, Func<string, IEnumerable<string>> directUpstream)
    {
        var columns = new Dictionary<string, int>(StringComparer.Ordinal) { [start] = 0 };
        var perColumn = new Dictionary<int, int>();
        var leftOut = new HashSet<string>(StringComparer.Ordinal);
        // What is both upstream and downstream, as in a cycle, stands where it is nearer.
        foreach (var (node, sign) in upstream.Select(node => (node, -1)).Concat(downstream.Select(node => (node, 1))).OrderBy(item => item.node.Degree))
        {
            var column = sign * node.Degree;
            // One whose way to the start is not shown would stand without a line.
            var reachable = node.Path.Count < 2 || columns.ContainsKey(node.Path[^2]);
            if (columns.ContainsKey(node.Urn))
            {
                continue;
            }
            if (reachable && perColumn.GetValueOrDefault(column) < MostPerColumn)
            {
                columns.Add(node.Urn, column);
                perColumn[column] = perColumn.GetValueOrDefault(column) + 1;
            }
            else
            {
                leftOut.Add(node.Urn);
            }
        }
        leftOut.ExceptWith(columns.Keys);
        var steps = columns.Keys
            .SelectMany(urn => directUpstream(urn).Where(columns.ContainsKey).Select(source => (source, urn)))
            .Distinct()
            .OrderBy(step => step.source, StringComparer.Ordinal).ThenBy(step => step.urn, StringComparer.Ordinal)
            .ToList();
        return new LineageGraph(start, columns, steps, leftOut.Count);
    }
}
