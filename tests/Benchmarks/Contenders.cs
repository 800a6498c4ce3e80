using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Discovery.Ingestion.Sources.MySql;

namespace Discovery.Benchmarks;

/// <summary>The programs that are compared. All but the raw client run the same recipe.</summary>
/// <param name="server">The server that they read.</param>
/// <param name="size">The whole fleet.</param>
/// <param name="root">The checkout.</param>
/// <param name="folder">Where recipes and output go.</param>
internal sealed partial class Contenders(BenchServer server, FleetSize size, string root, string folder)
{
    private readonly Dictionary<string, string> _variables = new()
    {
        ["BENCH_PASSWORD"] = server.Password,
        ["MYSQL_PWD"] = server.Password,
        ["DATAHUB_TELEMETRY_ENABLED"] = "false",
        ["HOME"] = folder,
    };

    /// <summary>Our command line program, as <c>./discovery ingest</c> starts it, with the sink <c>file</c>.</summary>
    public Contender OursToFile(string name, string databases, FleetSize expected)
    {
        var (recipe, output) = WriteRecipe($"ours-{name}", databases, "file");
        return new($"Discovery, {name}, file", Ours(recipe, output), () => CheckFile(output, expected));
    }

    /// <summary>Our command line program with the sink <c>blackhole</c>.</summary>
    public Contender OursToBlackhole()
    {
        var (recipe, output) = WriteRecipe("ours-blackhole", Fleet.All, "blackhole");
        return new("Discovery, blackhole", Ours(recipe, output), () => CheckReport(output + ".report", size));
    }

    /// <summary>DataHub's own client; null where it is not installed.</summary>
    public Contender? RealClient(string name, string databases, FleetSize expected)
    {
        var program = Path.Combine(root, "artifacts", "oracle-venv", "bin", "datahub");
        if (!File.Exists(program))
        {
            return null;
        }
        var (recipe, output) = WriteRecipe($"real-{name}", databases, "file");
        return new($"DataHub's client, {name}, file", Program(program, output, "ingest", "-c", recipe, "--no-default-report"), () => CheckFile(output, expected));
    }

    /// <summary>The server's command line client with the very statements of our crawl, its rows as text to a file; null where it is not installed.</summary>
    public Contender? RawClient()
    {
        var path = Environment.GetEnvironmentVariable("PATH")?.Split(':') ?? [];
        var client = new[] { "mariadb", "mysql" }.FirstOrDefault(client => path.Any(folder => File.Exists(Path.Combine(folder, client))));
        if (client is null)
        {
            return null;
        }
        var (script, output) = (Path.Combine(folder, "raw.sql"), Path.Combine(folder, "raw.txt"));
        File.WriteAllText(script, RawScript());
        var program = Program(
            client, output, "--no-defaults", "--quick", "--batch", "--skip-column-names", "--host=127.0.0.1", $"--port={server.Port}", $"--user={BenchServer.User}") with { Input = script };
        return new($"{client} client, same statements", program, () => CheckRows(output));
    }

    private MeasuredProgram Ours(string recipe, string output) => Program(
        "dotnet", output, Path.Combine(root, "artifacts", "bin", "Ingestion.Worker", "release", "Discovery.Ingestion.Worker.dll"), "ingest", "-c", recipe, "--report-to", output + ".report");

    // Started anew each time, so that nothing of an earlier run is taken for this one's.
    private MeasuredProgram Program(string program, string output, params string[] arguments) => new(program, arguments, output + ".log") { Variables = _variables };

    private (string Recipe, string Output) WriteRecipe(string name, string databases, string sink)
    {
        var (recipe, output) = (Path.Combine(folder, $"{name}.yml"), Path.Combine(folder, $"{name}.json"));
        var sinkConfig = sink == "file" ? $$"""{ filename: "{{output}}" }""" : "{}";
        File.WriteAllText(recipe, $$"""
            source:
              type: mysql
              config:
                host_port: "127.0.0.1:{{server.Port}}"
                username: {{BenchServer.User}}
                password: "${BENCH_PASSWORD}"
                database_pattern: { allow: ['{{databases}}'] }
            sink: { type: {{sink}}, config: {{sinkConfig}} }
            """);
        return (recipe, output);
    }

    private string RawScript()
    {
        var names = Enumerable.Range(0, size.Schemas).Select(Fleet.Name);
        var setUp = server.Features.LongListsStayLists is { } assignment ? $"SET SESSION {assignment};\n" : "";
        return setUp + string.Concat(names.Chunk(new MySqlSourceConfig().SchemasPerBatch).SelectMany(batch => new[]
        {
            InformationSchema.Tables(batch.Length),
            InformationSchema.Keys(batch.Length),
            InformationSchema.Columns(batch.Length, server.Features),
        }.Select(sql => ParameterPattern().Replace(sql, name => $"'{batch[int.Parse(name.Groups[1].ValueSpan, CultureInfo.InvariantCulture)]}'") + ";\n")));
    }

    private static CheckedOutput CheckFile(string path, FleetSize expected)
    {
        if (!File.Exists(path))
        {
            return new(0, 0, "no output");
        }
        var (counts, bytes) = (OutputCounts.OfFile(path), new FileInfo(path).Length);
        File.Delete(path);
        return new(counts.Records, bytes, counts == expected.Output ? null : $"{counts} instead of {expected.Output}");
    }

    private static CheckedOutput CheckReport(string path, FleetSize expected)
    {
        if (!File.Exists(path))
        {
            return new(0, 0, "no report");
        }
        using var report = JsonDocument.Parse(File.ReadAllText(path));
        File.Delete(path);
        var source = report.RootElement.GetProperty("source").GetProperty("report");
        var entities = report.RootElement.GetProperty("entities");
        var counts = expected.Output with
        {
            Containers = entities.GetProperty("container").GetProperty("accepted").GetInt64(),
            Datasets = entities.GetProperty("dataset").GetProperty("accepted").GetInt64(),
            Fields = source.GetProperty("databases").EnumerateArray().Sum(database => database.GetProperty("columns").GetInt64()),
            Records = source.GetProperty("events_produced").GetInt64(),
        };
        return new(counts.Records, 0, counts == expected.Output ? null : $"{counts} instead of {expected.Output}");
    }

    private CheckedOutput CheckRows(string path)
    {
        var output = path + ".log";
        long rows = File.ReadLines(output).LongCount(), bytes = new FileInfo(output).Length;
        return new(rows, bytes, rows == size.Rows ? null : $"{rows} rows instead of {size.Rows}");
    }

    [GeneratedRegex(@"@s(\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex ParameterPattern();
}
