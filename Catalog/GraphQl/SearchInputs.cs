using Discovery.Catalog.Search;

namespace Discovery.Catalog.GraphQl;

/// <summary>Reads what searches of all kinds take.</summary>
internal static class SearchInputs
{
    /// <summary><c>types</c>; null for all.</summary>
    public static IReadOnlyList<string>? Types(InputObject input) =>
        input.Texts("types") is { Count: > 0 } types ? [.. types.Select(type => EntityTypeNames.Parse(type)!)] : null;

    /// <summary><c>orFilters</c>, of which one must hold, and the older <c>filters</c>, which must all hold.</summary>
    public static SearchFilter Filter(InputObject input)
    {
        var always = input.Objects("filters").Select(ReadCriterion).ToList();
        var alternatives = input.Objects("orFilters").Select(alternative => (IReadOnlyList<Criterion>)[.. alternative.Objects("and").Select(ReadCriterion), .. always]).ToList();
        return new SearchFilter(alternatives.Count == 0 && always.Count > 0 ? [always] : alternatives);
    }

    /// <summary><c>sortInput</c></summary>
    public static IReadOnlyList<SortBy> Sort(InputObject? input)
    {
        if (input is null)
        {
            return [];
        }
        var criteria = input.Objects("sortCriteria") is { Count: > 0 } several ? several : input.Object("sortCriterion") is { } one ? [one] : [];
        return [.. criteria.Select(criterion => new SortBy(criterion.Text("field")!, criterion.Text("sortOrder") == "DESCENDING"))];
    }

    private static Criterion ReadCriterion(InputObject input) => new(input.Text("field")!, input.Text("condition") ?? "EQUAL", input.Texts("values"), input.Flag("negated"));
}
