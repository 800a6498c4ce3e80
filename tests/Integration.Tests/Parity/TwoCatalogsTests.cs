using System.Text.Json.Nodes;
using Discovery.Catalog.Store;
using Discovery.Embedded;
using Discovery.Ingestion.Api;
using Discovery.Integration.Tests.Support;

namespace Discovery.Integration.Tests.Parity;

/// <summary>DataHub's own client and our engine read the same server, each into a catalog of its own.</summary>
[Collection<ServerCollection>]
public sealed class TwoCatalogsTests(TestServer server) : IDisposable
{
    // What a run tells of itself.
    private static readonly string[] OfRuns = ["dataHubExecutionRequest", "dataHubIngestionSource"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("discovery-catalogs-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Both_leave_the_same_entities_and_a_second_run_of_each_writes_no_version()
    {
        var client = RealClientTests.Client;
        var schema = SharedFolder.Require("oracle/mysql/public/sakila/schema.sql");
        try
        {
            await server.LoadAsync(schema);
            var theirs = await IngestTwiceAsync("theirs", (recipe, folder) => ProgramResult.RunAsync(client, folder, Variables(folder), "ingest", "-c", recipe));
            var ours = await IngestTwiceAsync("ours", (recipe, folder) => ProgramResult.DiscoveryAsync(folder, Variables(folder), "ingest", "-c", recipe));
            Assert.True(theirs.Count > 100, $"{theirs.Count} aspects");
            Assert.Equal(theirs, ours);
        }
        finally
        {
            await server.DropAsync(["sakila"]);
        }
    }

    private static Dictionary<string, string> Variables(string folder) =>
        new() { ["DATAHUB_TELEMETRY_ENABLED"] = "false", ["HOME"] = folder, ["MYSQL_PASSWORD"] = TestServer.Password };

    private async Task<List<string>> IngestTwiceAsync(string name, Func<string, string, Task<ProgramResult>> ingest)
    {
        var folder = _folder.CreateSubdirectory(name).FullName;
        var data = Path.Combine(folder, "catalog");
        await using (var catalog = await LocalServer.StartAsync(
            data, new ControlSettings { DataFolder = Path.Combine(folder, "control"), RecipeFolder = folder }, port: 0, TestContext.Current.CancellationToken))
        {
            var recipe = Path.Combine(folder, "recipe.yml");
            await File.WriteAllTextAsync(recipe, $$"""
                # Without views and procedures: where their lineage is meant to differ, the golden comparison tells.
                source:
                  type: mysql
                  config: { host_port: "{{server.Server.HostPort}}", username: {{TestServer.Full}}, password: "${MYSQL_PASSWORD}", include_views: false, include_stored_procedures: false, database_pattern: { allow: ["^sakila$"] } }
                sink: { type: datahub-rest, config: { server: "{{catalog.Address}}" } }
                """, TestContext.Current.CancellationToken);
            for (var run = 0; run < 2; run++)
            {
                var result = await ingest(recipe, folder);
                Assert.True(result.ExitCode == 0, result.Output + result.Error);
            }
        }
        await using var store = StoreReader.OpenRead(data);
        var entities = store.ReadAll().Where(entity => !OfRuns.Contains(entity.EntityType)).ToList();
        Assert.All(entities.SelectMany(entity => entity.Aspects), aspect => Assert.Single(store.ReadHistory(aspect.Urn, aspect.Aspect)));
        return [.. entities.SelectMany(entity => entity.Aspects).Select(aspect => $"{aspect.Urn} {aspect.Aspect} {Canonical(aspect.Value)}")];
    }

    // Members in order of name: their order in an object means nothing.
    private static string Canonical(ReadOnlyMemory<byte> json) => Sorted(JsonNode.Parse(json.Span))!.ToJsonString();

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
