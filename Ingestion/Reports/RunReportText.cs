using System.Globalization;
using System.Text;

namespace Discovery.Ingestion.Reports;

/// <summary>The summary of a run, for people.</summary>
public static class RunReportText
{
    /// <summary>The whole summary; its last line is the one that people of DataHub's client look for.</summary>
    public static string Render(RunReport report)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Run {PrintableText.Of(report.RunId)}{(report.PipelineName is { } name ? $" of {PrintableText.Of(name)}" : "")}\n\n");
        AddSource(text, report);
        AddCounts(text, report);
        AddSink(text, report);
        AddMessages(text, "Remarks", report.Source.Infos.Concat(report.Sink.Infos).Concat(report.Infos));
        AddMessages(text, "Warnings", report.AllWarnings);
        AddMessages(text, "Failures", report.AllFailures);
        return text.Append(LastLine(report)).Append('\n').ToString();
    }

    /// <summary><c>Pipeline finished successfully; produced 163 events in 4.99 seconds.</c></summary>
    public static string LastLine(RunReport report)
    {
        var failures = report.AllFailures.Count();
        var warnings = report.AllWarnings.Count();
        var outcome = report.Status == RunStatus.Cancelled ? "was interrupted"
            : failures > 0 ? $"finished with at least {failures} failures"
            : warnings > 0 ? $"finished with at least {warnings} warnings"
            : "finished successfully";
        return string.Create(CultureInfo.InvariantCulture, $"Pipeline {outcome}; produced {report.Sink.Records} events in {report.Duration.TotalSeconds:0.##} seconds.");
    }

    /// <summary>A count of bytes as people read it: <c>1.4 MB</c>.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.#} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.##} GB"),
    };

    private static void AddSource(StringBuilder text, RunReport report)
    {
        text.Append(CultureInfo.InvariantCulture, $"Source ({report.SourceType})\n");
        foreach (var connection in report.Source.Connections)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {PrintableText.Of(connection.Address)}  {PrintableText.Of(connection.Server)}  {connection.Tls}\n");
        }
        if (report.Source.Statements > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {report.Source.Statements} statements, the server was busy for {report.Source.Busy.TotalSeconds:0.##} seconds\n");
        }
        var filtered = report.Source.FilteredCounts.Total;
        if (filtered > 0)
        {
            var names = string.Join(", ", report.Source.FilteredNames.Select(PrintableText.Of));
            text.Append(CultureInfo.InvariantCulture, $"  left out by the recipe: {names}{(filtered > report.Source.FilteredNames.Count ? $", ... {filtered} in all" : "")}\n");
        }
        text.Append('\n');
    }

    private static void AddCounts(StringBuilder text, RunReport report)
    {
        if (report.Source.ReadCounts.Total == 0)
        {
            return;
        }
        text.Append("               read  filtered    failed   emitted  accepted  rejected\n");
        foreach (var type in report.Source.ReadCounts.EntityTypes)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {PrintableText.Of(type),-10}{report.Source.ReadCounts[type],7}{report.Source.FilteredCounts[type],10}{report.Source.FailedCounts[type],10}");
            text.Append(CultureInfo.InvariantCulture, $"{report.Emitted[type],10}{report.Sink.AcceptedCounts[type],10}{report.Sink.RejectedCounts[type],10}\n");
        }
        if (report.PreviewRecords is { } records)
        {
            text.Append(CultureInfo.InvariantCulture, $"  preview: the run stopped after {records} records, and the counts with it\n");
        }
        text.Append('\n');
    }

    private static void AddSink(StringBuilder text, RunReport report)
    {
        text.Append(CultureInfo.InvariantCulture, $"Sink ({report.SinkType})\n");
        if (report.DryRun)
        {
            text.Append("  dry run: nothing was handed over\n\n");
            return;
        }
        text.Append(CultureInfo.InvariantCulture, $"  {report.Sink.Records} records");
        if (report.Sink.Bytes > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $", {Size(report.Sink.Bytes)}");
        }
        if (report.Sink.Requests > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $" in {report.Sink.Requests} requests, {report.Sink.Retries} of them sent again");
        }
        text.Append(report.Sink switch
        {
            { Records: > 0, Destination: { } destination } => $" to {PrintableText.Of(destination)}\n\n",
            { Records: > 0, Destination: null } when report.Status != RunStatus.Success => ", none of them kept\n\n",
            _ => "\n\n",
        });
    }

    private static void AddMessages(StringBuilder text, string heading, IEnumerable<ReportMessage> messages)
    {
        var all = messages.ToList();
        if (all.Count == 0)
        {
            return;
        }
        text.Append(heading).Append('\n');
        foreach (var message in all)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {message.Title}: {PrintableText.Of(message.Message)}\n");
            foreach (var context in message.Context)
            {
                text.Append(CultureInfo.InvariantCulture, $"    {PrintableText.Of(context)}\n");
            }
            if (message.Count > message.Context.Count && message.Context.Count > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"    ... {message.Count} in all\n");
            }
        }
        text.Append('\n');
    }
}
