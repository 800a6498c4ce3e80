using System.Text.Json;
using Discovery.Catalog.Search;

namespace Discovery.Catalog.Endpoints;

/// <summary>Reads filters, and what to sort by, in the forms that clients send them.</summary>
internal static class FilterReader
{
    /// <summary>
    /// <c>{"or": [{"and": [rule, ..]}, ..]}</c>; <c>{"and": [{"criteria": [rule, ..]}, ..]}</c>, whose outer list is one of alternatives too;
    /// <c>{"criteria": [rule, ..]}</c>. A rule is <c>{"field": "platform", "condition": "EQUAL", "values": [..], "negated": false}</c>;
    /// old clients send <c>value</c>.
    /// </summary>
    /// <exception cref="CatalogException">It is in none of these forms.</exception>
    public static SearchFilter Read(JsonElement? filter)
    {
        if (filter is not { } element)
        {
            return SearchFilter.All;
        }
        var members = new Arguments(element);
        var alternatives = members.Member("criteria") is not null
            ? [members]
            : members.Member("or") is not null ? members.Objects("or") : members.Objects("and");
        return new SearchFilter([.. alternatives.Select(ReadAlternative)]);
    }

    /// <summary><c>"sortCriteria": [{"field": "urn", "order": "DESCENDING"}]</c>; empty where it is absent.</summary>
    public static IReadOnlyList<SortBy> ReadSort(Arguments arguments) => [.. arguments.Objects("sortCriteria").Select(ReadSortBy)];

    /// <summary><c>{"field": "urn", "order": "DESCENDING"}</c></summary>
    public static SortBy ReadSortBy(Arguments criterion) => new(criterion.Text("field"), criterion.TextOrNull("order") is "DESCENDING");

    private static IReadOnlyList<Criterion> ReadAlternative(Arguments alternative) =>
        [.. alternative.Objects(alternative.Member("criteria") is not null ? "criteria" : "and").Select(ReadCriterion)];

    private static Criterion ReadCriterion(Arguments rule) => new(
        rule.Text("field"),
        rule.TextOrNull("condition") ?? "EQUAL",
        rule.TextsOrNull("values") is { Count: > 0 } values ? values : rule.TextOrNull("value") is { } value ? [value] : [],
        rule.Flag("negated"));
}
