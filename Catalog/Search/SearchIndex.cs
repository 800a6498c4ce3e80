#pragma warning disable CA1822 // until it is built
using Discovery.Catalog.Store;

namespace Discovery.Catalog.Search;

/// <summary>
/// The search index over all entities, in memory. Changes are seen by the next search. Safe for use by many threads, with one
/// that applies changes at a time.
/// </summary>
public sealed class SearchIndex
{
    internal void Save(Stream stream) => throw new NotImplementedException();

    internal static SearchIndex Load(Stream stream) => throw new NotImplementedException();

    /// <summary>How many entities there are, soft-deleted ones included.</summary>
    public int Count => throw new NotImplementedException();

    /// <summary>Takes in entities that changed; one without aspects is removed.</summary>
    public void Apply(IReadOnlyList<EntityState> changed) => throw new NotImplementedException();

    /// <summary>Searches.</summary>
    /// <exception cref="CatalogException">The query, a filter or the scroll id is malformed.</exception>
    public SearchAnswer Search(SearchRequest request) => throw new NotImplementedException();

    /// <summary>Names that begin as the text does, best first, each with its entity.</summary>
    public IReadOnlyList<Suggestion> Complete(string text, IReadOnlyList<string>? entityTypes, int limit) => throw new NotImplementedException();

    /// <summary>The next level below a browse path: names (or urns of containers) with how many entities they hold.</summary>
    public IReadOnlyList<FacetValue> Browse(IReadOnlyList<string>? entityTypes, IReadOnlyList<string> path, SearchFilter filter) => throw new NotImplementedException();
}

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
}

/// <summary>A condition on one field of the index.</summary>
/// <param name="Field">Name in the index, such as <c>platform</c>; a <c>.keyword</c> at its end does not count.</param>
/// <param name="Condition">DataHub's word: EQUAL, IEQUAL, IN, CONTAIN, START_WITH, END_WITH, EXISTS, GREATER_THAN, GREATER_THAN_OR_EQUAL_TO, LESS_THAN, LESS_THAN_OR_EQUAL_TO.</param>
/// <param name="Values">One of them must match.</param>
/// <param name="Negated">Turns the criterion round.</param>
public sealed record Criterion(string Field, string Condition, IReadOnlyList<string> Values, bool Negated = false);

/// <summary>Matches of a search.</summary>
/// <param name="Total">How many match in all.</param>
/// <param name="Matches">Those of the page.</param>
/// <param name="Facets">Counts over all matches.</param>
/// <param name="ScrollId">Asks for the next page; null after the last.</param>
public sealed record SearchAnswer(int Total, IReadOnlyList<SearchMatch> Matches, IReadOnlyList<Facet> Facets, string? ScrollId);

/// <summary>An entity that was found.</summary>
public sealed record SearchMatch(string Urn, string EntityType, double Score, IReadOnlyList<string> MatchedFields);

/// <summary>Values of a field with how many matches have them, most first.</summary>
/// <param name="Field">Such as <c>platform</c> or <c>_entityType</c>.</param>
/// <param name="DisplayName">Such as <c>Platform</c>.</param>
/// <param name="Values">The values; those of <c>_entityType</c> are written as GraphQL does (<c>DATASET</c>).</param>
public sealed record Facet(string Field, string DisplayName, IReadOnlyList<FacetValue> Values);

/// <summary>A value and how many entities have it.</summary>
public sealed record FacetValue(string Value, int Count);

/// <summary>A completion of what somebody types.</summary>
public sealed record Suggestion(string Text, string Urn, string EntityType);
