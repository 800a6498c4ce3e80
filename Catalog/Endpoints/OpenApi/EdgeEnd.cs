using Discovery.Catalog.Search;
using Discovery.Metadata;

namespace Discovery.Catalog.Endpoints.OpenApi;

/// <summary>What may stand at an end of the edges that are asked for.</summary>
/// <param name="Types">Entity types; null or empty for all.</param>
/// <param name="Filter">What holds for the entity.</param>
internal sealed record EdgeEnd(IReadOnlyList<string>? Types, SearchFilter Filter)
{
    private const int PageSize = 1000;

    /// <summary>The urns, where the filter is nothing but a choice of them.</summary>
    private readonly HashSet<string>? _named =
        Filter.Alternatives.Count > 0 && Filter.Alternatives.All(criteria => criteria is [{ Field: "urn", Condition: "EQUAL" or "IN", Negated: false }])
            ? [.. Filter.Alternatives.SelectMany(criteria => criteria[0].Values)]
            : null;

    /// <summary>Whether anything may stand there.</summary>
    public bool Any => Types is not { Count: > 0 } && Filter.Alternatives.Count == 0;

    /// <summary>The entities that may stand there, soft-deleted ones too, in order of urn. One that is named need not be stored.</summary>
    public IEnumerable<string> Urns(GmsRequest request) => _named?.Order(StringComparer.Ordinal).Where(HasType) ?? Found(request);

    /// <summary>Whether an entity may stand there.</summary>
    public bool Holds(GmsRequest request, string urn) =>
        HasType(urn) && (Filter.Alternatives.Count == 0 || (_named?.Contains(urn)
            ?? request.Index.Search(new SearchRequest
            {
                Filter = Filter.And(new Criterion("urn", "EQUAL", [urn])),
                IncludeSoftDeleted = true,
                Count = 0,
                Facets = [],
            }).Total > 0));

    private bool HasType(string urn) => Types is not { Count: > 0 } || (Urn.TryParse(urn, out var parsed) && Types.Contains(parsed.EntityType));

    private IEnumerable<string> Found(GmsRequest request)
    {
        var search = new SearchRequest { EntityTypes = Types is { Count: > 0 } ? Types : null, Filter = Filter, Sort = [new SortBy("urn")], Count = PageSize, IncludeSoftDeleted = true, Facets = [] };
        do
        {
            var answer = request.Index.Search(search);
            foreach (var match in answer.Matches)
            {
                yield return match.Urn;
            }
            search = search with { ScrollId = answer.ScrollId };
        }
        while (search.ScrollId is not null);
    }
}
