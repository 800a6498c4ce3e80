using System.Globalization;
using System.Text.Json;
using Discovery.Ingestion.Reports;

namespace Discovery.Embedded;

/// <summary>Prints what a run read per database, and where it went, from its report as JSON.</summary>
internal static class FleetSummary
{
    private const int MostNames = 5;

    /// <param name="output">Gets the lines.</param>
    /// <param name="report">The report, secrets masked.</param>
    public static void Write(TextWriter output, JsonElement report)
    {
        var (source, sink) = (report.GetProperty("source").GetProperty("report"), report.GetProperty("sink").GetProperty("report"));
        WriteDatabases(output, [.. source.GetProperty("databases").EnumerateArray()]);
        Line(output, $"");
        foreach (var failure in (IEnumerable<JsonElement>)[.. List(source, "failures"), .. List(sink, "failures"), .. List(report, "failures")])
        {
            Line(output, $"Failure: {PrintableText.Of($"{Text(failure, "message")} {string.Join(", ", List(failure, "context"))}")}");
        }
        long Sum(string count) => report.GetProperty("entities").EnumerateObject().Sum(type => type.Value.GetProperty(count).GetInt64());
        var names = List(source, "filtered").Take(MostNames).ToList();
        if (names.Count > 0)
        {
            var more = Sum("filtered") - MostNames;
            Line(output, $"Left out       {PrintableText.Of(string.Join(", ", names))}{(more > 0 ? $" and {more} more" : "")}");
        }
        Line(output, $"Entities       {Sum("read")} read = {Sum("filtered")} left out + {Sum("emitted")} emitted + {Sum("failed")} failed; {Sum("accepted")} accepted, {Sum("rejected")} rejected");
        var written = sink.GetProperty("total_records_written").GetInt64() > 0 && sink.TryGetProperty("destination", out var destination) ? DisplayPath.Of(destination.GetString()!) : "nowhere";
        Line(output, $"Written to     {PrintableText.Of(written)}");
    }

    private static void WriteDatabases(TextWriter output, IReadOnlyList<JsonElement> databases)
    {
        if (databases.Count == 0)
        {
            return;
        }
        var width = databases.Select(database => Text(database, "name").Length).Append("database".Length).Max();
        Line(output, $"\n{"database".PadRight(width)}  tables   views  columns  left out  failed");
        foreach (var database in databases)
        {
            Line(output, $"{PrintableText.Of(Text(database, "name")).PadRight(width)}  {Text(database, "tables"),6}  {Text(database, "views"),6}  {Text(database, "columns"),7}  {Text(database, "filtered"),8}  {Text(database, "failed"),6}");
        }
    }

    private static JsonElement.ArrayEnumerator List(JsonElement element, string name) => element.GetProperty(name).EnumerateArray();

    private static string Text(JsonElement element, string name) => element.GetProperty(name).ToString();

    private static void Line(TextWriter output, FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
