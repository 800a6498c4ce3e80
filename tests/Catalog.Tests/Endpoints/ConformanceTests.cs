using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Discovery.Catalog.Tests.Endpoints;

/// <summary>The conformance kit: DataHub's unchanged command line and SDK as clients of the catalog.</summary>
public sealed partial class ConformanceTests(CatalogServer server, ClosedCatalogServer closedServer) : IClassFixture<CatalogServer>, IClassFixture<ClosedCatalogServer>
{
    [Theory]
    [InlineData("test_semantics_http.py")]
    [InlineData("test_tier1_ingest.py")]
    [InlineData("test_tier1_cli.py")]
    public async Task The_real_clients_find_what_they_expect(string file)
    {
        var (failed, output) = await RunAsync(server, file);
        Assert.True(failed.Count == 0, output);
    }

    [Fact]
    public async Task The_real_clients_find_the_same_with_a_token_and_nothing_without()
    {
        var (failed, output) = await RunAsync(closedServer, "test_semantics_http.py");
        Assert.True(failed.Count == 0, output);
    }

    [Theory]
    [Trait("Category", "Long")]
    [InlineData("test_tier2_sdk.py")]
    [InlineData("test_tier2_search_lineage.py")]
    [InlineData("test_tier3_graphql.py")]
    public async Task What_the_real_clients_miss_is_known(string file)
    {
        var (failed, output) = await RunAsync(server, file);
        Assert.True(failed.SequenceEqual(KnownMisses.Of(file)), $"Known: {string.Join(", ", KnownMisses.Of(file))}\n{output}");
    }

    /// <summary>Runs a file of the kit; gives the names of the tests that failed, in order, and what pytest said.</summary>
    private static async Task<(IReadOnlyList<string> Failed, string Output)> RunAsync(CatalogServer server, string file)
    {
        var kit = SharedFolder.Require("oracle/wire/conformance");
        var python = Path.Combine(SharedFolder.Root, "artifacts", "oracle-venv", "bin", "python");
        Assert.SkipUnless(File.Exists(python), "artifacts/oracle-venv, the real client, is not there");
        var start = new ProcessStartInfo(python, ["-m", "pytest", "-p", "no:cacheprovider", "-q", "-rfE", "--tb=short", Path.Combine(kit, file)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DATAHUB_GMS_URL"] = server.Url;
        if (server.Token is not null)
        {
            start.Environment["DATAHUB_GMS_TOKEN"] = server.Token;
        }
        start.Environment["PYTHONPATH"] = await PytestAsync(python);
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        using var pytest = Process.Start(start)!;
        using var stop = TestContext.Current.CancellationToken.Register(pytest.Kill);
        var error = pytest.StandardError.ReadToEndAsync();
        var output = await pytest.StandardOutput.ReadToEndAsync() + await error;
        await pytest.WaitForExitAsync();
        Assert.True(SummaryPattern().IsMatch(output), output);
        return ([.. FailurePattern().Matches(output).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal)], output);
    }

    /// <summary>The folder with pytest, which is installed from the shared folder where it is missing.</summary>
    private static async Task<string> PytestAsync(string python)
    {
        var folder = Path.Combine(SharedFolder.Root, "artifacts", "conformance");
        if (!Directory.Exists(Path.Combine(folder, "pytest")))
        {
            var wheels = SharedFolder.Require("oracle/wheels");
            using var pip = Process.Start(python, ["-m", "pip", "install", "--quiet", "--no-index", "--find-links", wheels, "--target", folder, "pytest"]);
            await pip.WaitForExitAsync();
            Assert.Equal(0, pip.ExitCode);
        }
        return folder;
    }

    // FAILED ../test_tier2_sdk.py::test_patch_builder[graph] - AssertionError: ...
    [GeneratedRegex(@"^(?:FAILED|ERROR) [^:\s]*::(\S+)", RegexOptions.Multiline)]
    private static partial Regex FailurePattern();

    // 12 passed, 1 failed in 3.20s
    [GeneratedRegex(@"\d+ (?:passed|failed).* in [0-9.]+s")]
    private static partial Regex SummaryPattern();
}
