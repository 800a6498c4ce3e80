namespace Discovery.Ingestion.Reports;

/// <summary>How a run ended.</summary>
public enum RunStatus
{
    /// <summary>No failure, and the counts add up.</summary>
    Success,

    /// <summary>At least one failure.</summary>
    Failure,

    /// <summary>Interrupted.</summary>
    Cancelled,
}

/// <summary>What one run did: the parts of the source and the sink, and whether their counts agree.</summary>
public sealed class RunReport : ReportMessages
{
    /// <summary>Makes the report of one run.</summary>
    public RunReport(string runId, string? pipelineName, string sourceType, string sinkType, SourceReport source, SinkReport sink)
    {
        (RunId, PipelineName, SourceType, SinkType, Source, Sink) = (runId, pipelineName, sourceType, sinkType, source, sink);
    }

    /// <summary>Id of the run.</summary>
    public string RunId { get; }

    /// <summary>Name of the pipeline, null for none.</summary>
    public string? PipelineName { get; }

    /// <summary>The recipe's source type.</summary>
    public string SourceType { get; }

    /// <summary>The recipe's sink type.</summary>
    public string SinkType { get; }

    /// <summary>The source's part.</summary>
    public SourceReport Source { get; }

    /// <summary>The sink's part.</summary>
    public SinkReport Sink { get; }

    /// <summary>Work units that the source gave out, per entity type.</summary>
    public EntityCounts Emitted { get; } = new();

    /// <summary>Records of those work units. Written by the pipeline alone.</summary>
    public long EmittedRecords { get; set; }

    /// <summary>Records per entity type and aspect that the source gave out. Written by the pipeline alone.</summary>
    public AspectCounts Aspects { get; } = new();

    /// <summary>When the run began.</summary>
    public DateTimeOffset Started { get; set; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; set; }

    /// <summary>Whether the run handed nothing to the sink on purpose (dry run).</summary>
    public bool DryRun { get; set; }

    /// <summary>Whether the run stopped early on purpose, after so many records (preview); null for a full run.</summary>
    public int? PreviewRecords { get; set; }

    /// <summary>How the run ended.</summary>
    public RunStatus Status { get; set; }

    /// <summary>All failures: of the source, of the sink and of the run itself.</summary>
    public IEnumerable<ReportMessage> AllFailures => [.. Source.Failures, .. Sink.Failures, .. Failures];

    /// <summary>All warnings: of the source, of the sink and of the run itself.</summary>
    public IEnumerable<ReportMessage> AllWarnings => [.. Source.Warnings, .. Sink.Warnings, .. Warnings];

    /// <summary>
    /// Each entity type whose counts do not add up: read = filtered + emitted + failed, and, unless nothing was to be
    /// written, emitted = accepted + rejected.
    /// </summary>
    public IEnumerable<string> Imbalances()
    {
        var types = Source.ReadCounts.EntityTypes.Concat(Emitted.EntityTypes).Concat(Sink.AcceptedCounts.EntityTypes)
            .Concat(Sink.RejectedCounts.EntityTypes).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        foreach (var type in types)
        {
            var (read, filtered, failed) = (Source.ReadCounts[type], Source.FilteredCounts[type], Source.FailedCounts[type]);
            var (emitted, accepted, rejected) = (Emitted[type], Sink.AcceptedCounts[type], Sink.RejectedCounts[type]);
            if (PreviewRecords is null && read != filtered + emitted + failed)
            {
                yield return $"{type}: read {read}, but filtered {filtered} + emitted {emitted} + failed {failed} = {filtered + emitted + failed}";
            }
            if (!DryRun && emitted != accepted + rejected)
            {
                yield return $"{type}: emitted {emitted}, but accepted {accepted} + rejected {rejected} = {accepted + rejected}";
            }
        }
    }
}
