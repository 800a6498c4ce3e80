using System.Globalization;
using System.Text.Json;
using Discovery.Catalog.Graph;
using Discovery.Catalog.Search;
using Discovery.Metadata;

namespace Discovery.Catalog.Endpoints.OpenApi;

/// <summary>Relationships and lineage edges over OpenAPI.</summary>
internal static class RelationshipEndpoints
{
    private const int MostEdges = 10_000;

    public static IEnumerable<GmsEndpoint> Endpoints =>
    [
        new(GmsFamily.OpenApi, "GET", "/openapi/relationships/v1", null, "", ReadAsync),
        new(GmsFamily.OpenApi, "POST", "/openapi/v3/relationship/scroll", null, "`sliceId`, `sliceMax` and `pitKeepAlive` are not read.", ScrollAsync) { Coverage = Coverage.Partly, IsRead = true },
        new(GmsFamily.OpenApi, "GET", "/openapi/v3/relationship/{type}", null, "Use the scroll.", null),
        new(GmsFamily.OpenApi, "POST", "/openapi/v3/lineage/scroll", null, "`sliceId`, `sliceMax` and `pitKeepAlive` are not read.", ScrollLineageAsync) { Coverage = Coverage.Partly, IsRead = true },
    ];

    private static Task ReadAsync(GmsRequest request) => EntityEdges.AnswerAsync(request, "relationshipTypes", 200, "entities", static (writer, type, urn) =>
    {
        writer.WriteString("relationshipType"u8, type);
        writer.WriteString("urn"u8, urn);
        writer.WriteNull("via"u8);
    });

    private static async Task ScrollAsync(GmsRequest request)
    {
        var arguments = await request.ReadArgumentsAsync();
        var query = request.Query;
        var types = query.List("relationshipTypes");
        var incoming = query.Text("direction") is "INCOMING";
        var near = End(request, "source", arguments);
        var far = End(request, "destination", arguments);

        // Whichever end is asked for is where the edges are read; the near one is the source, unless the direction turns the sides round.
        var fromNear = !near.Any || far.Any;
        Func<string, IReadOnlyList<Relationship>> read = fromNear == incoming ? request.Store.Incoming : request.Store.Outgoing;
        var edges = (fromNear ? near : far).Urns(request).SelectMany(read)
            .Where(edge => types is not { Count: > 0 } || types.Contains(edge.Type))
            .Where(edge => near.Holds(request, incoming ? edge.Destination : edge.Source) && far.Holds(request, incoming ? edge.Source : edge.Destination));
        await AnswerPageAsync(request, edges, static (_, _) => { });
    }

    private static async Task ScrollLineageAsync(GmsRequest request)
    {
        var arguments = await request.ReadArgumentsAsync();
        var downstream = request.Query.Text("direction") is { } direction ? EntityEdges.IsDownstream(direction) : (bool?)null;
        var edges = arguments.TextsOrNull("urns") is { Count: > 0 } urns
            ? urns.Select(urn => Arguments.ParseUrn(urn).ToString()).SelectMany(urn => Touching(request, urn, downstream))
            : new EdgeEnd(null, SearchFilter.All).Urns(request).SelectMany(request.Store.Outgoing).Where(edge => LineageEdges.IsLineage(edge, out _));
        await AnswerPageAsync(request, edges, static (writer, edge) =>
        {
            LineageEdges.IsLineage(edge, out var destinationIsUpstream);
            writer.WriteString("upstream"u8, destinationIsUpstream ? edge.Destination : edge.Source);
            writer.WriteString("downstream"u8, destinationIsUpstream ? edge.Source : edge.Destination);
        });
    }

    private static IEnumerable<Relationship> Touching(GmsRequest request, string urn, bool? downstream) =>
        request.Store.Outgoing(urn).Where(edge => LineageEdges.IsLineage(edge, out var destinationIsUpstream) && downstream != destinationIsUpstream)
            .Concat(request.Store.Incoming(urn).Where(edge => LineageEdges.IsLineage(edge, out var destinationIsUpstream) && (downstream is null || downstream == destinationIsUpstream)));

    private static EdgeEnd End(GmsRequest request, string side, Arguments arguments)
    {
        var types = request.Query.List($"{side}Types")?.Select(name => ModelNames.Entity(name).Name).ToList();
        var filter = FilterReader.Read(arguments.Member($"{side}Filter"));
        return request.Query.List($"{side}Urns") is { Count: > 0 } urns
            ? new EdgeEnd(types, new SearchFilter([[new Criterion("urn", "IN", urns)]]))
            : new EdgeEnd(types, filter);
    }

    /// <summary>Answers with a page of edges; the scroll id is the number of edges before the next page.</summary>
    private static Task AnswerPageAsync(GmsRequest request, IEnumerable<Relationship> edges, Action<Utf8JsonWriter, Relationship> writeMore)
    {
        var count = Math.Min(request.Query.Count("count", 10), MostEdges);
        var start = request.Query.Count("scrollId", 0);
        var page = edges.DistinctBy(edge => (edge.Source, edge.Type, edge.Destination)).Skip(start).Take(count + 1).ToList();
        return request.AnswerAsync(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("scrollId"u8, page.Count > count ? (start + count).ToString(CultureInfo.InvariantCulture) : null);
            writer.WriteStartArray("results"u8);
            foreach (var edge in page.Take(count))
            {
                writer.WriteStartObject();
                writer.WriteString("relationshipType"u8, edge.Type);
                WriteEnd(writer, "destination", edge.Destination);
                WriteEnd(writer, "source", edge.Source);
                writeMore(writer, edge);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private static void WriteEnd(Utf8JsonWriter writer, string name, string urn)
    {
        writer.WriteStartObject(name);
        writer.WriteString("entityType"u8, Urn.TryParse(urn, out var parsed) ? parsed.EntityType : "");
        writer.WriteString("urn"u8, urn);
        writer.WriteEndObject();
    }
}
