using System.Text;
using Discovery.Catalog.Search.Storage;

namespace Discovery.Catalog.Search.Results;

/// <summary>Counts the values that matches have.</summary>
internal static class FacetCounter
{
    private static readonly string[] DefaultFields =
        [IndexSchema.EntityTypeField, "platform", "origin", "typeNames", "tags", "glossaryTerms", "domains", "owners", "container", "platformInstance"];

    /// <summary>Counts fields.</summary>
    /// <param name="content">The index.</param>
    /// <param name="fields">Their names; null for those that most people filter by, as far as there are values.</param>
    /// <param name="matches">The documents.</param>
    /// <param name="limit">Most values a field.</param>
    public static List<Facet> Count(IndexContent content, IReadOnlyList<string>? fields, Bitmap matches, int limit)
    {
        var facets = new List<Facet>();
        foreach (var field in fields ?? DefaultFields)
        {
            var number = IndexSchema.Instance.FindColumn(field);
            var values = number >= 0 && content.Column(number) is { } column ? Count(column, field, matches, limit) : [];
            if (fields is not null || values.Count > 0)
            {
                facets.Add(new Facet(field, DisplayName(field, number), values));
            }
        }
        return facets;
    }

    private static string DisplayName(string field, int number) =>
        number == IndexSchema.Instance.EntityType ? "Type" : number < 0 ? field : IndexSchema.Instance.Columns[number].Label ?? field;

    private static List<FacetValue> Count(Column column, string field, Bitmap matches, int limit)
    {
        var counts = new int[column.Values.Count];
        var documents = column.Documents;
        var values = column.ValueIds;
        for (var i = 0; i < documents.Length; i++)
        {
            if (matches[documents[i]])
            {
                counts[values[i]]++;
            }
        }
        var isEntityType = IndexSchema.Trim(field) == IndexSchema.EntityTypeField;
        return
        [
            .. from value in Largest(column.Values, counts, limit)
               let text = Encoding.UTF8.GetString(column.Values[value])
               select new FacetValue(isEntityType ? EntityTypeNames.ToGraphQl(text) : text, counts[value]),
        ];
    }

    private static IEnumerable<int> Largest(BytePool values, int[] counts, int limit)
    {
        // The root is the smallest of those that are kept.
        var order = Comparer<int>.Create((left, right) =>
            counts[left] != counts[right] ? counts[left].CompareTo(counts[right]) : values[right].SequenceCompareTo(values[left]));
        var kept = new PriorityQueue<int, int>(order);
        for (var value = 0; value < counts.Length; value++)
        {
            if (counts[value] > 0)
            {
                kept.Enqueue(value, value);
                if (kept.Count > limit)
                {
                    kept.Dequeue();
                }
            }
        }
        return kept.UnorderedItems.Select(item => item.Element).OrderDescending(order);
    }
}
