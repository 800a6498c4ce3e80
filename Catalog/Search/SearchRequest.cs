namespace Discovery.Catalog.Search;

/// <summary>What to search for.</summary>
public sealed record SearchRequest
{
    /// <summary>Entity types such as <c>dataset</c>; null for all.</summary>
    public IReadOnlyList<string>? EntityTypes { get; init; }

    /// <summary>
    /// Words that must all be found, <c>"a phrase"</c>, <c>pre*</c>, <c>field:value</c> with AND, OR and parentheses, or <c>*</c> for everything.
    /// </summary>
    public string Query { get; init; } = "*";

    /// <summary>What must hold besides.</summary>
    public SearchFilter Filter { get; init; } = SearchFilter.All;

    /// <summary>How to sort; empty for the best match first.</summary>
    public IReadOnlyList<SortBy> Sort { get; init; } = [];

    /// <summary>How many matches to pass over.</summary>
    public int Start { get; init; }

    /// <summary>Most matches to answer with.</summary>
    public int Count { get; init; } = 10;

    /// <summary>Goes on where the answer with this id ended; instead of <see cref="Start"/>.</summary>
    public string? ScrollId { get; init; }

    /// <summary>Whether soft-deleted entities are found; null lets a filter on <c>removed</c> decide, and hides them without one.</summary>
    public bool? IncludeSoftDeleted { get; init; }

    /// <summary>Fields to count values of; null for those that the model offers as filters, empty for none.</summary>
    public IReadOnlyList<string>? Facets { get; init; }

    /// <summary>Most values a facet.</summary>
    public int FacetValues { get; init; } = 20;
}

/// <summary>A field to sort by, such as <c>urn</c>, <c>_entityName</c> or <c>lastModifiedAt</c>.</summary>
public sealed record SortBy(string Field, bool Descending = false);

/// <summary>Alternatives, one of which must hold; each is a list of criteria that must all hold.</summary>
public sealed record SearchFilter(IReadOnlyList<IReadOnlyList<Criterion>> Alternatives)
{
    /// <summary>Holds for everything.</summary>
    public static SearchFilter All { get; } = new([]);

    /// <summary>What holds for the filter and for a criterion besides.</summary>
    public SearchFilter And(Criterion criterion) =>
        new(Alternatives.Count == 0 ? [[criterion]] : [.. Alternatives.Select(alternative => (IReadOnlyList<Criterion>)[.. alternative, criterion])]);
}

/// <summary>A condition on one field of the index.</summary>
/// <param name="Field">Name in the index, such as <c>platform</c>; a <c>.keyword</c> at its end does not count.</param>
/// <param name="Condition">DataHub's word: EQUAL, IEQUAL, IN, CONTAIN, START_WITH, END_WITH, EXISTS, GREATER_THAN, GREATER_THAN_OR_EQUAL_TO, LESS_THAN, LESS_THAN_OR_EQUAL_TO.</param>
/// <param name="Values">One of them must match.</param>
/// <param name="Negated">Turns the criterion round.</param>
public sealed record Criterion(string Field, string Condition, IReadOnlyList<string> Values, bool Negated = false);
