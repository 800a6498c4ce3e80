using System.ComponentModel;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Discovery.Ingestion.Api.Runs;
using Discovery.Ingestion.Control;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Ingestion.Api.Endpoints;

/// <summary>Runs and their logs as they come: <c>/api/v1/runs/{id}/log</c> and <c>/api/v1/runs/{id}/events</c>.</summary>
internal static class LogEndpoints
{
    private const string EventStream = "text/event-stream";
    private const string LinesOfJson = "application/x-ndjson";
    private const string AfterDescription = "Number of the line to go on after";

    // Stands behind the number of the last line in the id of the last event.
    private const string EndMark = "-end";

    public static void Map(IEndpointRouteBuilder runs)
    {
        runs.MapGet("/{id}/log", Log).WithName("showLog").WithSummary("The log of a run, a JSON object a line")
            .WithDescription("With Accept: text/event-stream as server-sent events, which go on after Last-Event-ID. With follow=true the answer goes on until the run has ended.")
            .Produces<LogLine>(StatusCodes.Status200OK, LinesOfJson, EventStream)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        runs.MapGet("/{id}/events", Events).WithName("followRun").WithSummary("Server-sent events: 'run' with the run whenever it changes, 'log' with each line of its log")
            .WithDescription("Ends after the run has ended. Who comes again with the Last-Event-ID of the last event gets 204, after which browsers do not come again.")
            .Produces<string>(StatusCodes.Status200OK, EventStream).Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static IResult Log(
        HttpRequest request, RunStream stream, string id,
        [Description(AfterDescription)] long after = 0, [Description("Whether to wait for more until the run has ended")] bool follow = false,
        [FromHeader(Name = "Last-Event-ID")] string? lastEvent = null, CancellationToken cancellationToken = default)
    {
        Require(stream, id);
        var parts = stream.ReadAsync(id, Query.After(after, lastEvent), follow, cancellationToken);
        return request.Headers.Accept.ToString().Contains(EventStream, StringComparison.OrdinalIgnoreCase)
            ? TypedResults.ServerSentEvents(LinesAsync(parts))
            : TypedResults.Stream(output => WriteLinesAsync(parts, output, cancellationToken), LinesOfJson);
    }

    private static Results<ServerSentEventsResult<string>, NoContent> Events(
        RunStream stream, string id, [Description(AfterDescription)] long after = 0, [FromHeader(Name = "Last-Event-ID")] string? lastEvent = null, CancellationToken cancellationToken = default)
    {
        Require(stream, id);
        return lastEvent?.EndsWith(EndMark, StringComparison.Ordinal) == true
            ? TypedResults.NoContent()
            : TypedResults.ServerSentEvents(EventsAsync(stream, id, Query.After(after, lastEvent), cancellationToken));
    }

    private static async Task WriteLinesAsync(IAsyncEnumerable<(RunView Run, IReadOnlyList<LogLine> Lines)> parts, Stream output, CancellationToken cancellationToken)
    {
        await foreach (var (_, lines) in parts)
        {
            using var text = new MemoryStream();
            foreach (var line in lines)
            {
                JsonSerializer.Serialize(text, line, ControlJson.Options);
                text.WriteByte((byte)'\n');
            }
            await output.WriteAsync(text.GetBuffer().AsMemory(0, (int)text.Length), cancellationToken);
            await output.FlushAsync(cancellationToken);
        }
    }

    private static async IAsyncEnumerable<SseItem<string>> LinesAsync(IAsyncEnumerable<(RunView Run, IReadOnlyList<LogLine> Lines)> parts)
    {
        await foreach (var (_, lines) in parts)
        {
            foreach (var line in lines)
            {
                yield return Event(line, "log", Number(line.Number));
            }
        }
    }

    private static async IAsyncEnumerable<SseItem<string>> EventsAsync(RunStream stream, string id, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        RunView? told = null;
        await foreach (var (run, lines) in stream.ReadAsync(id, after, follow: true, cancellationToken))
        {
            foreach (var line in lines)
            {
                after = line.Number;
                yield return Event(line, "log", Number(line.Number));
            }
            var hasEnded = run.Ended is not null;
            if (!hasEnded && run != told)
            {
                yield return Event(run, "run", Number(after));
            }
            told = run;
        }
        if (told?.Ended is not null)
        {
            yield return Event(told, "run", Number(after) + EndMark);
        }
    }

    private static SseItem<string> Event<T>(T value, string name, string id) => new(JsonSerializer.Serialize(value, ControlJson.Options), name) { EventId = id };

    private static string Number(long line) => line.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static void Require(RunStream stream, string id)
    {
        if (stream.Find(id) is null)
        {
            throw Refusal.NoRun(id);
        }
    }
}
