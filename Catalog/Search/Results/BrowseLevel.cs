using System.Text;
using Discovery.Catalog.Search.Storage;

namespace Discovery.Catalog.Search.Results;

/// <summary>Counts what stands below a browse path.</summary>
internal static class BrowseLevel
{
    /// <summary>The next ids below a path, most entities first.</summary>
    public static IReadOnlyList<FacetValue> Count(IndexContent content, IReadOnlyList<string> path, Bitmap matches)
    {
        if (content.Column(IndexSchema.Instance.BrowsePath) is not { } column)
        {
            return [];
        }
        var above = string.Concat(path.Select(id => IndexSchema.PathSeparator + id)) + IndexSchema.PathSeparator;
        var groups = new Dictionary<string, int>(StringComparer.Ordinal);
        var counts = new List<int>();
        // Few paths hold many entities: each path is looked at once.
        var groupOf = new int[column.Values.Count];
        for (var value = 0; value < groupOf.Length; value++)
        {
            groupOf[value] = -1;
            var text = Encoding.UTF8.GetString(column.Values[value]);
            if (text.StartsWith(above, StringComparison.Ordinal))
            {
                var id = text[above.Length..].Split(IndexSchema.PathSeparator, 2)[0];
                if (!groups.TryGetValue(id, out groupOf[value]))
                {
                    groups.Add(id, groupOf[value] = counts.Count);
                    counts.Add(0);
                }
            }
        }
        var documents = column.Documents;
        var values = column.ValueIds;
        for (var i = 0; i < documents.Length; i++)
        {
            if (groupOf[values[i]] is >= 0 and var group && matches[documents[i]])
            {
                counts[group]++;
            }
        }
        return
        [
            .. groups.Select(group => new FacetValue(group.Key, counts[group.Value]))
                .Where(group => group.Count > 0)
                .OrderByDescending(group => group.Count)
                .ThenBy(group => group.Value, StringComparer.Ordinal),
        ];
    }
}
