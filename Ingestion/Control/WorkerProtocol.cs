using System.Text.Json;
using Discovery.Ingestion.State;

namespace Discovery.Ingestion.Control;

/// <summary>
/// Asks for a run to execute: the body of <c>POST /api/v1/worker/claims</c>. The answer waits up to 20 seconds for one; 204 where there is none.
/// </summary>
/// <param name="Lease">Made by the worker for this claim, 16 to 64 letters and digits that nobody can guess. The same claim again gives the same run again, so that an answer that was lost loses nothing.</param>
/// <param name="Worker">Name of the worker, for people.</param>
/// <param name="Labels">What recipes can ask for.</param>
public sealed record ClaimRequest(string Lease, string Worker, IReadOnlyList<string> Labels);

/// <summary>A run that a worker has now.</summary>
public sealed record ClaimedRun
{
    /// <summary>Id of the run.</summary>
    public required string RunId { get; init; }

    /// <summary>Name of the recipe.</summary>
    public required string Recipe { get; init; }

    /// <summary>The recipe itself as it was when the run was asked for, variables unresolved.</summary>
    public required string Text { get; init; }

    /// <summary>Its file name, which tells the syntax and is shown in messages: <c>shop.yml</c>.</summary>
    public required string FileName { get; init; }

    /// <summary>What to do.</summary>
    public required RunKind Kind { get; init; }

    /// <summary>How many records a preview writes.</summary>
    public int? PreviewRecords { get; init; }

    /// <summary>The number that the next log line gets; more than 1 when another worker handed the run back.</summary>
    public required long NextLogLine { get; init; }

    /// <summary>The trace of the request that asked for the run (W3C traceparent), where there is one.</summary>
    public string? Traceparent { get; init; }

    /// <summary>How long the worker has the run after each beat, in seconds. It must have stopped writing by then.</summary>
    public required double LeaseSeconds { get; init; }

    /// <summary>How often to send a beat, in seconds; half a second, so that a cancellation arrives within a second.</summary>
    public required double BeatSeconds { get; init; }
}

/// <summary>Says that a worker still has a run: the body of <c>POST /api/v1/worker/runs/{id}/beat</c>. 409 where it has it no more.</summary>
/// <param name="Lease">That of the claim.</param>
/// <param name="Progress">How far the run is; null where nothing is new.</param>
/// <param name="Log">New lines, at most 500. Lines sent twice are kept once, by their number.</param>
public sealed record BeatRequest(string Lease, RunProgress? Progress, IReadOnlyList<LogLine> Log);

/// <summary>What the worker is told with each beat.</summary>
/// <param name="CancelReason">Why the run is to end now; null where it goes on.</param>
public sealed record BeatAnswer(string? CancelReason);

/// <summary>
/// Structures of datasets that the run gave out: the body of <c>POST /api/v1/worker/runs/{id}/structures</c>, at most 500 of them. A batch sent twice counts once.
/// </summary>
/// <param name="Lease">That of the claim.</param>
/// <param name="Datasets">The structures, each dataset once in a run.</param>
public sealed record StructureBatch(string Lease, IReadOnlyList<DatasetStructure> Datasets);

/// <summary>Ends a run: the body of <c>POST /api/v1/worker/runs/{id}/finish</c>. The same one again is answered as the first; 409 where the worker has the run no more.</summary>
public sealed record FinishRequest
{
    /// <summary>That of the claim.</summary>
    public required string Lease { get; init; }

    /// <summary><see cref="RunState.Succeeded"/>, <see cref="RunState.Failed"/> or <see cref="RunState.Cancelled"/>.</summary>
    public required RunState State { get; init; }

    /// <summary>Why, where the report does not tell, or there is none.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether it failed only because the worker could not reach the API for the time of its lease. Then it is repeated once, as when the worker is lost.</summary>
    public bool WasCutOff { get; init; }

    /// <summary>The report of the run as <c>--report-to</c> writes it, secrets masked.</summary>
    public JsonElement? Report { get; init; }

    /// <summary>How far it came.</summary>
    public RunProgress? Progress { get; init; }

    /// <summary>How many different datasets went out in structure batches; compared with what arrived. Null where they are not to be compared, as after a preview.</summary>
    public int? Datasets { get; init; }

    /// <summary>The last lines.</summary>
    public required IReadOnlyList<LogLine> Log { get; init; }
}

/// <summary>Gives a run back unfinished, to be run by another worker: the body of <c>POST /api/v1/worker/runs/{id}/release</c>.</summary>
/// <param name="Lease">That of the claim.</param>
/// <param name="Reason">Why, in words for people.</param>
/// <param name="Log">The last lines.</param>
public sealed record ReleaseRequest(string Lease, string Reason, IReadOnlyList<LogLine> Log);
