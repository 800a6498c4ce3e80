using System.Globalization;
using Discovery.Ingestion.Control;
using Discovery.Ingestion.Reports;

namespace Discovery.Ingestion.Worker.Running;

/// <summary>Reads the report of a run while the run writes it: how far it is, and what is new in it as lines of the log.</summary>
internal sealed class ReportWatch(RunLog log, TimeProvider time)
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Part, LogLineLevel Level), int> _told = [];
    private int _connectionsTold;
    private long _progressTold = time.GetTimestamp();
    private volatile RunReport? _report;

    /// <summary>The report that the run is going to write.</summary>
    public void See(RunReport report) => _report = report;

    /// <summary>How far the run is; null before its report is there.</summary>
    /// <remarks>The parts of a report that are read here may be written meanwhile.</remarks>
    public RunProgress? Look()
    {
        if (_report is not { } report)
        {
            return null;
        }
        lock (_lock)
        {
            TellConnections(report);
            foreach (var (part, messages) in ((string, ReportMessages)[])[("source", report.Source), ("sink", report.Sink), ("run", report)])
            {
                Tell(part, LogLineLevel.Warning, messages.Warnings);
                Tell(part, LogLineLevel.Error, messages.Failures);
            }
            if (time.GetElapsedTime(_progressTold) >= ProgressInterval)
            {
                _progressTold = time.GetTimestamp();
                log.Add(LogLineLevel.Info, string.Create(CultureInfo.InvariantCulture, $"So far {Counts(report)}; {report.Sink.Records} records written"));
            }
        }
        return Progress(report);
    }

    /// <summary>How far a run is by its report.</summary>
    public static RunProgress Progress(RunReport report) =>
        new(
            report.Emitted.EntityTypes.ToDictionary(type => type, type => report.Emitted[type], StringComparer.Ordinal),
            report.Sink.Records, report.AllFailures.Count(), report.AllWarnings.Count());

    /// <summary>The run has ended: what is new, its counts, and its last line.</summary>
    public void End(RunReport report)
    {
        See(report);
        Look();
        foreach (var type in report.Source.ReadCounts.EntityTypes)
        {
            log.Add(LogLineLevel.Info, string.Create(
                CultureInfo.InvariantCulture,
                $"{type}: read {report.Source.ReadCounts[type]}, filtered {report.Source.FilteredCounts[type]}, failed {report.Source.FailedCounts[type]}, emitted {report.Emitted[type]}, accepted {report.Sink.AcceptedCounts[type]}, rejected {report.Sink.RejectedCounts[type]}"));
        }
        log.Add(report.Status == RunStatus.Failure ? LogLineLevel.Error : LogLineLevel.Info, RunReportText.LastLine(report));
    }

    private static string Counts(RunReport report) =>
        report.Emitted.Total == 0 ? "nothing" : string.Join(", ", report.Emitted.EntityTypes.Select(type => string.Create(CultureInfo.InvariantCulture, $"{type} {report.Emitted[type]}")));

    private void TellConnections(RunReport report)
    {
        foreach (var connection in report.Source.Connections.Skip(_connectionsTold))
        {
            _connectionsTold++;
            log.Add(LogLineLevel.Info, $"Connected to {connection.Address}, {connection.Server}, {connection.Tls}");
        }
    }

    private void Tell(string part, LogLineLevel level, IReadOnlyList<ReportMessage> messages)
    {
        var told = _told.GetValueOrDefault((part, level));
        foreach (var message in messages.Skip(told))
        {
            log.Add(level, message.Context.FirstOrDefault() is { } context ? $"{message.Title}: {message.Message} ({context})" : $"{message.Title}: {message.Message}");
        }
        _told[(part, level)] = messages.Count;
    }
}
