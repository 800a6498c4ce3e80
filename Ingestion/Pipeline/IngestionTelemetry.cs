using System.Diagnostics;
using System.Diagnostics.Metrics;
using Discovery.Ingestion.Reports;

namespace Discovery.Ingestion.Pipeline;

/// <summary>
/// What a run tells of itself to whoever listens: spans of the run, of each statement on a source, of each batch that goes to a catalog; and sums.
/// Names after OpenTelemetry's conventions where they have one. Nothing that a recipe keeps secret, and no text of a statement.
/// </summary>
internal static class IngestionTelemetry
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "Discovery.Ingestion";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Emitted = Meter.CreateCounter<long>("discovery.ingestion.emitted", "{entity}", "Entities that sources gave out.");
    private static readonly Counter<long> Accepted = Meter.CreateCounter<long>("discovery.ingestion.accepted", "{entity}", "Entities that sinks wrote.");
    private static readonly Counter<long> Rejected = Meter.CreateCounter<long>("discovery.ingestion.rejected", "{entity}", "Entities that sinks refused.");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("discovery.ingestion.run.duration", "s", "How long runs took.");

    /// <summary>The span of a run; null where nobody listens.</summary>
    public static Activity? Run(RunReport report)
    {
        var activity = Source.StartActivity("ingestion run");
        activity?.SetTag("discovery.run.id", report.RunId)
            .SetTag("discovery.pipeline", report.PipelineName)
            .SetTag("discovery.source", report.SourceType)
            .SetTag("discovery.sink", report.SinkType)
            .SetTag("discovery.kind", Kind(report));
        return activity;
    }

    /// <summary>The span of a statement; null where nobody listens.</summary>
    /// <param name="system">mysql or mariadb.</param>
    /// <param name="host">The server.</param>
    /// <param name="port">Its port.</param>
    /// <param name="statement">What the statement reads, such as <c>columns</c>.</param>
    public static Activity? Statement(string system, string host, int port, string statement)
    {
        var activity = Source.StartActivity($"{system} query", ActivityKind.Client);
        activity?.SetTag("db.system.name", system).SetTag("db.query.summary", statement).SetTag("server.address", host).SetTag("server.port", port);
        return activity;
    }

    /// <summary>The span of a batch, with all its tries; null where nobody listens.</summary>
    /// <param name="server">Address of the catalog.</param>
    /// <param name="records">Records in it.</param>
    /// <param name="bytes">Size of the request's body.</param>
    public static Activity? Batch(string server, int records, int bytes)
    {
        var activity = Source.StartActivity("datahub batch", ActivityKind.Client);
        activity?.SetTag("server.address", server).SetTag("discovery.records", records).SetTag("http.request.body.size", bytes);
        return activity;
    }

    /// <summary>Says that what a span is about failed.</summary>
    /// <param name="activity">The span.</param>
    /// <param name="reason">Why, secrets masked.</param>
    public static void Failed(Activity? activity, string reason) => activity?.SetStatus(ActivityStatusCode.Error, reason);

    /// <summary>Tells how a run ended.</summary>
    public static void Ended(Activity? activity, RunReport report)
    {
        var (status, kind) = (report.Status.ToString().ToLowerInvariant(), Kind(report));
        activity?.SetTag("discovery.status", status);
        if (report.AllFailures.FirstOrDefault() is { } failure)
        {
            Failed(activity, $"{failure.Title}: {failure.Message}");
        }
        TagList tags = new() { { "discovery.source", report.SourceType }, { "discovery.sink", report.SinkType }, { "discovery.kind", kind } };
        Emitted.Add(report.Emitted.Total, tags);
        Accepted.Add(report.Sink.AcceptedCounts.Total, tags);
        Rejected.Add(report.Sink.RejectedCounts.Total, tags);
        tags.Add("discovery.status", status);
        Duration.Record(report.Duration.TotalSeconds, tags);
    }

    private static string Kind(RunReport report) => report.DryRun ? "dry_run" : report.PreviewRecords is null ? "run" : "preview";
}
