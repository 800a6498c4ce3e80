using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Discovery.Ingestion.Control;

namespace Discovery.Benchmarks;

/// <summary><c>./discovery bench control</c>: a control plane with a history, and workers that beat while people look at it.</summary>
/// <param name="root">The checkout.</param>
/// <param name="output">Gets the table.</param>
/// <param name="progress">Gets a line for each step.</param>
internal sealed class ControlBench(string root, TextWriter output, TextWriter progress)
{
    private const int Recipes = 200;
    private const int Workers = 20;
    private const int FinishedRuns = 5000;
    private const int Lists = 1000;
    private const int Claims = 1000;

    private readonly string _folder = Path.Combine(root, "artifacts", "bench-control");

    /// <summary>Fills a control plane and measures it.</summary>
    /// <returns>Whether all runs that were asked for ended.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        WriteRecipes();
        try
        {
            await using var api = await RunningServer.StartAsync(
                root, "Ingestion.Api", ["api", "--data", Path.Combine(_folder, "data"), "--recipes", Path.Combine(_folder, "recipes")], cancellationToken);
            var fill = await FillAsync(api.Client, cancellationToken);
            await progress.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{FinishedRuns} runs by {Workers} workers in {fill.TotalSeconds:0.0} s"));

            var (claims, lists) = await MeasureAsync(api.Client, cancellationToken);
            Line($"{Recipes} recipes, {FinishedRuns} finished runs, {Workers} workers that beat twice a second, {Environment.ProcessorCount} processors; the clients run on the same machine");
            Line($"");
            Line($"| | p50 ms | p99 ms |");
            Line($"| --- | ---: | ---: |");
            Line($"| list of runs, 50 of them | {At(lists, 50):0.0} | {At(lists, 99):0.0} |");
            Line($"| claim | {At(claims, 50):0.0} | {At(claims, 99):0.0} |");
            Line($"");
            Line($"Runs queued, claimed, beaten and finished: {FinishedRuns / fill.TotalSeconds:0}/s. Memory {api.Memory / 1e6:0} MB, peak {api.PeakMemory / 1e6:0} MB.");
            return await CountAsync(api.Client, cancellationToken) == FinishedRuns + Claims;
        }
        finally
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private void WriteRecipes()
    {
        var recipes = Directory.CreateDirectory(Path.Combine(_folder, "recipes")).FullName;
        for (var recipe = 0; recipe < Recipes; recipe++)
        {
            File.WriteAllText(Path.Combine(recipes, $"{Name(recipe)}.yml"), """
                source: { type: mysql, config: { host_port: "db.example:3306", username: reader, password: "${MYSQL_PASSWORD}" } }
                sink: { type: datahub-rest, config: { server: "http://datahub.example:8080" } }
                deployment: { schedule: "0 3 * * *", time_zone: Europe/Berlin }
                """);
        }
    }

    private static async Task<TimeSpan> FillAsync(HttpClient client, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var left = FinishedRuns;
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(async worker =>
        {
            for (int number; (number = Interlocked.Decrement(ref left)) >= 0;)
            {
                await QueueAsync(client, Name(number % Recipes), cancellationToken);
                var (run, lease) = await ClaimAsync(client, $"worker-{worker}", cancellationToken);
                await BeatAsync(client, run, lease, lines: 20, cancellationToken);
                await FinishAsync(client, run, lease, cancellationToken);
            }
        }));
        return watch.Elapsed;
    }

    private static async Task<(double[] Claims, double[] Lists)> MeasureAsync(HttpClient client, CancellationToken cancellationToken)
    {
        using var measured = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var beating = Enumerable.Range(0, Workers).Select(async worker =>
        {
            await QueueAsync(client, Name(worker), cancellationToken);
            var (run, lease) = await ClaimAsync(client, $"worker-{worker}", cancellationToken);
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(0.5));
            try
            {
                for (var number = 1; await timer.WaitForNextTickAsync(measured.Token); number++)
                {
                    await BeatAsync(client, run, lease, lines: number % 4 == 0 ? 1 : 0, cancellationToken, number);
                }
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                await FinishAsync(client, run, lease, cancellationToken);
            }
        }).ToList();

        var lists = await TimeAsync(Lists, number => ListAsync(client, number, cancellationToken));
        var taken = new ConcurrentQueue<double>();
        for (var number = 0; number < Claims - Workers; number++)
        {
            await QueueAsync(client, Name(Workers + (number % (Recipes - Workers))), cancellationToken);
            var start = Stopwatch.GetTimestamp();
            var (run, lease) = await ClaimAsync(client, "measured", cancellationToken);
            taken.Enqueue(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            await FinishAsync(client, run, lease, cancellationToken);
        }
        await measured.CancelAsync();
        await Task.WhenAll(beating);
        return ([.. taken.Order()], lists);
    }

    // All, of one recipe, those that failed, those of a worker, in turn.
    private static async Task ListAsync(HttpClient client, int number, CancellationToken cancellationToken)
    {
        var filter = (number % 4) switch { 0 => "", 1 => $"&recipe={Name(number % Recipes)}", 2 => "&state=failed", _ => $"&worker=worker-{number % Workers}" };
        using var answer = await client.GetAsync(new Uri($"/api/v1/runs?limit=50{filter}", UriKind.Relative), cancellationToken);
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync(cancellationToken);
    }

    private static async Task QueueAsync(HttpClient client, string recipe, CancellationToken cancellationToken)
    {
        using var answer = await client.PostAsJsonAsync("/api/v1/runs", new RunRequest(recipe), ControlJson.Options, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<(string Run, string Lease)> ClaimAsync(HttpClient client, string worker, CancellationToken cancellationToken)
    {
        var claim = new ClaimRequest(Guid.NewGuid().ToString("N"), worker, ["default"]);
        while (true)
        {
            using var answer = await client.PostAsJsonAsync("/api/v1/worker/claims", claim, ControlJson.Options, cancellationToken);
            answer.EnsureSuccessStatusCode();
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                return ((await answer.Content.ReadFromJsonAsync<ClaimedRun>(ControlJson.Options, cancellationToken))!.RunId, claim.Lease);
            }
        }
    }

    private static async Task BeatAsync(HttpClient client, string run, string lease, int lines, CancellationToken cancellationToken, int number = 0)
    {
        var log = Enumerable.Range(1 + (number * 20), lines)
            .Select(line => new LogLine(line, DateTimeOffset.UtcNow, LogLineLevel.Info, $"{line} of the lines that a run writes while it goes on")).ToList();
        var progress = new RunProgress(new Dictionary<string, long> { ["container"] = 1 + number, ["dataset"] = 10 * number }, 60 * number, 0, 0);
        using var answer = await client.PostAsJsonAsync($"/api/v1/worker/runs/{run}/beat", new BeatRequest(lease, progress, log), ControlJson.Options, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task FinishAsync(HttpClient client, string run, string lease, CancellationToken cancellationToken)
    {
        var finish = new FinishRequest { Lease = lease, State = RunState.Succeeded, Report = Report(), Log = [] };
        using var answer = await client.PostAsJsonAsync($"/api/v1/worker/runs/{run}/finish", finish, ControlJson.Options, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    // As large as that of a server with 50 databases.
    private static JsonElement Report() => JsonSerializer.SerializeToElement(new
    {
        status = "SUCCESS",
        entities = new { dataset = new { read = 500, filtered = 0, failed = 0, emitted = 500, accepted = 500, rejected = 0 } },
        source = new { type = "mysql", report = new { databases = Enumerable.Range(0, 50).Select(number => new { name = $"database_{number:000}", visibility = "complete", tables = 10, views = 0, columns = 120 }) } },
    });

    private static async Task<int> CountAsync(HttpClient client, CancellationToken cancellationToken)
    {
        var count = 0;
        string? cursor = null;
        do
        {
            var page = (await client.GetFromJsonAsync<Page<RunView>>($"/api/v1/runs?state=succeeded&limit=200{(cursor is null ? "" : $"&cursor={cursor}")}", ControlJson.Options, cancellationToken))!;
            count += page.Items.Count;
            cursor = page.Next;
        }
        while (cursor is not null);
        return count;
    }

    private static async Task<double[]> TimeAsync(int count, Func<int, Task> request)
    {
        var times = new double[count];
        for (var number = 0; number < count; number++)
        {
            var start = Stopwatch.GetTimestamp();
            await request(number);
            times[number] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        Array.Sort(times);
        return times;
    }

    private static double At(double[] sorted, int percent) => sorted[sorted.Length * percent / 100];

    private static string Name(int recipe) => string.Create(CultureInfo.InvariantCulture, $"server-{recipe:000}");

    private void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
