using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Discovery.Ingestion.Reports;

/// <summary>
/// The report of a run as JSON: DataHub's own members (<c>source.report.events_produced</c>, <c>failures</c>, ...) where there are such,
/// and <c>entities</c>, <c>connections</c>, <c>databases</c> beside them.
/// </summary>
public static class RunReportJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The report as indented JSON text.</summary>
    public static string Render(RunReport report)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("status", report.Status.ToString().ToUpperInvariant());
            json.WriteString("run_id", report.RunId);
            if (report.PipelineName is { } name)
            {
                json.WriteString("pipeline_name", name);
            }
            json.WriteString("start_time", report.Started.UtcDateTime);
            json.WriteNumber("running_time_sec", Math.Round(report.Duration.TotalSeconds, 3));
            AddEntities(json, report);
            AddSource(json, report);
            AddSink(json, report);
            AddMessages(json, report);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void AddEntities(Utf8JsonWriter json, RunReport report)
    {
        json.WriteStartObject("entities");
        foreach (var type in report.Source.ReadCounts.EntityTypes)
        {
            json.WriteStartObject(type);
            json.WriteNumber("read", report.Source.ReadCounts[type]);
            json.WriteNumber("filtered", report.Source.FilteredCounts[type]);
            json.WriteNumber("failed", report.Source.FailedCounts[type]);
            json.WriteNumber("emitted", report.Emitted[type]);
            json.WriteNumber("accepted", report.Sink.AcceptedCounts[type]);
            json.WriteNumber("rejected", report.Sink.RejectedCounts[type]);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void AddSource(Utf8JsonWriter json, RunReport report)
    {
        json.WriteStartObject("source");
        json.WriteString("type", report.SourceType);
        json.WriteStartObject("report");
        json.WriteNumber("events_produced", report.EmittedRecords);
        json.WriteStartObject("aspects");
        foreach (var (type, aspects) in report.Aspects.ByEntityType)
        {
            json.WriteStartObject(type);
            foreach (var (aspect, count) in aspects)
            {
                json.WriteNumber(aspect, count);
            }
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteNumber("statements", report.Source.Statements);
        json.WriteNumber("server_busy_sec", Math.Round(report.Source.Busy.TotalSeconds, 3));
        AddList(json, "connections", report.Source.Connections, connection =>
        {
            json.WriteString("address", connection.Address);
            json.WriteString("server", connection.Server);
            json.WriteBoolean("encrypted", connection.Encrypted);
            json.WriteBoolean("verified", connection.Verified);
        });
        AddList(json, "databases", report.Source.Databases, database =>
        {
            json.WriteString("name", database.Name);
            if (database.Visibility is { } visibility)
            {
                json.WriteString("visibility", JsonNamingPolicy.SnakeCaseLower.ConvertName(visibility.ToString()));
            }
            json.WriteNumber("tables", database.Tables);
            json.WriteNumber("views", database.Views);
            json.WriteNumber("procedures", database.Procedures);
            json.WriteNumber("columns", database.Columns);
            json.WriteNumber("filtered", database.Filtered);
            json.WriteNumber("failed", database.Failed);
        });
        json.WriteStartArray("filtered");
        foreach (var name in report.Source.FilteredNames)
        {
            json.WriteStringValue(name);
        }
        json.WriteEndArray();
        AddMessages(json, report.Source);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void AddSink(Utf8JsonWriter json, RunReport report)
    {
        json.WriteStartObject("sink");
        json.WriteString("type", report.SinkType);
        json.WriteStartObject("report");
        json.WriteNumber("total_records_written", report.Sink.Records);
        json.WriteNumber("bytes", report.Sink.Bytes);
        json.WriteNumber("requests", report.Sink.Requests);
        json.WriteNumber("retries", report.Sink.Retries);
        if (report.Sink.Destination is { } destination)
        {
            json.WriteString("destination", destination);
        }
        AddMessages(json, report.Sink);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void AddMessages(Utf8JsonWriter json, ReportMessages messages)
    {
        foreach (var (name, list) in new[] { ("failures", messages.Failures), ("warnings", messages.Warnings), ("infos", messages.Infos) })
        {
            AddList(json, name, list, message =>
            {
                json.WriteString("title", message.Title);
                json.WriteString("message", message.Message);
                json.WriteNumber("count", message.Count);
                json.WriteStartArray("context");
                foreach (var context in message.Context)
                {
                    json.WriteStringValue(context);
                }
                json.WriteEndArray();
            });
        }
    }

    private static void AddList<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
