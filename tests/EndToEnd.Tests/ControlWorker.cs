using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Discovery.Ingestion.Control;
using Discovery.Ingestion.State;

namespace Discovery.EndToEnd.Tests;

/// <summary>A worker that says what a test tells it to say, and that ingests nothing.</summary>
internal sealed class ControlWorker(string address, string name, string? token = null) : IDisposable
{
    private readonly HttpClient _client = new()
    {
        BaseAddress = new Uri($"{address}/api/v1/"),
        DefaultRequestHeaders = { Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token) },
    };

    private readonly string _lease = Guid.NewGuid().ToString("N");
    private long _line;
    private int _datasets;

    /// <summary>Id of the run that it has.</summary>
    public string Run { get; private set; } = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Asks for a run, as a person does over the API.</summary>
    public static async Task<string> QueueAsync(string address, string recipe, RunKind kind = RunKind.Run)
    {
        using var client = new HttpClient();
        using var answer = await client.PostAsJsonAsync($"{address}/api/v1/runs", new RunRequest(recipe, kind), ControlJson.Options, Cancellation);
        return (await ReadAsync<RunView>(answer)).Id;
    }

    /// <summary>Takes the run that waits longest.</summary>
    public async Task ClaimAsync(params string[] labels) => Run = (await ReadAsync<ClaimedRun>(await PostAsync("worker/claims", new ClaimRequest(_lease, name, labels)))).RunId;

    /// <summary>Tells how far it is.</summary>
    /// <returns>Why the run is to end; null where it goes on.</returns>
    public async Task<string?> BeatAsync(RunProgress? progress, params (LogLineLevel Level, string Text)[] lines) =>
        (await ReadAsync<BeatAnswer>(await PostAsync($"worker/runs/{Run}/beat", new BeatRequest(_lease, progress, Lines(lines))))).CancelReason;

    /// <summary>Tells what it saw of tables, to be compared when the run ends.</summary>
    public async Task SendAsync(params DatasetStructure[] datasets)
    {
        using var answer = await PostAsync($"worker/runs/{Run}/structures", new StructureBatch(_lease, datasets));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
        _datasets += datasets.Length;
    }

    public async Task FinishAsync(RunState state, string? reason = null, object? report = null, RunProgress? progress = null, params (LogLineLevel Level, string Text)[] lines)
    {
        using var answer = await PostAsync($"worker/runs/{Run}/finish", new FinishRequest
        {
            Lease = _lease,
            State = state,
            Reason = reason,
            Report = report is null ? null : JsonSerializer.SerializeToElement(report),
            Progress = progress,
            Datasets = _datasets,
            Log = Lines(lines),
        });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    public void Dispose() => _client.Dispose();

    private Task<HttpResponseMessage> PostAsync<T>(string path, T body) => _client.PostAsJsonAsync(path, body, ControlJson.Options, Cancellation);

    private List<LogLine> Lines((LogLineLevel Level, string Text)[] lines) => [.. lines.Select(line => new LogLine(++_line, DateTimeOffset.UtcNow, line.Level, line.Text))];

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync(Cancellation);
            Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {text}");
            return JsonSerializer.Deserialize<T>(text, ControlJson.Options)!;
        }
    }
}
