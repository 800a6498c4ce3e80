using System.Text;
using System.Text.Json.Nodes;

namespace Discovery.Catalog.Tests.Endpoints;

/// <summary>Hostile requests, made from a seed: nothing of them is a fault of the server, and each answer has the form of its family.</summary>
public sealed class FuzzTests(CatalogServer server) : IClassFixture<CatalogServer>
{
    private static readonly string[] Urns =
    [
        "urn:li:dataset:(urn:li:dataPlatform:hive,a.b,PROD)", "urn:li:tag:x", "urn:li:corpuser:", "urn:li:dataset:(,,)", "urn:li:dataset:((((", "urn:li:", "urn", "",
        "urn:li:nothing:x", "urn:li:dataset:(urn:li:dataPlatform:hive,\u0000,PROD)", "urn:li:tag:판매", "urn:li:tag:\ud83d\ude00", "urn:li:tag:a/b%2F%25", "urn:li:tag: ", "urn:li:tag:\u241f",
        "urn:li:schemaField:(urn:li:dataset:(urn:li:dataPlatform:hive,a.b,PROD),c)", "urn:li:dataset:(urn:li:dataPlatform:hive," + new string('x', 3000) + ",PROD)",
    ];

    private static readonly string[] Aspects = ["status", "datasetProperties", "datasetProfile", "nothing", "STATUS", "", "datasetKey", "../status"];
    private static readonly string[] Queries = ["*", "a b", "\"", "((((", "name:", "AND OR", "platform:\"x", "a*b*c*", "\\", "/.*/", "-", "판", "field:(a OR", "NOT NOT x", "\ud83d"];
    private static readonly string[] Numbers = ["0", "1", "-1", "2147483648", "1e9", "x", "", "null", "9999999999999999999"];
    private static readonly string[] Values = ["{}", "[]", "null", "1", "\"x\"", "{\"removed\":true}", "{\"removed\":\"x\"}", "{\"description\":5}", "[[[[]]]]", "{\"a\":", "\"\\ud800\"", "{\"timestampMillis\":-1}", "{\"patch\":[{\"op\":\"add\",\"path\":\"/a/b/c\"}]}"];

    private static readonly string[] Routes =
    [
        "/aspects?action=ingestProposal", "/aspects?action=ingestProposalBatch", "/aspects?action=getTimeseriesAspectValues", "/aspects?action=getCount",
        "/entities?action=ingest", "/entities?action=batchIngest", "/entities?action=delete", "/entities?action=deleteReferences", "/entities?action=listUrns", "/entities?action=exists",
        "/entities?action=filterExistingUrns", "/entities?action=search", "/entities?action=searchAcrossEntities", "/entities?action=scrollAcrossEntities", "/entities?action=searchAcrossLineage",
        "/entities?action=autocomplete", "/entities?action=browse", "/entities?action=deleteAll", "/runs?action=list", "/runs?action=describe", "/runs?action=rollback",
        "/operations?action=restoreIndices", "/openapi/v3/entity/dataset", "/openapi/v3/entity/generic", "/openapi/v3/entity/scroll", "/openapi/v3/entity/dataset/batchGet",
        "/openapi/v3/entity/generic/batchGet", "/openapi/v2/entity/batch/dataset", "/openapi/v3/relationship/scroll", "/openapi/v3/lineage/scroll", "/openapi/v1/trace/write/x",
    ];

    private static readonly string[] Members =
    [
        "urn", "entity", "entities", "aspect", "aspectName", "input", "query", "start", "count", "limit", "filter", "sort", "sortCriteria", "scrollId", "direction", "runId", "dryRun", "safe",
        "urns", "path", "maxHops", "startTimeMillis", "systemMetadata", "proposal", "proposals", "value", "headers", "status", "dataset", "sourceFilter", "aspects", "pageOffset", "pageSize",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task No_request_is_a_fault_of_the_server(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 700; i++)
        {
            using var request = random.Next(3) == 0 ? Read(random) : Write(random);
            var isOpenApi = request.RequestUri!.OriginalString.StartsWith("/openapi", StringComparison.Ordinal);
            var shown = $"seed {seed}, request {i}: {request.Method} {request.RequestUri} {(request.Content is null ? "" : await request.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))}";
            using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
            var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            AssertAnswer(isOpenApi, (int)response.StatusCode, body, $"{shown}\n{(int)response.StatusCode} {body}");
        }
    }

    private static void AssertAnswer(bool isOpenApi, int status, string body, string shown)
    {
        Assert.True(status is < 500 or 501, shown);
        // What the server's own transport refuses, such as a path with a zero byte, has no body.
        if (status < 400 || body.Length == 0)
        {
            return;
        }
        var error = JsonNode.Parse(body)?.AsObject();
        Assert.True(error?["message"] is not null, shown);
        Assert.True(isOpenApi ? error["error"] is not null : error["status"]?.GetValue<int>() == status, shown);
    }

    private static HttpRequestMessage Read(Random random)
    {
        var urn = Pick(random, Urns);
        var encoded = random.Next(4) == 0 ? urn.Replace("#", "%23").Replace("?", "%3F") : string.Concat(Encoding.UTF8.GetBytes(urn).Select(part => $"%{part:X2}"));
        var path = random.Next(9) switch
        {
            0 => $"/aspects/{encoded}?aspect={Pick(random, Aspects)}&version={Pick(random, Numbers)}",
            1 => $"/entitiesV2/{encoded}?aspects=List({Pick(random, Aspects)},{Pick(random, Aspects)}",
            2 => $"/entitiesV2?ids=List({encoded},{encoded})&aspects={Pick(random, Aspects)}",
            3 => $"/openapi/v3/entity/{(random.Next(2) == 0 ? "dataset" : "tag")}/{encoded}?aspects={Pick(random, Aspects)}",
            4 => $"/openapi/v3/entity/dataset/{encoded}/{Pick(random, Aspects)}?version={Pick(random, Numbers)}",
            5 => $"/openapi/v3/entity/tag?query={Uri.EscapeDataString(Pick(random, Queries).Replace("\ud83d", "x"))}&count={Pick(random, Numbers)}&scrollId={Pick(random, Numbers)}&sort={Pick(random, Members)}",
            6 => $"/relationships?urn={encoded}&types=List({Pick(random, Members)})&direction=INCOMING&start={Pick(random, Numbers)}",
            7 => $"/openapi/relationships/v1/?urn={encoded}&direction=OUTGOING&count={Pick(random, Numbers)}",
            _ => $"/openapi/v2/timeline/v1/{encoded}?categories=TAG,{Pick(random, Aspects)}&startTime={Pick(random, Numbers)}",
        };
        var uri = new Uri(path, UriKind.Relative);
        return random.Next(8) == 0
            ? new HttpRequestMessage(HttpMethod.Delete, uri) { Content = new StringContent("[]", Encoding.UTF8, "application/json") }
            : new HttpRequestMessage(HttpMethod.Get, uri);
    }

    private static HttpRequestMessage Write(Random random)
    {
        var body = random.Next(12) switch
        {
            0 => Pick(random, Values),
            10 => $$"""{"\ud800":{{Value(random)}},"urn":null,"urn":{{Text(Pick(random, Urns))}},"entity":"\ud800","status":{{Pick(random, Values)}},"status":null}""",
            11 => $$"""[{"urn":{{Text(Pick(random, Urns))}},"status":{{Pick(random, Values)}},"status":null,{{Text(Pick(random, Aspects))}}:null}]""",
            1 => $$"""{"proposal":{{Proposal(random)}},"proposals":[{{Proposal(random)}},{{Proposal(random)}}],"async":{{Pick(random, Values)}}}""",
            2 => $$$$$"""[{"urn":{{{{{Text(Pick(random, Urns))}}}}},{{{{{Text(Pick(random, Aspects))}}}}}:{"value":{{{{{Pick(random, Values)}}}}},"systemMetadata":{{{{{Pick(random, Values)}}}}},"headers":{{{{{Pick(random, Values)}}}}}}}]""",
            _ => $"{{{string.Join(',', Enumerable.Range(0, random.Next(6)).Select(_ => $"{Text(Pick(random, Members))}:{Value(random)}"))}}}",
        };
        var method = random.Next(6) == 0 ? HttpMethod.Patch : HttpMethod.Post;
        return new HttpRequestMessage(method, Pick(random, Routes)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
    }

    private static string Proposal(Random random) => $$"""
        {"entityType":"{{(random.Next(3) == 0 ? "tag" : "dataset")}}","entityUrn":{{Text(Pick(random, Urns))}},"changeType":"{{(random.Next(3) == 0 ? "PATCH" : "UPSERT")}}",
        "aspectName":{{Text(Pick(random, Aspects))}},"aspect":{"value":{{Text(Pick(random, Values))}},"contentType":"application/json"},"systemMetadata":{{Pick(random, Values)}},"headers":{{Pick(random, Values)}}}
        """;

    private static string Value(Random random) => random.Next(6) switch
    {
        0 => Text(Pick(random, Urns)),
        1 => Text(Pick(random, Queries)),
        2 => Text(Pick(random, Aspects)),
        3 => Pick(random, Values),
        4 => Pick(random, Numbers) is { Length: > 0 } number ? number : "0",
        _ => $$"""{"or":[{"and":[{"field":{{Text(Pick(random, Members))}},"values":[{{Text(Pick(random, Queries))}}],"condition":"{{(random.Next(2) == 0 ? "EQUAL" : "NOTHING")}}"}]}]}""",
    };

    private static string Text(string text) => $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\0", "\\u0000").Replace("\ud83d", text.Contains('\ude00') ? "\ud83d" : "\\ud83d")}\"";

    private static string Pick(Random random, string[] choices) => choices[random.Next(choices.Length)];
}
