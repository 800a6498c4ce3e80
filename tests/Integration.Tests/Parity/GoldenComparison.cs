using System.Text.RegularExpressions;
using Discovery.Integration.Tests.Support;

namespace Discovery.Integration.Tests.Parity;

/// <summary>Runs a recorded recipe by the command line as it was recorded and compares the file that it writes, order included.</summary>
internal static class GoldenComparison
{
    // Profiles are not built; the lineage of procedures is not (rows of docs/differences.md).
    private static readonly string[] NotBuilt = ["--ignore-aspect", "datasetProfile", "--ignore-aspect", "dataJobInputOutput"];

    /// <summary>Fails with the differences that are not in <see cref="MeantDifferences"/>.</summary>
    public static async Task AssertAsync(LoadedSchema loaded, string schema, string variant, string account)
    {
        await loaded.LoadAsync(schema);
        var recorded = loaded.Recorded(schema, variant);
        var folder = Directory.CreateTempSubdirectory("discovery-golden-").FullName;
        try
        {
            var result = await IngestAsync(loaded.Server, recorded, account, folder);
            Assert.True(result.ExitCode == 0, result.Output + result.Error);
            if (Regex.IsMatch(await File.ReadAllTextAsync(Path.Combine(recorded, "recipe.yml"), TestContext.Current.CancellationToken), @"profiling:\s+enabled: true"))
            {
                Assert.Single(Regex.Matches(result.Output + result.Error, "profiling is not built yet"));
            }
            var output = Path.Combine(folder, "golden.json");
            await NameTheRecordedDefinerAsync(output, loaded.Server.Definer);
            var differences = await DifferencesAsync(schema, variant, recorded, output, account == TestServer.Full ? [] : await WithoutSelectAsync(loaded, recorded, account));
            Assert.True(differences.Count == 0, string.Join('\n', differences));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<ProgramResult> IngestAsync(TestServer server, string recorded, string account, string folder)
    {
        File.Copy(Path.Combine(recorded, "recipe.yml"), Path.Combine(folder, "recipe.yml"));
        // command: datahub ingest -c recipe.yml
        var arguments = File.ReadLines(Path.Combine(recorded, "report.txt")).ElementAt(1).Split(' ')[2..];
        return await ProgramResult.DiscoveryAsync(folder, new Dictionary<string, string>
        {
            ["MYSQL_HOST_PORT"] = server.Server.HostPort,
            ["MYSQL_USERNAME"] = account,
            ["MYSQL_PASSWORD"] = TestServer.Password,
        }, arguments);
    }

    private static async Task NameTheRecordedDefinerAsync(string output, string definer)
    {
        var text = await File.ReadAllTextAsync(output, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(output, text.Replace(definer, "`root`@`localhost`", StringComparison.Ordinal), TestContext.Current.CancellationToken);
    }

    /// <summary>
    /// What an account without SELECT leaves out. Of its recorded runs, which have no views, all else is compared; its views
    /// are compared with those of the account that may read everything.
    /// </summary>
    private static async Task<IEnumerable<string>> WithoutSelectAsync(LoadedSchema loaded, string recorded, string account)
    {
        string[] routines = ["--ignore-urn", "^urn:li:(dataFlow|dataJob):"];
        if (account != RecordedCorpus.Account(recorded))
        {
            return account == TestServer.RefView
                ? routines
                : [.. routines, "--ignore-urn", "^urn:li:query:", "--ignore-aspect", "upstreamLineage", "--ignore-aspect", "viewProperties", "--ignore-path", @"^datasetProperties\.customProperties\.view_definition$"];
        }
        var views = (await loaded.Server.QueryAsync("SELECT CONCAT(table_schema, '.', table_name) FROM information_schema.tables WHERE table_type = 'VIEW'"))
            .Select(name => Regex.Escape(name.Replace("(", "%28", StringComparison.Ordinal).Replace(")", "%29", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal)));
        return [.. routines, "--ignore-urn", "^urn:li:query:", "--ignore-urn", $",({string.Join('|', views)}),[A-Z]+\\)$"];
    }

    private static async Task<IReadOnlyList<string>> DifferencesAsync(string schema, string variant, string recorded, string actual, IEnumerable<string> options)
    {
        var plain = Path.Combine(recorded, "golden.json");
        var expected = File.Exists(plain) ? plain : plain + ".gz";
        var result = await ProgramResult.RunAsync("python3", recorded, new Dictionary<string, string>(),
            [SharedFolder.Require("oracle/mysql/compare_golden.py"), expected, actual, "--strict-metadata", "--max", "100000", .. NotBuilt, .. options]);
        Assert.True(result.ExitCode is 0 or 1, result.Error);
        return
        [
            .. result.Output.Split('\n').Where(line => line.Length > 1 && line[1] == ' ').Concat(await RecordOrder.DifferencesAsync(expected, actual))
                .Where(line => !MeantDifferences.Has(schema, variant, line)),
        ];
    }
}
