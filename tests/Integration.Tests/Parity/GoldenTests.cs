using System.Text.Json;
using Discovery.Integration.Tests.Support;

namespace Discovery.Integration.Tests.Parity;

/// <summary>
/// Recorded recipes on real schemas, compared with what DataHub's own client wrote for them. View lineage, query
/// entities and routines are not read yet and are left out of the comparison.
/// </summary>
[Collection<ServerCollection>]
public sealed class GoldenTests(TestServer server)
{
    private const string Corpus = "oracle/mysql/public";

    /// <summary>Differences that are meant, by schema: regular expressions on the lines of the comparison. Each is a row of docs/differences.md.</summary>
    private static readonly Dictionary<string, string[]> Meant = new(StringComparer.Ordinal)
    {
        ["edge_cases"] =
        [
            @"^\+ entity extra: .*\.(v_broken|v_on_broken),PROD\)",
            @"^~ order differs first at record \d+: .*edge_cases\.v_broken,",
            @"\.t_enum_set,PROD\) schemaMetadata fields\[(e_quote|e_pct|s2)\]\.nativeDataType: expected .*(%%|\\\\\\\\)",
            @"\.(m_compressed|sv_partial|t_defaults|t_invisible|t_numeric|t_temporal),PROD\) schemaMetadata fields\[\w+\]\.description: unexpected ",
            @"\.fk_Names,PROD\) schemaMetadata foreignKeys: expected 2 elements, got 3",
            @"\.sv_period,PROD\) schemaMetadata fields\[[se]\]\.isPartOfKey: expected false, got true",
            @"\.with`tick,PROD\) schemaMetadata fields\[a`{1,2}b\]: ",
            @"^\+ entity extra: .*\.t_vector,PROD\)",
            @"^~ order differs first at record \d+: .*edge_cases\.t_vector,",
            @"\.t_spatial_srid,PROD\) schemaMetadata fields\[[pqr]\]\.description: unexpected ",
            @"\.(cs_0900|t_string),PROD\) schemaMetadata fields\[(c|d|c_varchar_u8same)\]\.nativeDataType: expected .* CHARACTER SET utf8mb4 COLLATE ",
        ],
        ["edge_names"] =
        [
            "^- entity missing: urn:li:container:7aca72fbcff373d38bc64164754dc379 ",
            "^\\+ entity extra:   urn:li:container:ccf9499f87bdc0238a9c92c88b3132d7 ",
            "^\\+ entity extra:   urn:li:dataset:\\(urn:li:dataPlatform:mysql,\"edge_quoted\"\\.",
            "^~ order differs first at record 0: .*7aca72fbcff373d38bc64164754dc379.*ccf9499f87bdc0238a9c92c88b3132d7",
        ],
        ["edge_parser"] =
        [
            @"\.t_colformat,PROD\) schemaMetadata fields\[[ab]\]\.description: unexpected ",
            @"\.col_defaults,PROD\) schemaMetadata fields\[d\d+\]\.description: unexpected ",
            @"\.col_enum,PROD\) schemaMetadata fields\[e6\]\.nativeDataType: ",
            @"\.fk_partition_upper,PROD\) schemaMetadata foreignKeys: expected 1 elements, got 2",
            @"\.fk_tick,PROD\) schemaMetadata (fields\[x`{1,2}y\]: |foreignKeys\[0\]\.)",
            @"\.fk_to_tick,PROD\) schemaMetadata foreignKeys: unexpected ",
            @"\.pk_partition_upper,PROD\) schemaMetadata fields\[PARTITION_ID\]\.isPartOfKey: expected false, got true",
            @"\.(pk_comma|pk_tick|v_uncommented),PROD\) schemaMetadata fields\[[^\]]*`[^\]]*\]: (missing|unexpected)",
            @"edge_parser\.nl$",
        ],
        ["employees"] =
        [
            @"^\+ entity extra: .*\.(v_full_departments|v_full_employees),PROD\)",
            @"^~ order differs first at record \d+: expected None, got .*\.v_full_departments,",
        ],
    };

    public static TheoryData<string> Schemas =>
        Directory.Exists(Path.Combine(SharedFolder.Root, "..", "shared", Corpus))
            ? [.. Directory.GetDirectories(Path.Combine(SharedFolder.Root, "..", "shared", Corpus)).Where(folder => File.Exists(Path.Combine(folder, "mariadb-10.11", "load.txt")))
                .Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)]
            : ["(no corpus)"];

    [Theory]
    [MemberData(nameof(Schemas))]
    public async Task An_unchanged_recipe_gives_what_the_real_client_gives_with_select_and_with_references_alone(string schema)
    {
        var corpus = SharedFolder.Require($"{Corpus}/{schema}");
        var golden = Path.Combine(corpus, server.Server.IsMariaDb ? "mariadb-10.11" : "mysql-9.7");
        var load = await File.ReadAllLinesAsync(Path.Combine(golden, "load.txt"), TestContext.Current.CancellationToken);
        var databases = JsonSerializer.Deserialize<string[]>(load[0]["databases: ".Length..])!;
        var folder = Directory.CreateTempSubdirectory("discovery-golden-");
        try
        {
            var refused = await server.LoadAsync(Path.Combine(corpus, "schema.sql"));
            Assert.Equal(load.Count(line => line.StartsWith("ERROR", StringComparison.Ordinal)), refused.Length);
            var full = await IngestAsync(Path.Combine(golden, "default", "recipe.yml"), TestServer.Full, folder);
            var least = await IngestAsync(Path.Combine(golden, "default", "recipe.yml"), TestServer.Ref, folder);
            Assert.Empty(await DifferencesAsync(schema, Path.Combine(golden, "default"), full));
            Assert.Empty(await DifferencesAsync(
                schema, Path.Combine(golden, "default"), least, "--ignore-aspect", "viewProperties", "--ignore-path", @"^datasetProperties\.customProperties\.view_definition$"));
        }
        finally
        {
            folder.Delete(recursive: true);
            await server.DropAsync(databases);
        }
    }

    private async Task<string> IngestAsync(string recipe, string account, DirectoryInfo parent)
    {
        var folder = parent.CreateSubdirectory(account).FullName;
        File.Copy(recipe, Path.Combine(folder, "recipe.yml"));
        var result = await ProgramResult.DiscoveryAsync(folder, new Dictionary<string, string>
        {
            ["MYSQL_HOST_PORT"] = server.Server.HostPort,
            ["MYSQL_USERNAME"] = account,
            ["MYSQL_PASSWORD"] = TestServer.Password,
        }, "ingest", "-c", "recipe.yml");
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        var output = Path.Combine(folder, "golden.json");
        // A view's text names who made it; the recorded schemas were loaded as root.
        var text = await File.ReadAllTextAsync(output, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(output, text.Replace(server.Definer, "`root`@`localhost`", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        return output;
    }

    private static async Task<IReadOnlyList<string>> DifferencesAsync(string schema, string golden, string actual, params string[] options)
    {
        var expected = Path.Combine(golden, "golden.json");
        var result = await ProgramResult.RunAsync("python3", golden, new Dictionary<string, string>(),
        [
            SharedFolder.Require("oracle/mysql/compare_golden.py"), File.Exists(expected) ? expected : expected + ".gz", actual, "--order", "--strict-metadata", "--max", "100000",
            "--ignore-urn", "^urn:li:(query|dataFlow|dataJob):", "--ignore-aspect", "upstreamLineage", .. options,
        ]);
        Assert.True(result.ExitCode is 0 or 1, result.Error);
        var meant = Meant.GetValueOrDefault(schema, []);
        return [.. result.Output.Split('\n').Where(line => line.Length > 1 && line[1] == ' ' && !Array.Exists(meant, pattern => System.Text.RegularExpressions.Regex.IsMatch(line, pattern)))];
    }
}
