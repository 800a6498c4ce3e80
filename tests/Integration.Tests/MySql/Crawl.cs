using System.Text.Json.Nodes;
using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Recipes;
using Discovery.Ingestion.Reports;
using Discovery.Integration.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Discovery.Integration.Tests.MySql;

/// <summary>Runs recipes against the test server, in this process.</summary>
internal sealed class Crawl(TestServer server) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("discovery-crawl-").FullName;

    public string OutputFile => Path.Combine(_folder, "out.json");

    public SecretMasker Secrets { get; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Loads a recipe for the server; <paramref name="settings"/> are lines of the source's config.</summary>
    public Recipe Recipe(string account, string settings, string sink = "file")
    {
        var recipe = $$"""
            run_id: crawl
            source:
              type: mysql
              config:
                host_port: {{server.Server.HostPort}}
                username: {{account}}
                password: ${MYSQL_PASSWORD}
            {{string.Join('\n', settings.Split('\n').Select(line => "    " + line))}}
            sink:
              type: {{sink}}
              config: {{(sink == "file" ? $"{{ filename: \"{OutputFile}\" }}" : "{}")}}
            """;
        var loader = new RecipeLoader { Secrets = Secrets, Environment = name => name == "MYSQL_PASSWORD" ? TestServer.Password : null };
        using var loaded = loader.Load("recipe.yml", System.Text.Encoding.UTF8.GetBytes(recipe), RecipeFormat.Yaml);
        Assert.True(loaded.Recipe is not null, string.Join('\n', loaded.Problems));
        return loaded.Recipe;
    }

    public Task<RunReport> RunAsync(string account, string settings, string sink = "file", Action<RunReport>? progress = null) =>
        RunAsync(Recipe(account, settings, sink), progress);

    public Task<RunReport> RunAsync(Recipe recipe, Action<RunReport>? progress = null) =>
        IngestionRun.ExecuteAsync(recipe, new RunOptions { Progress = progress }, NullLoggerFactory.Instance, Secrets, Time, TestContext.Current.CancellationToken);

    /// <summary>The output with the moment of the run taken out.</summary>
    public string TimelessOutput() => System.Text.RegularExpressions.Regex.Replace(File.ReadAllText(OutputFile), "\"lastObserved\": \\d+", "\"lastObserved\": 0");

    public JsonArray Records() => JsonNode.Parse(File.ReadAllText(OutputFile))!.AsArray();

    /// <summary>An aspect of a table's snapshot.</summary>
    /// <param name="table">As <c>database.table</c>.</param>
    /// <param name="type">The last part of its type.</param>
    public JsonNode? Aspect(string table, string type) => Records()
        .Select(record => record!["proposedSnapshot"]?["com.linkedin.pegasus2avro.metadata.snapshot.DatasetSnapshot"])
        .Where(snapshot => snapshot is not null && ((string)snapshot["urn"]!).Contains($",{table},", StringComparison.Ordinal))
        .SelectMany(snapshot => snapshot!["aspects"]!.AsArray())
        .Select(aspect => aspect!.AsObject().First())
        .FirstOrDefault(aspect => aspect.Key.EndsWith(type, StringComparison.Ordinal)).Value;

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
