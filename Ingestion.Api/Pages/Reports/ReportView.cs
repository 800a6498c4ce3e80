using System.Text.Json;
using Discovery.Ingestion.Control;
using Discovery.Ingestion.Reports;
using Discovery.Metadata;

namespace Discovery.Ingestion.Api.Pages.Reports;

/// <summary>What pages show of a report. It comes from a worker: what is not as it should be is left out.</summary>
/// <param name="Entities">Counts per entity type.</param>
/// <param name="Databases">The first databases, those that were not read as a whole before the others.</param>
/// <param name="DatabaseCount">How many there are in all.</param>
/// <param name="Failures">Failures of the source, the sink and the run itself.</param>
/// <param name="Warnings">Warnings of the same.</param>
/// <param name="Remarks">What else they say.</param>
/// <param name="Records">Records that the sink wrote.</param>
/// <param name="Statements">Statements that the source was sent.</param>
/// <param name="Connections">Servers that the source was connected to, as <c>db:3306, 8.4.2, not encrypted</c>.</param>
/// <param name="Destination">Where the sink wrote to; null where it does not say.</param>
public sealed record ReportView(
    IReadOnlyList<EntityRow> Entities, IReadOnlyList<DatabaseRow> Databases, int DatabaseCount,
    IReadOnlyList<MessageRow> Failures, IReadOnlyList<MessageRow> Warnings, IReadOnlyList<MessageRow> Remarks,
    long Records, long Statements, IReadOnlyList<string> Connections, string? Destination)
{
    internal const int MostDatabases = 200;

    /// <returns>Null where it cannot be read.</returns>
    internal static ReportView? Read(string json, RunKind kind)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement, kind);
        }
        // The second is for half a surrogate pair in a text.
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static ReportView Read(JsonElement report, RunKind kind)
    {
        var source = report.Member("source").Member("report");
        var sink = report.Member("sink").Member("report");
        var databases = source.Items("databases").Select(DatabaseRow.Read).ToList();
        return new ReportView(
            [.. report.Member("entities") is { ValueKind: JsonValueKind.Object } entities ? entities.EnumerateObject().Select(entry => EntityRow.Of(entry.Name, entry.Value, kind)) : []],
            [.. databases.OrderByDescending(database => database.NeedsLook).Take(MostDatabases)],
            databases.Count,
            Messages("failures"), Messages("warnings"), Messages("infos"),
            sink.Count("total_records_written"), source.Count("statements"),
            [.. source.Items("connections").Select(Connection)],
            sink.Text("destination"));

        IReadOnlyList<MessageRow> Messages(string list) =>
            [.. MessageRow.Read(source, list, "source"), .. MessageRow.Read(sink, list, "sink"), .. MessageRow.Read(report, list, "run")];
    }

    private static string Connection(JsonElement json)
    {
        var connection = new ConnectionReport(json.Text("address") ?? "", json.Text("server") ?? "", json.Flag("encrypted"), json.Flag("verified"));
        return $"{connection.Address}, {connection.Server}, {connection.Tls}";
    }
}

/// <summary>Counts of one entity type.</summary>
/// <param name="Type">DataHub's name of the type.</param>
/// <param name="Read">Come across.</param>
/// <param name="Filtered">Left out by the recipe.</param>
/// <param name="Failed">Could not be read.</param>
/// <param name="Emitted">Given out.</param>
/// <param name="Accepted">Written.</param>
/// <param name="Rejected">Not written.</param>
/// <param name="AddsUp">Whether read = filtered + failed + emitted and emitted = accepted + rejected, as far as the kind of run has them.</param>
public sealed record EntityRow(string Type, long Read, long Filtered, long Failed, long Emitted, long Accepted, long Rejected, bool AddsUp)
{
    internal static EntityRow Of(string type, JsonElement counts, RunKind kind)
    {
        var (read, filtered, failed) = (counts.Count("read"), counts.Count("filtered"), counts.Count("failed"));
        var (emitted, accepted, rejected) = (counts.Count("emitted"), counts.Count("accepted"), counts.Count("rejected"));
        var addsUp = (kind == RunKind.Preview || read == filtered + failed + emitted) && (kind == RunKind.DryRun || emitted == accepted + rejected);
        return new EntityRow(type, read, filtered, failed, emitted, accepted, rejected, addsUp);
    }
}

/// <summary>What was emitted of one database.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Visibility">How much the account sees, in the report's word; null where the source does not tell.</param>
/// <param name="Tables">Tables.</param>
/// <param name="Views">Views.</param>
/// <param name="Columns">Columns of both.</param>
/// <param name="Procedures">Stored procedures.</param>
/// <param name="Filtered">Tables and views left out by the recipe.</param>
/// <param name="Failed">Tables and views that could not be read.</param>
public sealed record DatabaseRow(string Name, string? Visibility, long Tables, long Views, long Columns, long Procedures, long Filtered, long Failed)
{
    /// <summary>Whether it was not read as a whole.</summary>
    public bool NeedsLook => Failed > 0 || Visibility is not (null or "complete");

    internal static DatabaseRow Read(JsonElement database) => new(
        database.Text("name") ?? "", database.Text("visibility"), database.Count("tables"), database.Count("views"), database.Count("columns"), database.Count("procedures"),
        database.Count("filtered"), database.Count("failed"));
}

/// <summary>A failure, a warning or a remark.</summary>
/// <param name="Part">Who says it: source, sink or run.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Message">What happened and what to do.</param>
/// <param name="Count">How often.</param>
/// <param name="Context">The first contexts in which it came up.</param>
public sealed record MessageRow(string Part, string Title, string Message, long Count, IReadOnlyList<string> Context)
{
    internal static IEnumerable<MessageRow> Read(JsonElement part, string kind, string name) => part.Items(kind).Select(message => new MessageRow(
        name, message.Text("title") ?? "", message.Text("message") ?? "", message.Count("count"), message.Texts("context")));
}
