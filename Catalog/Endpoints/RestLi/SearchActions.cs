using System.Text.Json;
using Discovery.Catalog.Graph;
using Discovery.Catalog.Search;

namespace Discovery.Catalog.Endpoints.RestLi;

/// <summary>The searches among the actions of <c>/entities</c>.</summary>
internal static class SearchActions
{
    private const string Route = "/entities";

    /// <summary>The most matches one answer has.</summary>
    private const int MostMatches = 10_000;

    public static IEnumerable<GmsEndpoint> Endpoints =>
    [
        new(GmsFamily.RestLi, "POST", Route, "search", "`searchFlags` are not read.", request => SearchAsync(request, scrolls: false)) { Coverage = Coverage.Partly, IsRead = true },
        new(GmsFamily.RestLi, "POST", Route, "filter", "", request => SearchAsync(request, scrolls: false)) { IsRead = true },
        new(GmsFamily.RestLi, "POST", Route, "searchAcrossEntities", "`searchFlags` are not read.", request => SearchAsync(request, scrolls: false)) { Coverage = Coverage.Partly, IsRead = true },
        new(GmsFamily.RestLi, "POST", Route, "scrollAcrossEntities", "`searchFlags` are not read.", request => SearchAsync(request, scrolls: true)) { Coverage = Coverage.Partly, IsRead = true },
        new(GmsFamily.RestLi, "POST", Route, "searchAcrossLineage", "Times of edges are not read; one path is given for each entity.", SearchLineageAsync) { Coverage = Coverage.Partly, IsRead = true },
        new(GmsFamily.RestLi, "POST", Route, "scrollAcrossLineage", "", null),
        new(GmsFamily.RestLi, "POST", Route, "list", "Use search.", null),
        new(GmsFamily.RestLi, "POST", Route, "autocomplete", "`field` and `filter` are not read: all names are completed.", CompleteAsync) { Coverage = Coverage.Partly, IsRead = true },
        new(GmsFamily.RestLi, "POST", Route, "browse", "The groups of a level; entities are found by search.", BrowseAsync) { Coverage = Coverage.Partly, IsRead = true },
    ];

    private static async Task SearchAsync(GmsRequest request, bool scrolls)
    {
        var arguments = await request.ReadArgumentsAsync();
        var search = ReadSearch(arguments);
        var answer = request.Index.Search(search);
        await request.AnswerValueAsync(writer =>
        {
            writer.WriteStartObject();
            if (!scrolls)
            {
                writer.WriteNumber("from"u8, search.Start);
            }
            else if (answer.ScrollId is not null)
            {
                writer.WriteString("scrollId"u8, answer.ScrollId);
            }
            writer.WriteNumber("pageSize"u8, search.Count);
            WriteMatches(writer, answer, static (_, _) => { });
            writer.WriteEndObject();
        });
    }

    private static SearchRequest ReadSearch(Arguments arguments) => new()
    {
        EntityTypes = EntityTypes(arguments),
        Query = arguments.TextOrNull("input") ?? "*",
        Filter = FilterReader.Read(arguments.Member("filter")),
        Sort = ReadSort(arguments),
        Start = arguments.Count("start", 0),
        Count = Math.Min(arguments.Count("count", 10), MostMatches),
        ScrollId = arguments.TextOrNull("scrollId"),
    };

    private static IReadOnlyList<string>? EntityTypes(Arguments arguments) =>
        arguments.TextOrNull("entity") is { } entity ? [ModelNames.Entity(entity).Name]
        : arguments.TextsOrNull("entities") is { Count: > 0 } entities ? [.. entities.Select(name => ModelNames.Entity(name).Name)]
        : null;

    private static IReadOnlyList<SortBy> ReadSort(Arguments arguments) =>
        FilterReader.ReadSort(arguments) is { Count: > 0 } criteria ? criteria
        : arguments.Member("sort") is { } sort ? [FilterReader.ReadSortBy(new Arguments(sort))]
        : [];

    private static async Task SearchLineageAsync(GmsRequest request)
    {
        var arguments = await request.ReadArgumentsAsync();
        var downstream = EntityEdges.IsDownstream(arguments.Text("direction"));
        var nodes = Lineage.Walk(request.Store, arguments.Urn("urn").ToString(), downstream, Math.Max(1, arguments.Count("maxHops", 1000)))
            .ToDictionary(node => node.Urn);
        var search = ReadSearch(arguments);
        var answer = request.Index.Search(search with { Filter = search.Filter.And(new Criterion("urn", "IN", [.. nodes.Keys])) });
        await request.AnswerValueAsync(writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("from"u8, search.Start);
            writer.WriteNumber("pageSize"u8, search.Count);
            WriteMatches(writer, answer, (writer, match) =>
            {
                var node = nodes[match.Urn];
                writer.WriteNumber("degree"u8, node.Degree);
                writer.WriteStartArray("paths"u8);
                writer.WriteStartObject();
                writer.WriteTexts("path", node.Path);
                writer.WriteEndObject();
                writer.WriteEndArray();
            });
            writer.WriteEndObject();
        });
    }

    private static async Task CompleteAsync(GmsRequest request)
    {
        var arguments = await request.ReadArgumentsAsync();
        var query = arguments.Text("query");
        var suggestions = request.Index.Complete(query, EntityTypes(arguments), Math.Min(arguments.Count("limit", 10), MostMatches));
        await request.AnswerValueAsync(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("query"u8, query);
            writer.WriteTexts("suggestions", suggestions.Select(suggestion => suggestion.Text));
            writer.WriteStartArray("entities"u8);
            foreach (var suggestion in suggestions)
            {
                writer.WriteStartObject();
                writer.WriteString("urn"u8, suggestion.Urn);
                writer.WriteString("name"u8, suggestion.Text);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private static async Task BrowseAsync(GmsRequest request)
    {
        var arguments = await request.ReadArgumentsAsync();
        var path = (arguments.TextOrNull("path") ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        var start = arguments.Count("start", 0);
        var groups = request.Index.Browse(EntityTypes(arguments), path, FilterReader.Read(arguments.Member("filter")));
        await request.AnswerValueAsync(writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("from"u8, start);
            writer.WriteNumber("pageSize"u8, arguments.Count("limit", 10));
            writer.WriteNumber("numEntities"u8, 0);
            writer.WriteTexts("entities", []);
            writer.WriteStartObject("metadata"u8);
            writer.WriteString("path"u8, string.Concat(path.Select(part => $"/{part}")));
            writer.WriteNumber("totalNumEntities"u8, groups.Sum(group => (long)group.Count));
            writer.WriteStartArray("groups"u8);
            foreach (var group in groups.Skip(start).Take(arguments.Count("limit", 10)))
            {
                writer.WriteStartObject();
                writer.WriteString("name"u8, group.Value);
                writer.WriteNumber("count"u8, group.Count);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndObject();
        });
    }

    private static void WriteMatches(Utf8JsonWriter writer, SearchAnswer answer, Action<Utf8JsonWriter, SearchMatch> writeMore)
    {
        writer.WriteNumber("numEntities"u8, answer.Total);
        writer.WriteStartArray("entities"u8);
        foreach (var match in answer.Matches)
        {
            writer.WriteStartObject();
            writer.WriteString("entity"u8, match.Urn);
            writer.WriteStartArray("matchedFields"u8);
            foreach (var field in match.MatchedFields)
            {
                writer.WriteStartObject();
                writer.WriteString("name"u8, field);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteNumber("score"u8, match.Score);
            writeMore(writer, match);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartObject("metadata"u8);
        writer.WriteStartArray("aggregations"u8);
        foreach (var facet in answer.Facets)
        {
            WriteFacet(writer, facet);
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteFacet(Utf8JsonWriter writer, Facet facet)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, facet.Field);
        writer.WriteString("displayName"u8, facet.DisplayName);
        writer.WriteStartObject("aggregations"u8);
        foreach (var value in facet.Values)
        {
            writer.WriteNumber(value.Value, value.Count);
        }
        writer.WriteEndObject();
        writer.WriteStartArray("filterValues"u8);
        foreach (var value in facet.Values)
        {
            writer.WriteStartObject();
            writer.WriteString("value"u8, value.Value);
            writer.WriteNumber("facetCount"u8, value.Count);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
