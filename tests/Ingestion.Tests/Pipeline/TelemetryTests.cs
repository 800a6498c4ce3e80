using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Recipes;
using Discovery.Ingestion.Tests.Sinks.DataHubRest;
using Microsoft.Extensions.Logging.Abstractions;

namespace Discovery.Ingestion.Tests.Pipeline;

public sealed class TelemetryTests : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;
    private readonly Activity _caller = new Activity("caller").Start();

    public TelemetryTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Discovery.Ingestion",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                // Other tests run at the same time.
                if (activity.TraceId == _caller.TraceId)
                {
                    _ended.Enqueue(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _caller.Dispose();
    }

    [Fact]
    public async Task A_run_is_a_span_of_its_caller_and_its_batches_are_spans_of_the_run()
    {
        await using var server = await RecordingServer.StartAsync();
        await RunAsync($"pipeline_name: nightly\nsource: {{type: file, config: {{path: FILE}}}}\nsink: {{type: datahub-rest, config: {{server: '{server.Address}'}}}}\n");

        var run = Assert.Single(_ended, activity => activity.OperationName == "ingestion run");
        Assert.Equal(_caller.SpanId, run.ParentSpanId);
        Assert.Equal(("nightly", "file", "datahub-rest", "run", "success"), (Tag(run, "pipeline"), Tag(run, "source"), Tag(run, "sink"), Tag(run, "kind"), Tag(run, "status")));
        Assert.Equal(ActivityStatusCode.Unset, run.Status);
        var batches = _ended.Where(activity => activity.OperationName == "datahub batch").ToList();
        Assert.All(batches, batch => Assert.Equal(run.SpanId, batch.ParentSpanId));
        Assert.Equal(2, batches.Sum(batch => (int)Tag(batch, "records")!));
        Assert.Equal(server.Writes.Sum(request => request.Body.Length), batches.Sum(batch => (int)batch.GetTagItem("http.request.body.size")!));
    }

    [Fact]
    public async Task A_run_that_fails_says_why_without_secrets()
    {
        var secrets = new SecretMasker();
        secrets.Add("PLACE", "nowhere");
        await RunAsync("source: {type: file, config: {path: /nowhere}}\nsink: {type: blackhole}\n", secrets);
        var run = Assert.Single(_ended);
        Assert.Equal(ActivityStatusCode.Error, run.Status);
        Assert.StartsWith("The source cannot go on: '/***PLACE***' does not exist", run.StatusDescription, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_further_try_of_a_batch_is_an_event_of_its_span()
    {
        await using var server = await RecordingServer.StartAsync();
        var replies = new Queue<Reply>([new Reply(503, """{"message":"busy"}"""), new Reply(502)]);
        server.OnWrite = _ => replies.TryDequeue(out var reply) ? reply : new Reply();
        await using (var sink = new SinkRun(SinkRun.Config(server.Address)))
        {
            await sink.SendAsync(SinkRun.Unit(SinkRun.Proposal(SinkRun.Urn(1))));
        }
        var batch = Assert.Single(_ended);
        Assert.Equal(["status 503", "status 502"], batch.Events.Where(item => item.Name == "retry").Select(item => item.Tags.Single().Value));
        Assert.Equal(ActivityStatusCode.Unset, batch.Status);
    }

    [Fact]
    public async Task A_batch_that_is_refused_says_so()
    {
        await using var server = await RecordingServer.StartAsync();
        server.OnWrite = _ => new Reply(422, """{"message":"bad aspect"}""");
        await using (var sink = new SinkRun(SinkRun.Config(server.Address)))
        {
            await sink.SendAsync(SinkRun.Unit(SinkRun.Proposal(SinkRun.Urn(1))));
        }
        Assert.Equal("status 422: bad aspect", Assert.Single(_ended).StatusDescription);
    }

    [Fact]
    public async Task A_run_adds_to_the_sums()
    {
        var sums = new ConcurrentDictionary<string, double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == "Discovery.Ingestion")
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Add(instrument, 1, tags));
        listener.Start();

        await RunAsync("source: {type: file, config: {path: FILE}}\nsink: {type: console}\n", standIn: true);

        Assert.Equal(2, sums["discovery.ingestion.emitted"]);
        Assert.Equal(2, sums["discovery.ingestion.accepted"]);
        Assert.Equal(0, sums["discovery.ingestion.rejected"]);
        Assert.Equal(1, sums["discovery.ingestion.run.duration"]);

        void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (tags.Contains(new("discovery.sink", "metered")))
            {
                sums.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value);
            }
        }
    }

    private static object? Tag(Activity activity, string name) => activity.GetTagItem($"discovery.{name}");

    private static async Task RunAsync(string text, SecretMasker? secrets = null, bool standIn = false)
    {
        var file = Path.GetTempFileName();
        try
        {
            var record = """{"entityType":"tag","entityUrn":"urn:li:tag:NAME","changeType":"UPSERT","aspectName":"status","aspect":{"json":{"removed":false}}}""";
            await File.WriteAllTextAsync(file, $"[{record.Replace("NAME", "a", StringComparison.Ordinal)},{record.Replace("NAME", "b", StringComparison.Ordinal)}]", TestContext.Current.CancellationToken);
            text = text.Replace("FILE", $"'{file}', file_extension: '*'", StringComparison.Ordinal);
            using var loaded = new RecipeLoader().Load("r.yml", Encoding.UTF8.GetBytes(text), RecipeFormat.Yaml);
            var recipe = loaded.Recipe!;
            if (standIn)
            {
                var blackhole = Connectors.Sinks.Single(sink => sink.Name == "blackhole");
                recipe = recipe with { Sink = blackhole with { Name = "metered" } };
            }
            await IngestionRun.ExecuteAsync(recipe, new RunOptions(), NullLoggerFactory.Instance, secrets ?? new SecretMasker(), TimeProvider.System, TestContext.Current.CancellationToken);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
