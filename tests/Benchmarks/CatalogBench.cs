using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Discovery.Benchmarks;

/// <summary><c>./discovery bench catalog</c></summary>
/// <param name="root">The checkout.</param>
/// <param name="output">Gets the table.</param>
/// <param name="progress">Gets a line for each step.</param>
internal sealed class CatalogBench(string root, TextWriter output, TextWriter progress)
{
    private const int Columns = 20;
    private const int Searches = 1000;

    private readonly string _folder = Path.Combine(root, "artifacts", "bench-catalog");

    /// <summary>Fills a catalog at each size and measures it.</summary>
    /// <returns>Whether all that was written was found again.</returns>
    public async Task<bool> RunAsync(IReadOnlyList<int> sizes, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(_folder);
        try
        {
            Line($"Datasets of {Columns} columns, {CatalogFile.ProposalsPerDataset} proposals each, {Environment.ProcessorCount} processors; the clients run on the same machine");
            Line($"");
            Line($"| datasets | clients | start, empty s | start, full s | proposals/s | again, unchanged /s | search p50 ms | p99 | complete p50 | p99 | memory MB | peak MB | disk MB |");
            Line($"| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
            var whole = true;
            foreach (var size in sizes)
            {
                foreach (var clients in (int[])[1, 8])
                {
                    whole &= await MeasureAsync(new CatalogFile(size, Columns), clients, cancellationToken);
                }
            }
            return whole;
        }
        finally
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private async Task<bool> MeasureAsync(CatalogFile file, int clients, CancellationToken cancellationToken)
    {
        var data = Path.Combine(_folder, "data");
        var proposals = (double)file.Datasets * CatalogFile.ProposalsPerDataset;
        double first, second;
        TimeSpan empty;
        await using (var catalog = await StartAsync(data, cancellationToken))
        {
            empty = catalog.Start;
            first = await IngestAsync(file, clients, catalog.Client.BaseAddress!, cancellationToken);
            second = await IngestAsync(file, clients, catalog.Client.BaseAddress!, cancellationToken);
        }
        await progress.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{file.Datasets} datasets, {clients} clients: written in {first:0.0} s, again in {second:0.0} s"));

        await using var full = await StartAsync(data, cancellationToken);
        var found = await TotalAsync(full.Client, cancellationToken);
        var search = await TimeAsync(number => SearchAsync(full.Client, Query(file, number), cancellationToken));
        var complete = await TimeAsync(number => CompleteAsync(full.Client, CatalogFile.Word(number)[..(2 + (number % 3))], cancellationToken));
        Line($"| {file.Datasets} | {clients} | {empty.TotalSeconds:0.00} | {full.Start.TotalSeconds:0.00} | {proposals / first:0} | {proposals / second:0} | {search.P50:0.0} | {search.P99:0.0} | {complete.P50:0.0} | {complete.P99:0.0} | {full.Memory / 1e6:0} | {full.PeakMemory / 1e6:0} | {Directory.GetFiles(data).Sum(path => new FileInfo(path).Length) / 1e6:0} |");
        Directory.Delete(data, recursive: true);
        if (found != file.Datasets)
        {
            Line($"void: {found} datasets were found");
        }
        return found == file.Datasets;
    }

    private Task<RunningServer> StartAsync(string data, CancellationToken cancellationToken) => RunningServer.StartAsync(root, "Catalog", ["catalog", "--data", data], cancellationToken);

    /// <returns>Seconds until every client is done: reading its file, sending, and the answer after the last byte is on the disk.</returns>
    private async Task<double> IngestAsync(CatalogFile file, int clients, Uri server, CancellationToken cancellationToken)
    {
        var recipes = Enumerable.Range(0, clients).Select(client =>
        {
            var metadata = Path.Combine(_folder, $"part-{client}.json");
            file.Write(metadata, client, clients);
            var recipe = Path.Combine(_folder, $"part-{client}.yml");
            File.WriteAllText(recipe, $$"""
                source: { type: file, config: { path: "{{metadata}}" } }
                sink: { type: datahub-rest, config: { server: "{{server}}", max_threads: {{(clients == 1 ? 4 : 1)}} } }
                """);
            return recipe;
        }).ToList();
        var program = Path.Combine(root, "artifacts", "bin", "Ingestion.Worker", "release", "Discovery.Ingestion.Worker.dll");
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(recipes.Select(async recipe =>
        {
            using var process = Process.Start(new ProcessStartInfo("dotnet", [program, "ingest", "-c", recipe]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var text = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"An ingestion failed: {text}");
            }
        }));
        return watch.Elapsed.TotalSeconds;
    }

    // Common words, two of them, a rare one, the beginning of one, and a filter, in turn.
    private static object Query(CatalogFile file, int number) => (number % 5) switch
    {
        0 => Search(CatalogFile.Word(number)),
        1 => Search($"{CatalogFile.Word(number)} {CatalogFile.Word(number + 3)}"),
        2 => Search(CatalogFile.Name(number * 7919 % file.Datasets)),
        3 => Search(CatalogFile.Word(number)[..3]),
        _ => Search("*", new { or = new[] { new { and = new[] { new { field = "container", values = new[] { $"urn:li:container:db_{number % Math.Max(1, file.Datasets / 100):0000}" }, condition = "EQUAL" } } } } }),
    };

    private static object Search(string input, object? filter = null) => new { entity = "dataset", input, start = 0, count = 10, filter };

    private static async Task SearchAsync(HttpClient client, object query, CancellationToken cancellationToken)
    {
        using var answer = await client.PostAsJsonAsync("/entities?action=search", query, cancellationToken);
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync(cancellationToken);
    }

    private static async Task CompleteAsync(HttpClient client, string text, CancellationToken cancellationToken)
    {
        using var answer = await client.PostAsJsonAsync("/entities?action=autocomplete", new { entity = "dataset", query = text, limit = 10 }, cancellationToken);
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync(cancellationToken);
    }

    private static async Task<int> TotalAsync(HttpClient client, CancellationToken cancellationToken)
    {
        using var answer = await client.PostAsJsonAsync("/entities?action=search", Search("*"), cancellationToken);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
        return json.RootElement.GetProperty("value").GetProperty("numEntities").GetInt32();
    }

    /// <returns>Milliseconds as the client sees them.</returns>
    private static async Task<(double P50, double P99)> TimeAsync(Func<int, Task> request)
    {
        for (var i = 0; i < Searches / 5; i++)
        {
            await request(i); // warms the code up, as a server is that has run for a while
        }
        var times = new double[Searches];
        for (var i = 0; i < Searches; i++)
        {
            var watch = Stopwatch.GetTimestamp();
            await request(i);
            times[i] = Stopwatch.GetElapsedTime(watch).TotalMilliseconds;
        }
        Array.Sort(times);
        return (times[Searches / 2], times[Searches * 99 / 100]);
    }

    private void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
