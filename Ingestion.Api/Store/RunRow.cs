using System.Data.Common;
using System.Text.Json;
using Discovery.Ingestion.Control;

namespace Discovery.Ingestion.Api.Store;

/// <summary>A run as the store has it; what viewers must not see (<see cref="Lease"/>) with the rest.</summary>
internal sealed record RunRow
{
    /// <summary>In the order in which <see cref="Read"/> reads them.</summary>
    public const string Columns =
        "id, recipe, version, label, kind, preview_records, state, cause, requested_by, slot, slot_offset, traceparent, attempt, retry_of, "
        + "queued, started, ended, worker, lease, cancel_reason, reason, progress, diff, last_line";

    public required string Id { get; init; }

    public required string Recipe { get; init; }

    /// <summary>Hash of the recipe's content when the run was asked for.</summary>
    public required string Version { get; init; }

    public string? Label { get; init; }

    public required RunKind Kind { get; init; }

    public int? PreviewRecords { get; init; }

    public RunState State { get; init; }

    public required RunTrigger Trigger { get; init; }

    public string? RequestedBy { get; init; }

    public DateTimeOffset? Slot { get; init; }

    /// <summary>The trace of the request that asked for it.</summary>
    public string? Traceparent { get; init; }

    public int Attempt { get; init; } = 1;

    public string? RetryOf { get; init; }

    public required DateTimeOffset Queued { get; init; }

    public DateTimeOffset? Started { get; init; }

    public DateTimeOffset? Ended { get; init; }

    public string? Worker { get; init; }

    /// <summary>Of the worker that has it or that ended it; null where its worker lost it.</summary>
    public string? Lease { get; init; }

    public string? CancelReason { get; init; }

    public string? Reason { get; init; }

    public RunProgress? Progress { get; init; }

    public DiffTotals? Diff { get; init; }

    /// <summary>Number of its last line of log, 0 for none.</summary>
    public long LastLine { get; init; }

    public bool HasEnded => State is not (RunState.Queued or RunState.Running);

    /// <summary>The run as it is told to others.</summary>
    /// <param name="newer">How far it is, where that is not stored yet.</param>
    public RunView ToView(RunProgress? newer) => new()
    {
        Id = Id,
        Recipe = Recipe,
        Kind = Kind,
        State = State,
        Trigger = Trigger,
        RequestedBy = RequestedBy,
        Slot = Slot,
        Queued = Queued,
        Started = Started,
        Ended = Ended,
        Attempt = Attempt,
        RetryOf = RetryOf,
        Worker = Worker,
        IsCancelling = State == RunState.Running && CancelReason is not null,
        Reason = Reason,
        Progress = newer ?? Progress,
        Diff = Diff,
    };

    public static RunRow Read(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        Recipe = row.GetString(1),
        Version = row.GetString(2),
        Label = row.TextOrNull(3),
        Kind = Word.Read<RunKind>(row.GetString(4)),
        PreviewRecords = (int?)row.NumberOrNull(5),
        State = Word.Read<RunState>(row.GetString(6)),
        Trigger = Word.Read<RunTrigger>(row.GetString(7)),
        RequestedBy = row.TextOrNull(8),
        Slot = row.TimeOrNull(9)?.ToOffset(TimeSpan.FromMinutes(row.NumberOrNull(10) ?? 0)),
        Traceparent = row.TextOrNull(11),
        Attempt = row.GetInt32(12),
        RetryOf = row.TextOrNull(13),
        Queued = row.Time(14),
        Started = row.TimeOrNull(15),
        Ended = row.TimeOrNull(16),
        Worker = row.TextOrNull(17),
        Lease = row.TextOrNull(18),
        CancelReason = row.TextOrNull(19),
        Reason = row.TextOrNull(20),
        Progress = Json<RunProgress>(row.TextOrNull(21)),
        Diff = Json<DiffTotals>(row.TextOrNull(22)),
        LastLine = row.GetInt64(23),
    };

    private static T? Json<T>(string? text)
        where T : class => text is null ? null : JsonSerializer.Deserialize<T>(text, ControlJson.Options);
}
