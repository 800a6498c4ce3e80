using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Discovery.Catalog.Search;
using Discovery.Catalog.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace Discovery.Catalog.Tests.Store;

/// <summary>
/// The catalog is killed while clients write. Each request writes the same number into two aspects of an entity, so that what is left can
/// be held against the ledger of answers (nothing lost) and against itself (nothing torn).
/// </summary>
public sealed partial class CrashTests
{
    private const int Writers = 4;
    private static readonly string[] Pair = ["datasetProperties", "editableDatasetProperties"];

    private readonly ConcurrentDictionary<string, int> _sent = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _acknowledged = new(StringComparer.Ordinal);
    private int _answers;

    [Fact]
    public Task A_killed_catalog_loses_nothing_that_it_acknowledged() => KillAsync(times: 5);

    [Fact]
    [Trait("Category", "Long")]
    public Task A_catalog_that_is_killed_50_times_loses_nothing_that_it_acknowledged() => KillAsync(times: 50);

    private async Task KillAsync(int times)
    {
        var folder = Directory.CreateTempSubdirectory("catalog-").FullName;
        var random = new Random(times);
        for (var i = 0; i < times; i++)
        {
            await WriteUntilKilledAsync(folder, _answers + random.Next(1, 400), round: i);
            await CheckAsync(folder);
        }
        Assert.True(_acknowledged.Values.Sum() > times);
        Directory.Delete(folder, recursive: true);
    }

    private async Task WriteUntilKilledAsync(string folder, int answers, int round)
    {
        using var catalog = Process.Start(new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "Discovery.Catalog.dll"), "catalog", "--urls", "http://127.0.0.1:0", "--data", folder])
        {
            RedirectStandardOutput = true,
        })!;
        try
        {
            // The catalog is at http://127.0.0.1:40213. Ctrl-C ends it.
            var line = await catalog.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            Assert.NotNull(line);
            using var client = new HttpClient { BaseAddress = new Uri(AddressPattern().Match(line).Value) };
            await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => WriteAsync(client, catalog, $"crash.{round % 3}_{writer}", answers)));
        }
        finally
        {
            catalog.Kill();
        }
        await catalog.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private async Task WriteAsync(HttpClient client, Process catalog, string name, int answers)
    {
        var urn = TestStore.Dataset(name);
        while (true)
        {
            var number = _sent.AddOrUpdate(urn, 1, (_, last) => last + 1);
            try
            {
                using var answer = await client.PostAsJsonAsync("/aspects?action=ingestProposalBatch", Request(urn, number), TestContext.Current.CancellationToken);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            }
            catch (HttpRequestException)
            {
                return; // It was killed.
            }
            _acknowledged[urn] = number;
            if (Interlocked.Increment(ref _answers) >= answers)
            {
                catalog.Kill();
            }
        }
    }

    private static object Request(string urn, int number) => new
    {
        proposals = Pair.Select(aspect => new
        {
            entityType = "dataset",
            entityUrn = urn,
            changeType = "UPSERT",
            aspectName = aspect,
            aspect = new { value = $$"""{"description":"{{number}}"}""", contentType = "application/json" },
        }),
    };

    private async Task CheckAsync(string folder)
    {
        await using var store = CatalogStore.Open(folder, TimeProvider.System);
        foreach (var (urn, sent) in _sent)
        {
            var numbers = Pair.Select(aspect => Number(store.Read(urn, aspect))).ToList();
            Assert.Equal(numbers[0], numbers[1]);
            Assert.InRange(numbers[0], _acknowledged.GetValueOrDefault(urn), sent);
            if (numbers[0] > 0)
            {
                Assert.Equal(4, store.ReadEntity(urn).Select(aspect => aspect.Aspect).Except(Pair).Append("").Count());
                var history = store.ReadHistory(urn, Pair[0]).Select(Number).ToList();
                Assert.Equal(history.Order().Distinct(), history);
            }
        }
        Assert.Equal(store.ListUrns("dataset", 0, 1, out var entities).Count > 0 ? (int)entities : 0, SearchIndexing.Open(store, NullLogger.Instance).Index.Count);
    }

    private static int Number(StoredAspect? aspect)
    {
        if (aspect is null)
        {
            return 0;
        }
        using var json = JsonDocument.Parse(aspect.Value);
        return int.Parse(json.RootElement.GetProperty("description").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"http://[\d.:]*\d")]
    private static partial Regex AddressPattern();
}
