using System.Text;

namespace Discovery.Catalog.Tests.Endpoints;

/// <summary>Bodies that are valid JSON and unlike any that clients send.</summary>
public sealed class OddBodyTests(CatalogServer server) : IClassFixture<CatalogServer>
{
    private static readonly string Deep = new string('[', 100) + new string(']', 100);

    [Fact]
    public async Task System_metadata_may_be_as_deep_as_an_aspect()
    {
        await SendAsync("/aspects?action=ingestProposal", Proposal("urn:li:tag:deep", "tagProperties", "{\"name\":\"a\"}", $"{{\"properties\":{{\"a\":{Deep}}}}}"), 200);
        await SendAsync("/aspects?action=ingestProposal", Proposal("urn:li:tag:deep", "tagProperties", "{\"name\":\"b\"}", $"{{\"properties\":{{\"a\":{Deep}}}}}"), 200);
        using var stored = await server.Client.GetAsync("/openapi/v3/entity/tag/urn:li:tag:deep/tagProperties?systemMetadata=true&version=2", TestContext.Current.CancellationToken);
        Assert.Contains(Deep, await stored.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public Task Half_a_character_in_system_metadata_is_no_fault_of_the_server() =>
        SendAsync("/aspects?action=ingestProposal", Proposal("urn:li:tag:half", "tagProperties", "{\"name\":\"a\"}", "{\"properties\":{\"\\ud800\":\"\\ud800\"}}"), 200);

    [Fact]
    public Task A_snapshot_may_have_unknown_members_of_any_depth() =>
        SendAsync(
            "/entities?action=ingest",
            $$"""{"entity":{"value":{"com.linkedin.metadata.snapshot.TagSnapshot":{"urn":"urn:li:tag:snapshot","aspects":[{"com.linkedin.tag.TagProperties":{"name":"a","x":{{Deep}} } }] } } } }""",
            200);

    [Fact]
    public Task A_pattern_that_is_longer_than_any_urn_is_refused() =>
        SendAsync("/aspects?action=getCount", $$"""{"aspect":"status","urnLike":"{{new string('%', 60_000)}}"}""", 400);

    [Fact]
    public async Task An_asset_may_have_very_many_owners()
    {
        var owners = string.Join(',', Enumerable.Range(0, 300_000).Select(i => $"{{\"owner\":\"urn:li:corpuser:u{i}\",\"type\":\"DATAOWNER\"}}"));
        await SendAsync("/aspects?action=ingestProposal", Proposal("urn:li:tag:owned", "ownership", $"{{\"owners\":[{owners}],\"lastModified\":{{\"time\":0,\"actor\":\"urn:li:corpuser:a\"}}}}", "{}"), 200);
    }

    private static string Proposal(string urn, string aspect, string json, string systemMetadata) =>
        $$$"""{"proposal":{"entityType":"tag","entityUrn":"{{{urn}}}","changeType":"UPSERT","aspectName":"{{{aspect}}}","aspect":{"contentType":"application/json","value":"{{{json.Replace("\"", "\\\"")}}}"},"systemMetadata":{{{systemMetadata}}}}}""";

    private async Task SendAsync(string path, string body, int status)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await server.Client.PostAsync(path, content, TestContext.Current.CancellationToken);
        Assert.Equal((status, ""), ((int)response.StatusCode, (int)response.StatusCode == status ? "" : await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }
}
