using Discovery.Integration.Tests.MySql;
using Discovery.Integration.Tests.Support;

namespace Discovery.Integration.Tests.Parity;

/// <summary>DataHub's own client takes our files.</summary>
[Collection<ServerCollection>]
public sealed class RealClientTests(TestServer server)
{
    internal static string Client
    {
        get
        {
            var client = Path.Combine(SharedFolder.Root, "artifacts", "oracle-venv", "bin", "datahub");
            Assert.SkipUnless(File.Exists(client), "the real datahub client is not installed (./discovery test installs it from ../shared)");
            return client;
        }
    }

    [Fact]
    public async Task The_real_client_finds_nothing_wrong_with_our_file_and_reads_it_back_unchanged()
    {
        var client = Client;
        var comparison = SharedFolder.Require("oracle/mysql/compare_golden.py");
        var schema = SharedFolder.Require("oracle/mysql/public/edge_cases/schema.sql");
        using var crawl = new Crawl(server);
        try
        {
            await server.LoadAsync(schema);
            await crawl.RunAsync(TestServer.RefView, "database_pattern: { allow: ['^edge_'] }");
            var folder = Path.GetDirectoryName(crawl.OutputFile)!;
            await File.WriteAllTextAsync(Path.Combine(folder, "back.yml"), $$"""
                run_id: crawl
                source: { type: file, config: { path: ./out.json } }
                sink: { type: file, config: { filename: ./back.json } }
                """, TestContext.Current.CancellationToken);

            var check = await RunAsync(client, folder, "check", "metadata-file", "out.json");
            var ingest = await RunAsync(client, folder, "ingest", "-c", "back.yml", "--no-default-report");
            var same = await ProgramResult.RunAsync("python3", folder, new Dictionary<string, string>(), comparison, "out.json", "back.json", "--order", "--strict-metadata", "--max", "20");

            Assert.True(check.ExitCode == 0, check.Output + check.Error);
            Assert.True(ingest.ExitCode == 0, ingest.Output + ingest.Error);
            Assert.True(same.ExitCode == 0, same.Output);
        }
        finally
        {
            await server.DropAsync(["edge_cases", "edge_other"]);
        }
    }

    private static Task<ProgramResult> RunAsync(string client, string folder, params string[] arguments) => ProgramResult.RunAsync(
        client, folder, new Dictionary<string, string> { ["DATAHUB_TELEMETRY_ENABLED"] = "false", ["HOME"] = folder }, arguments);
}
