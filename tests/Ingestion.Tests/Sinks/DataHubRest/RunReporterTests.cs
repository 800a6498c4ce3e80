using System.Text.Json.Nodes;
using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Recipes;
using Discovery.Ingestion.Reports;
using Discovery.Ingestion.Sinks.DataHubRest;

namespace Discovery.Ingestion.Tests.Sinks.DataHubRest;

public sealed class RunReporterTests
{
    private static readonly string[] RunDependent = ["requestedAt", "startTimeMs", "durationMs", "report"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private sealed record SourceConfig
    {
        [Setting("platform_instance", "Instance.")]
        public string? PlatformInstance { get; init; }
    }

    [Theory]
    [InlineData("mysql", null, null, "87210e76da918bc8badfbbb353f4c1ac")]
    [InlineData("mysql", "nightly", null, "5cccb33e83408c0c3c61d8a234d5099b")]
    [InlineData("file", null, null, "570c4a2c68e44d1f6e63e5731be9853b")]
    public void The_urn_of_a_source_is_the_one_that_DataHubs_client_makes(string type, string? pipeline, string? instance, string expected) =>
        Assert.Equal("urn:li:dataHubIngestionSource:cli-" + expected, DataHubRunReporter.SourceUrn(type, pipeline, instance));

    [Fact]
    public async Task A_run_is_reported_as_it_was_recorded()
    {
        var recorded = RecordedRequestsTests.Cassette("05_ingest_sync")["exchanges"]!.AsArray().Select(exchange => exchange!["request"]!)
            .Where(request => request["body"]?["proposal"]?["entityType"] is { } type && ((string)type!).StartsWith("dataHub", StringComparison.Ordinal)).ToList();
        await using var server = await RecordingServer.StartAsync();
        var context = Context("r_sync-run");
        using var reporter = Reporter(server, context, "file", Aspect(recorded[0])["config"]!["recipe"]!.ToString());

        await reporter.StartAsync(Cancel);
        await reporter.FinishAsync(RunStatus.Success, "{}", "", Cancel);

        Assert.Equal(3, recorded.Count);
        Assert.Equal(recorded.Select(request => Comparable(request["body"]!)), server.Writes.Select(request => Comparable(request.Json!)));
        Assert.Equal(recorded.Select(request => (string)request["target"]!), server.Writes.Select(request => request.Target));
        Assert.Equal(0, context.SinkReport.Requests);
    }

    [Fact]
    public async Task A_run_whose_sink_cannot_be_opened_is_not_reported_to_it()
    {
        await using var server = await RecordingServer.StartAsync();
        server.OnConfig = _ => new Reply(404, "");
        var text = $"source: {{ type: file, config: {{ path: none.json }} }}\nsink: {{ type: datahub-rest, config: {{ server: '{server.Address}' }} }}";
        using var recipe = new RecipeLoader().Load("recipe.yml", System.Text.Encoding.UTF8.GetBytes(text), RecipeFormat.Yaml);

        var report = await IngestionRun.ExecuteAsync(
            recipe.Recipe!, new RunOptions { TellDataHub = true }, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance, new SecretMasker(), TimeProvider.System, Cancel);

        Assert.Equal(RunStatus.Failure, report.Status);
        Assert.Empty(server.Writes);
    }

    [Fact]
    public async Task Report_and_recipe_are_sent_without_secrets_and_the_text_keeps_its_end()
    {
        await using var server = await RecordingServer.StartAsync();
        var context = Context("run-1");
        using var reporter = Reporter(server, context, "mysql", $$"""{"token":"{{SinkRun.Token}}"}""", "eu1");

        await reporter.StartAsync(Cancel);
        await reporter.FinishAsync(RunStatus.Cancelled, $$"""{"note":"{{SinkRun.Token}}"}""", new string('x', 900_000) + SinkRun.Token + "the end", Cancel);

        Assert.Equal(0, server.Writes.Count(request => request.Body.Contains(SinkRun.Token, StringComparison.Ordinal)));
        Assert.Equal("[CLI] mysql (eu1) [nightly]", Aspect(server.Writes[0])["name"]!.ToString());
        var result = Aspect(server.Writes[2]);
        Assert.Equal("CANCELLED", (string)result["status"]!);
        Assert.Equal(DataHubRunReporter.LongestReport, ((string)result["report"]!).Length);
        Assert.EndsWith("the end", (string)result["report"]!, StringComparison.Ordinal);
        Assert.Equal("urn:li:dataHubExecutionRequest:run-1", server.Writes[2].Urns.Single());
    }

    [Fact]
    public async Task A_run_that_an_executor_started_reports_its_result_alone()
    {
        await using var server = await RecordingServer.StartAsync();
        using var reporter = Reporter(server, Context("urn:li:dataHubExecutionRequest:abc"), "mysql", "{}");

        await reporter.StartAsync(Cancel);
        await reporter.FinishAsync(RunStatus.Failure, "{}", "", Cancel);

        Assert.Equal("urn:li:dataHubExecutionRequest:abc", Assert.Single(server.Writes).Urns.Single());
        Assert.Equal("FAILURE", (string)Aspect(server.Writes[0])["status"]!);
    }

    [Theory]
    [InlineData(422)]
    [InlineData(403)]
    public async Task A_server_that_refuses_the_report_is_a_warning(int status)
    {
        await using var server = await RecordingServer.StartAsync();
        server.OnWrite = _ => new Reply(status, """{"message":"no such entity"}""");
        var context = Context("run-1");
        using var reporter = Reporter(server, context, "mysql", "{}");

        await reporter.StartAsync(Cancel);

        Assert.Contains("no such entity", Assert.Single(context.SinkReport.Warnings).Message, StringComparison.Ordinal);
        Assert.Empty(context.SinkReport.Failures);
    }

    [Fact]
    public void There_is_no_reporter_for_a_dry_run_or_another_sink()
    {
        var context = Context("run-1");
        var rest = Recipe(SinkRun.Config("http://127.0.0.1:1"), "mysql", "{}", null);

        Assert.Null(DataHubRunReporter.For(rest, context, dryRun: true));
        Assert.Null(DataHubRunReporter.For(rest with { SinkConfig = new object() }, context, dryRun: false));
    }

    private static RunContext Context(string runId) => new() { RunId = runId, PipelineName = runId == "run-1" ? "nightly" : null, Loggers = new SinkRun(SinkRun.Config("http://127.0.0.1:1")) };

    private static DataHubRunReporter Reporter(RecordingServer server, RunContext context, string type, string recipe, string? instance = null) =>
        DataHubRunReporter.For(Recipe(SinkRun.Config(server.Address), type, recipe, instance), context, dryRun: false)!;

    private static Recipe Recipe(DataHubRestConfig config, string type, string recipe, string? instance) => new()
    {
        Source = new SourceType(type, typeof(SourceConfig), (_, _) => throw new InvalidOperationException()),
        SourceConfig = new SourceConfig { PlatformInstance = instance },
        Sink = Connectors.Sinks.Single(sink => sink.Name == "datahub-rest"),
        SinkConfig = config,
        RedactedJson = recipe,
    };

    private static JsonNode Aspect(JsonNode request) => JsonNode.Parse((string)request["body"]!["proposal"]!["aspect"]!["value"]!)!;

    private static JsonNode Aspect(RecordedRequest request) => JsonNode.Parse(Assert.Single(request.Values))!;

    // Times, versions and the texts of the report differ.
    private static string Comparable(JsonNode body)
    {
        var copy = JsonNode.Parse(body.ToJsonString())!;
        var proposal = copy["proposal"]!;
        proposal["systemMetadata"]!["lastObserved"] = 0;
        var aspect = Aspect(new JsonObject { ["body"] = copy.DeepClone() });
        foreach (var member in RunDependent.Where(member => aspect[member] is not null))
        {
            aspect[member] = 0;
        }
        foreach (var versioned in new[] { aspect["args"], aspect["config"] }.Where(versioned => versioned is not null))
        {
            versioned!["version"] = 0;
        }
        if (aspect["structuredReport"] is { } structured)
        {
            structured["serializedValue"] = "";
        }
        proposal["aspect"]!["value"] = aspect.ToJsonString();
        return RecordedRequestsTests.Comparable(copy);
    }
}
