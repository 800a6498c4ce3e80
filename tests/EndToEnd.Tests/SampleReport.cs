using Discovery.Ingestion.Control;

namespace Discovery.EndToEnd.Tests;

/// <summary>Reports of runs as workers send them, with texts that would do harm.</summary>
internal static class SampleReport
{
    public static RunProgress Progress(int tables) => new(new Dictionary<string, long> { ["container"] = 3, ["dataset"] = tables, [SampleShop.Hostile] = 1 }, Records: tables * 8, Failures: 0, Warnings: 1);

    public static object Complete(int tables) => new
    {
        status = "SUCCESS",
        entities = new Dictionary<string, object>
        {
            ["container"] = new { read = 4, filtered = 1, failed = 0, emitted = 3, accepted = 3, rejected = 0 },
            ["dataset"] = new { read = tables + 2, filtered = 2, failed = 0, emitted = tables, accepted = tables, rejected = 0 },
        },
        source = new
        {
            report = new
            {
                statements = 14,
                connections = new[] { new { address = "db:3306", server = $"8.4.2 {SampleShop.Hostile}", encrypted = true, verified = false } },
                databases = new object[]
                {
                    new { name = "shop", visibility = "complete", tables = tables - 1, views = 1, procedures = 2, columns = tables * 9, filtered = 2, failed = 0 },
                    new { name = SampleShop.Hostile, visibility = "some_tables", tables = 0, views = 0, procedures = 0, columns = 0, filtered = 0, failed = 0 },
                },
                warnings = new[] { new { title = "Seen in part", message = SampleShop.Hostile, count = 3, context = new[] { SampleShop.Hostile, "shop" } } },
                infos = new[] { new { title = "Left out", message = "System databases", count = 1, context = Array.Empty<string>() } },
            },
        },
        sink = new { report = new { total_records_written = tables * 8, destination = "http://gms:8080" } },
    };

    public static object Failed() => new
    {
        status = "FAILURE",
        entities = new Dictionary<string, object> { [SampleShop.Hostile] = new { read = 4, filtered = 0, failed = 0, emitted = 3, accepted = 2, rejected = 0 } },
        failures = new[] { new { title = SampleShop.Hostile, message = $"Table {SampleShop.Hostile} could not be read", count = 1, context = new[] { SampleShop.Hostile } } },
        sink = "not what it should be",
    };
}
