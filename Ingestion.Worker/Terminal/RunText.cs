using System.Globalization;
using System.Text;
using Discovery.Ingestion.Control;
using Discovery.Ingestion.Reports;

namespace Discovery.Ingestion.Worker.Terminal;

/// <summary>Runs as people read them on a terminal.</summary>
internal static class RunText
{
    /// <summary>A table of runs.</summary>
    public static string Table(IReadOnlyList<RunView> runs)
    {
        List<string[]> rows = [["ID", "STATE", "KIND", "QUEUED", "TOOK", "RECIPE"], .. runs.Select(run => (string[])[run.Id, Word.Of(run.State), Word.Of(run.Kind), Time(run.Queued), Took(run), PrintableText.Of(run.Recipe)])];
        var widths = Enumerable.Range(0, rows[0].Length - 1).Select(column => rows.Max(row => row[column].Length)).ToList();
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.AppendJoin("  ", row.Select((cell, column) => column < widths.Count ? cell.PadRight(widths[column]) : cell)).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>All that is told of one run.</summary>
    public static string Details(RunView run)
    {
        var text = new StringBuilder();
        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                text.Append(CultureInfo.InvariantCulture, $"{name,-10}{PrintableText.Of(value)}\n");
            }
        }
        Add("Run", run.Id);
        Add("Recipe", run.Recipe);
        Add("Kind", Word.Of(run.Kind));
        Add("State", Word.Of(run.State) + (run.IsCancelling ? ", is to end" : ""));
        Add("Reason", run.Reason ?? (run.State == RunState.Failed ? $"its log says why: ./discovery runs logs {run.Id}" : null));
        Add("Asked by", run.RequestedBy ?? (run.Slot is { } slot ? $"its schedule, for {Time(slot)}" : null));
        Add("Retry of", run.RetryOf);
        Add("Worker", run.Worker);
        Add("Queued", Time(run.Queued));
        Add("Started", run.Started is { } started ? Time(started) : null);
        Add("Ended", run.Ended is { } ended ? $"{Time(ended)}{(run.Started is null ? "" : $", after {Took(run)}")}" : null);
        if (run.Progress is { } progress)
        {
            Add("Entities", string.Join(", ", progress.Entities.Select(entity => string.Create(CultureInfo.InvariantCulture, $"{entity.Key} {entity.Value}"))));
            Add("Written", string.Create(CultureInfo.InvariantCulture, $"{progress.Records} records; failures {progress.Failures}, warnings {progress.Warnings}"));
        }
        Add("Changes", run.Diff is { Against: not null } diff ? string.Create(CultureInfo.InvariantCulture, $"{diff.Added} added, {diff.Changed} changed, {diff.Unseen} no longer seen") : null);
        return text.ToString();
    }

    /// <summary>A line of a log.</summary>
    public static string Line(LogLine line) =>
        string.Create(CultureInfo.InvariantCulture, $"{line.Time.ToLocalTime():HH:mm:ss} {(line.Level switch { LogLineLevel.Info => "INFO ", LogLineLevel.Warning => "WARN ", _ => "ERROR" })} {PrintableText.Of(line.Text)}");

    // 2026-11-22 03:00 +01:00
    private static string Time(DateTimeOffset time) => time.ToLocalTime().ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);

    private static string Took(RunView run)
    {
        if (run is not { Started: { } started, Ended: { } ended })
        {
            return "";
        }
        var took = ended - started;
        return took < TimeSpan.FromMinutes(1) ? string.Create(CultureInfo.InvariantCulture, $"{took.TotalSeconds:0.0}s")
            : took < TimeSpan.FromHours(1) ? string.Create(CultureInfo.InvariantCulture, $"{took.Minutes}m{took.Seconds:00}s")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)took.TotalHours}h{took.Minutes:00}m");
    }
}
