using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Discovery.Integration.Tests.Parity;

/// <summary>Compares the order of the records that two files have in common, so that one more or less does not hide the rest.</summary>
internal static class RecordOrder
{
    /// <summary>The first place where the order differs, if it does.</summary>
    public static async Task<IEnumerable<string>> DifferencesAsync(string expectedFile, string actualFile)
    {
        // The client's framework adds the status of flows, jobs and queries at the end, by urn. Ours comes with its entity.
        var (expected, actual) = (await ReadAsync(expectedFile), (await ReadAsync(actualFile)).ToLookup(IsAddedLast));
        var moved = actual[false].Concat(actual[true].OrderBy(record => record.Urn, StringComparer.Ordinal)).ToList();
        var common = expected.ToHashSet();
        common.IntersectWith(moved);
        return expected.Where(common.Contains).Zip(moved.Where(common.Contains))
            .Where(pair => pair.First != pair.Second).Take(1).Select(pair => $"order differs: expected {pair.First.Urn} {pair.First.Aspect}, got {pair.Second.Urn} {pair.Second.Aspect}");
    }

    private static bool IsAddedLast(Record record) => record.Aspect == "status" && Regex.IsMatch(record.Urn, "^urn:li:(dataFlow|dataJob|query):");

    private static async Task<List<Record>> ReadAsync(string path)
    {
        await using var file = File.OpenRead(path);
        await using Stream text = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var document = await JsonDocument.ParseAsync(text, cancellationToken: TestContext.Current.CancellationToken);
        var seen = new Dictionary<(string Urn, string Aspect), int>();
        var records = new List<Record>();
        foreach (var record in document.RootElement.EnumerateArray())
        {
            // {"entityUrn": "urn:..", "aspectName": "status", ..} or {"proposedSnapshot": {"com.linkedin..Snapshot": {"urn": "urn:..", "aspects": [..]}}}
            var (urn, aspect) = record.TryGetProperty("entityUrn", out var entity)
                ? (entity.GetString()!, record.GetProperty("aspectName").GetString()!)
                : (record.GetProperty("proposedSnapshot").EnumerateObject().Single().Value.GetProperty("urn").GetString()!, "(snapshot)");
            var nth = seen[(urn, aspect)] = seen.GetValueOrDefault((urn, aspect)) + 1;
            records.Add(new Record(urn, aspect, nth));
        }
        return records;
    }

    private sealed record Record(string Urn, string Aspect, int Nth);
}
