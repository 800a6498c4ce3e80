using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Discovery.Catalog.Tests.Endpoints;

public sealed class EndpointTests(CatalogServer server) : IClassFixture<CatalogServer>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_not_offered_says_so_in_the_form_of_its_family()
    {
        var (restLiStatus, restLi) = await SendAsync(HttpMethod.Post, "/entities?action=deleteAll", "{}");
        var (openApiStatus, openApi) = await SendAsync(HttpMethod.Get, "/openapi/v1/events/poll", null);

        Assert.Equal((501, 501), (restLiStatus, openApiStatus));
        Assert.Equal(501, restLi!["status"]!.GetValue<int>());
        Assert.Contains("deleteAll", restLi["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("/openapi/v1/events", openApi!["error"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DELETE", "/aspects?action=ingestProposal", 405)]
    [InlineData("POST", "/aspects?action=nothing", 400)]
    [InlineData("POST", "/aspects", 400)]
    [InlineData("GET", "/aspects/urn%3Ali%3Atag%3Ax", 400)]
    [InlineData("GET", "/aspects/no-urn?aspect=status", 400)]
    [InlineData("GET", "/aspects/urn%3Ali%3Atag%3Ax?aspect=status&version=x", 400)]
    [InlineData("GET", "/aspects/urn%3Ali%3Atag%3Ax?aspect=status", 404)]
    [InlineData("GET", "/openapi/v3/entity/nothing/urn%3Ali%3Atag%3Ax", 400)]
    [InlineData("GET", "/openapi/v3/entity/dataset/urn%3Ali%3Atag%3Ax", 400)]
    [InlineData("GET", "/openapi/v3/entity/tag/urn%3Ali%3Atag%3Ax?systemMetadata=maybe", 400)]
    [InlineData("GET", "/openapi/relationships/v1/?urn=urn%3Ali%3Atag%3Ax&direction=SIDEWAYS", 400)]
    [InlineData("GET", "/openapi/v2/timeline/v1/urn%3Ali%3Atag%3Ax?categories=NOTHING", 400)]
    public async Task A_wrong_request_has_a_status_of_its_own_and_a_message(string method, string path, int status)
    {
        var (answered, body) = await SendAsync(new HttpMethod(method), path, null);

        Assert.Equal(status, answered);
        Assert.NotEmpty(body!["message"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused_without_being_read()
    {
        using var content = new ByteArrayContent(new byte[64 * 1024 * 1024 + 1]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/aspects?action=ingestProposalBatch") { Content = content };
        request.Headers.ExpectContinue = true;

        using var response = await server.Client.SendAsync(request, Cancelled);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("bytes", await response.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_urn_comes_encoded_or_as_it_is()
    {
        const string Urn = "urn:li:tag:plain/part";
        await WriteAsync(Proposal(Urn, "tagProperties", """{"name":"plain"}"""));

        foreach (var path in (string[])[Uri.EscapeDataString(Urn), Urn])
        {
            var (status, entity) = await SendAsync(HttpMethod.Get, $"/openapi/v3/entity/tag/{path}?aspects=tagProperties", null);
            Assert.Equal((200, Urn), (status, entity!["urn"]!.GetValue<string>()));
            var (_, aspect) = await SendAsync(HttpMethod.Get, $"/openapi/v3/entity/TAG/{path}/TAGPROPERTIES", null);
            Assert.Equal("plain", aspect!["value"]!["name"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task A_rolled_back_run_shows_it_in_its_execution_request()
    {
        const string Request = "urn:li:dataHubExecutionRequest:rolled-back";
        await WriteAsync(Proposal(Request, "dataHubExecutionRequestResult", """{"status":"SUCCESS"}"""));
        await WriteAsync(Proposal("urn:li:tag:of-the-run", "tagProperties", """{"name":"x"}""", "rolled-back"));

        var (status, _) = await SendAsync(HttpMethod.Post, "/runs?action=rollback", """{"runId":"rolled-back","dryRun":false,"safe":false}""");

        Assert.Equal(200, status);
        var (_, result) = await SendAsync(HttpMethod.Get, $"/aspects/{Uri.EscapeDataString(Request)}?aspect=dataHubExecutionRequestResult", null);
        Assert.Equal("ROLLED_BACK", result!["aspect"]!["com.linkedin.execution.ExecutionRequestResult"]!["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_removed_reference_takes_its_item_and_leaves_stamps_of_the_same_person()
    {
        const string Dataset = "urn:li:dataset:(urn:li:dataPlatform:hive,references,PROD)";
        const string Person = "urn:li:corpuser:leaver";
        await WriteAsync(Proposal(Dataset, "ownership", $$$"""{"owners":[{"owner":"{{{Person}}}","type":"DATAOWNER"},{"owner":"urn:li:corpuser:other","type":"DATAOWNER"}],"lastModified":{"time":0,"actor":"{{{Person}}}"}}"""));

        var (_, answer) = await SendAsync(HttpMethod.Post, "/entities?action=deleteReferences", $$"""{"urn":"{{Person}}","dryRun":false}""");

        Assert.Equal(1, answer!["value"]!["total"]!.GetValue<int>());
        var (_, aspect) = await SendAsync(HttpMethod.Get, $"/aspects/{Uri.EscapeDataString(Dataset)}?aspect=ownership", null);
        var ownership = aspect!["aspect"]!["com.linkedin.common.Ownership"]!;
        Assert.Equal(["urn:li:corpuser:other"], ownership["owners"]!.AsArray().Select(owner => owner!["owner"]!.GetValue<string>()));
        Assert.Equal(Person, ownership["lastModified"]!["actor"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_timeline_tells_what_came_and_went_with_versions_that_count_on()
    {
        const string Dataset = "urn:li:dataset:(urn:li:dataPlatform:hive,timeline,PROD)";
        await WriteAsync(Proposal(Dataset, "schemaMetadata", Schema("id", "int")));
        await NextMillisecondAsync();
        await WriteAsync(Proposal(Dataset, "globalTags", """{"tags":[{"tag":"urn:li:tag:t"}]}"""));
        await NextMillisecondAsync();
        await WriteAsync(Proposal(Dataset, "schemaMetadata", Schema("id", "bigint")));

        var (_, body) = await SendAsync(HttpMethod.Get, $"/openapi/v2/timeline/v1/{Uri.EscapeDataString(Dataset)}?categories=TECHNICAL_SCHEMA,TAG,VERSIONING", null);

        var transactions = body!.AsArray();
        var changes = transactions.Select(change => $"{change!["semVer"]} {change["semVerChange"]} {change["changeEvents"]![0]!["operation"]} {change["changeEvents"]![0]!["category"]}");
        Assert.Equal(["0.0.0-computed MINOR ADD TECHNICAL_SCHEMA", "0.1.0-computed MINOR ADD TAG", "1.0.0-computed MAJOR MODIFY TECHNICAL_SCHEMA"], changes);
        Assert.Equal("urn:li:schemaField:(urn:li:dataset:(urn:li:dataPlatform:hive,timeline,PROD),id)", transactions[2]!["changeEvents"]![0]!["modifier"]!.GetValue<string>());
    }

    // Times are kept in milliseconds: changes within one have no order.
    private static async Task NextMillisecondAsync()
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        while (DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() == now)
        {
            await Task.Yield();
        }
    }

    [Fact]
    public async Task Lists_of_urns_are_parted_at_commas_outside_of_urns()
    {
        const string First = "urn:li:dataset:(urn:li:dataPlatform:hive,list a,PROD)";
        const string Second = "urn:li:dataset:(urn:li:dataPlatform:hive,list b,PROD)";

        foreach (var ids in (string[])[$"List({Uri.EscapeDataString(First)},{Uri.EscapeDataString(Second)})", Uri.EscapeDataString($"List({First},{Second})"), $"List({First},{Second})".Replace(' ', '+')])
        {
            var (_, body) = await SendAsync(HttpMethod.Get, $"/entitiesV2?ids={ids}&aspects=List(status)", null);
            Assert.Equal([First, Second], body!["results"]!.AsObject().Select(entity => entity.Key));
        }
    }

    [Fact]
    public async Task Edges_are_scrolled_from_either_end()
    {
        const string Upstream = "urn:li:dataset:(urn:li:dataPlatform:hive,edge.up,PROD)";
        const string Downstream = "urn:li:dataset:(urn:li:dataPlatform:hive,edge.down,PROD)";
        await WriteAsync(Proposal(Downstream, "upstreamLineage", $$"""{"upstreams":[{"dataset":"{{Upstream}}","type":"COPY"}]}"""));

        Assert.Equal(1, await CountAsync($"relationshipTypes=DownstreamOf&sourceUrns={Uri.EscapeDataString(Downstream)}"));
        Assert.Equal(1, await CountAsync($"relationshipTypes=DownstreamOf&destinationUrns={Uri.EscapeDataString(Upstream)}"));
        Assert.Equal(1, await CountAsync($"relationshipTypes=DownstreamOf&direction=INCOMING&sourceUrns={Uri.EscapeDataString(Upstream)}"));
        Assert.Equal(0, await CountAsync($"relationshipTypes=DownstreamOf&sourceUrns={Uri.EscapeDataString(Upstream)}"));
        Assert.Equal(0, await CountAsync($"relationshipTypes=DownstreamOf&sourceUrns={Uri.EscapeDataString(Downstream)}&destinationTypes=tag"));

        async Task<int> CountAsync(string query)
        {
            var (status, body) = await SendAsync(HttpMethod.Post, $"/openapi/v3/relationship/scroll?{query}", "{}");
            Assert.Equal(200, status);
            return body!["results"]!.AsArray().Count;
        }
    }

    private static string Schema(string column, string type) => $$$$$"""
        {"schemaName":"t","platform":"urn:li:dataPlatform:hive","version":0,"hash":"","platformSchema":{"com.linkedin.schema.OtherSchema":{"rawSchema":""}},
        "fields":[{"fieldPath":"{{{{{column}}}}}","nativeDataType":"{{{{{type}}}}}","type":{"type":{"com.linkedin.schema.NumberType":{}}}}]}
        """;

    private static JsonObject Proposal(string urn, string aspect, string value, string runId = "no-run-id-provided") => new()
    {
        ["entityType"] = urn.Split(':')[2],
        ["entityUrn"] = urn,
        ["changeType"] = "UPSERT",
        ["aspectName"] = aspect,
        ["aspect"] = new JsonObject { ["value"] = value, ["contentType"] = "application/json" },
        ["systemMetadata"] = new JsonObject { ["lastObserved"] = 1, ["runId"] = runId },
    };

    private async Task WriteAsync(JsonObject proposal)
    {
        using var response = await server.Client.PostAsJsonAsync("/aspects?action=ingestProposal", new JsonObject { ["proposal"] = proposal, ["async"] = "false" }, Cancelled);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancelled));
    }

    private async Task<(int Status, JsonNode? Body)> SendAsync(HttpMethod method, string path, string? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null && method == HttpMethod.Get ? null : new StringContent(body ?? "", Encoding.UTF8, "application/json") };
        using var response = await server.Client.SendAsync(request, Cancelled);
        var text = await response.Content.ReadAsStringAsync(Cancelled);
        return ((int)response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }
}
