using Discovery.Catalog.Search;

namespace Discovery.Catalog.GraphQl;

/// <summary><c>searchAcrossEntities</c> and <c>scrollAcrossEntities</c>.</summary>
internal sealed class SearchFields(SearchIndex index, EntityNodes entities)
{
    public Dictionary<string, object?> Search(InputObject input)
    {
        var request = Request(input) with { Start = input.Count("start", 0) };
        var answer = index.Search(request);
        return Answer(answer, new(StringComparer.Ordinal) { ["start"] = request.Start });
    }

    public Dictionary<string, object?> Scroll(InputObject input)
    {
        var answer = index.Search(Request(input) with { ScrollId = input.Text("scrollId") });
        return Answer(answer, new(StringComparer.Ordinal) { ["nextScrollId"] = answer.ScrollId });
    }

    private static SearchRequest Request(InputObject input)
    {
        if (input.Text("viewUrn") is not null)
        {
            throw new CatalogException(CatalogFault.NotBuilt, "This catalog has no views: leave viewUrn out.");
        }
        var flags = input.Object("searchFlags");
        return new SearchRequest
        {
            EntityTypes = SearchInputs.Types(input),
            Query = input.Text("query") is { Length: > 0 } query ? query : "*",
            Filter = SearchInputs.Filter(input),
            Sort = SearchInputs.Sort(input.Object("sortInput")),
            Count = input.Count("count", 10),
            // "false" hides them only where no filter says otherwise, which is what the index does by itself.
            IncludeSoftDeleted = flags?.Flag("includeSoftDeleted") == true ? true : null,
            Facets = flags?.Flag("skipAggregates") == true ? [] : null,
            FacetValues = flags?.Count("maxAggValues", 20) ?? 20,
        };
    }

    private Dictionary<string, object?> Answer(SearchAnswer answer, Dictionary<string, object?> members)
    {
        members["count"] = answer.Matches.Count;
        members["total"] = answer.Total;
        members["searchResults"] = answer.Matches.Select(match => new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["entity"] = entities.Find(match.Urn),
            ["score"] = match.Score,
            ["matchedFields"] = match.MatchedFields.Select(field => new Dictionary<string, object?>(StringComparer.Ordinal) { ["name"] = field }),
            ["extraProperties"] = Array.Empty<object>(),
        });
        members["facets"] = answer.Facets.Select(facet => new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["field"] = facet.Field,
            ["displayName"] = facet.DisplayName,
            ["aggregations"] = facet.Values.Select(value => new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["value"] = value.Value,
                ["count"] = value.Count,
                ["entity"] = entities.Find(value.Value),
            }),
        });
        return members;
    }
}
