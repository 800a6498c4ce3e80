namespace Discovery.Catalog.Search;

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
