using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Discovery.Ingestion.Control;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Discovery.Ingestion.Worker.Tests.Support;

/// <summary>An API that speaks the contract of workers and does with each call what the test says.</summary>
internal sealed class FakeApi : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<ClaimedRun> _queue = Channel.CreateUnbounded<ClaimedRun>();
    private readonly ConcurrentDictionary<string, ClaimedRun> _claimed = new();
    private readonly Lock _lock = new();
    private readonly SortedDictionary<(string RunId, long Number), LogLine> _log = [];
    private LogLine? _changed;

    private FakeApi(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    /// <summary>Looks at each call of a worker before it counts; a status is answered in its place, 0 cuts the connection.</summary>
    public Func<string, HttpContext, Task<int?>> Fault { get; set; } = (_, _) => Task.FromResult<int?>(null);

    /// <summary>Which beats are answered with 503, by the number of their lines.</summary>
    public Func<int, bool> HasNoRoomFor { get; set; } = _ => false;

    /// <summary>Answered to beats.</summary>
    public string? CancelReason { get; set; }

    public ConcurrentQueue<ClaimRequest> Claims { get; } = new();

    public ConcurrentQueue<StructureBatch> Structures { get; } = new();

    /// <summary>Every beat that was answered well.</summary>
    public Channel<BeatRequest> Beats { get; } = Channel.CreateUnbounded<BeatRequest>();

    public Channel<FinishRequest> Finishes { get; } = Channel.CreateUnbounded<FinishRequest>();

    public Channel<ReleaseRequest> Releases { get; } = Channel.CreateUnbounded<ReleaseRequest>();

    public string? Authorization { get; private set; }

    public string? Traceparent { get; private set; }

    public static async Task<FakeApi> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var api = new FakeApi(app);
        app.MapPost("/api/v1/worker/claims", api.ClaimAsync);
        app.MapPost("/api/v1/worker/runs/{id}/{verb}", api.CallAsync);
        await app.StartAsync();
        return api;
    }

    /// <summary>A run of a recipe with the test's own source and sink.</summary>
    public static ClaimedRun Run(string id = "run-1", RunKind kind = RunKind.Run, double leaseSeconds = 60, double beatSeconds = 0.02, string? text = null) => new()
    {
        RunId = id,
        Recipe = "shop",
        Text = text ?? "source: {type: test}\nsink: {type: test}\n",
        FileName = "shop.yml",
        Kind = kind,
        NextLogLine = 1,
        LeaseSeconds = leaseSeconds,
        BeatSeconds = beatSeconds,
    };

    public void Queue(ClaimedRun run) => _queue.Writer.TryWrite(run);

    /// <summary>The log of a run.</summary>
    public IReadOnlyList<LogLine> Log(string runId = "run-1")
    {
        lock (_lock)
        {
            return [.. _log.Where(line => line.Key.RunId == runId).Select(line => line.Value)];
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
        Assert.Null(_changed);
    }

    private async Task ClaimAsync(HttpContext context)
    {
        var claim = await ReadAsync<ClaimRequest>(context);
        Claims.Enqueue(claim);
        Authorization = context.Request.Headers.Authorization;
        if (!_claimed.TryGetValue(claim.Lease, out var run))
        {
            try
            {
                run = _claimed[claim.Lease] = await _queue.Reader.ReadAsync(context.RequestAborted);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
        if (!await FaultedAsync("claims", context))
        {
            await context.Response.WriteAsJsonAsync(run, ControlJson.Options);
        }
    }

    private async Task CallAsync(HttpContext context, string id, string verb)
    {
        var body = await JsonDocument.ParseAsync(context.Request.Body);
        if (await FaultedAsync(verb, context))
        {
            return;
        }
        switch (verb)
        {
            case "beat":
                var beat = body.Deserialize<BeatRequest>(ControlJson.Options)!;
                if (HasNoRoomFor(beat.Log.Count))
                {
                    context.Response.StatusCode = 503;
                    break;
                }
                Keep(id, beat.Log);
                Beats.Writer.TryWrite(beat);
                await context.Response.WriteAsJsonAsync(new BeatAnswer(CancelReason), ControlJson.Options);
                break;
            case "structures":
                Structures.Enqueue(body.Deserialize<StructureBatch>(ControlJson.Options)!);
                break;
            case "finish":
                Traceparent = context.Request.Headers.TraceParent;
                var finish = body.Deserialize<FinishRequest>(ControlJson.Options)!;
                Keep(id, finish.Log);
                Finishes.Writer.TryWrite(finish);
                break;
            case "release":
                var release = body.Deserialize<ReleaseRequest>(ControlJson.Options)!;
                Keep(id, release.Log);
                Releases.Writer.TryWrite(release);
                break;
        }
    }

    // A line that is sent again is the same.
    private void Keep(string runId, IReadOnlyList<LogLine> lines)
    {
        lock (_lock)
        {
            foreach (var line in lines)
            {
                _changed ??= _log.TryAdd((runId, line.Number), line) || _log[(runId, line.Number)] == line ? null : line;
            }
        }
    }

    private async Task<bool> FaultedAsync(string verb, HttpContext context)
    {
        if (await Fault(verb, context) is not { } status)
        {
            return false;
        }
        if (status == 0)
        {
            context.Abort();
            return true;
        }
        context.Response.StatusCode = status;
        await context.Response.WriteAsJsonAsync(new { title = "Refused", status, detail = $"Told to answer {status}." }, options: null, contentType: "application/problem+json");
        return true;
    }

    private static async Task<T> ReadAsync<T>(HttpContext context) => (await context.Request.ReadFromJsonAsync<T>(ControlJson.Options))!;
}
