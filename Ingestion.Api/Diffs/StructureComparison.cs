using Discovery.Ingestion.Control;
using Discovery.Ingestion.State;

namespace Discovery.Ingestion.Api.Diffs;

/// <summary>Finds what is different between two structures of one dataset.</summary>
internal static class StructureComparison
{
    private const int MostDifferences = 100;
    private const int LongestText = 500;

    /// <summary>The differences: of the table, of its columns as they stand in it, of its keys. At most 100.</summary>
    public static IReadOnlyList<Difference> Compare(DatasetStructure before, DatasetStructure after) => [.. All(before, after).Take(MostDifferences)];

    private static IEnumerable<Difference> All(DatasetStructure before, DatasetStructure after)
    {
        if (before.Kind != after.Kind)
        {
            yield return Of(DifferenceAspect.Kind, null, before.Kind, after.Kind);
        }
        if (before.Comment != after.Comment)
        {
            yield return Of(DifferenceAspect.Comment, null, before.Comment, after.Comment);
        }
        var earlier = before.Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        foreach (var column in after.Columns)
        {
            if (!earlier.Remove(column.Name, out var was))
            {
                yield return Of(DifferenceAspect.Column, column.Name, null, column.Type);
                continue;
            }
            if (was.Type != column.Type)
            {
                yield return Of(DifferenceAspect.Column, column.Name, was.Type, column.Type);
            }
            if (was.IsNullable != column.IsNullable)
            {
                yield return Of(DifferenceAspect.Nullable, column.Name, Word(was.IsNullable), Word(column.IsNullable));
            }
            if (was.Comment != column.Comment)
            {
                yield return Of(DifferenceAspect.Comment, column.Name, was.Comment, column.Comment);
            }
        }
        foreach (var column in before.Columns.Where(column => earlier.ContainsKey(column.Name)))
        {
            yield return Of(DifferenceAspect.Column, column.Name, column.Type, null);
        }
        var (keyBefore, keyAfter) = (KeyOf(before), KeyOf(after));
        if (!keyBefore.ToHashSet(StringComparer.Ordinal).SetEquals(keyAfter))
        {
            yield return Of(DifferenceAspect.PrimaryKey, null, Join(keyBefore), Join(keyAfter));
        }
        foreach (var key in before.ForeignKeys.Except(after.ForeignKeys, StringComparer.Ordinal))
        {
            yield return Of(DifferenceAspect.ForeignKey, null, key, null);
        }
        foreach (var key in after.ForeignKeys.Except(before.ForeignKeys, StringComparer.Ordinal))
        {
            yield return Of(DifferenceAspect.ForeignKey, null, null, key);
        }
    }

    private static List<string> KeyOf(DatasetStructure structure) => [.. structure.Columns.Where(column => column.IsKey).Select(column => column.Name)];

    private static string? Join(List<string> columns) => columns.Count == 0 ? null : string.Join(", ", columns);

    private static Difference Of(DifferenceAspect aspect, string? column, string? before, string? after) => new(aspect, column, CutText.Of(before, LongestText), CutText.Of(after, LongestText));

    private static string Word(bool value) => value ? "true" : "false";
}
