using System.Globalization;
using Discovery.Ingestion.Control;

namespace Discovery.Ingestion.Api.Pages.Words;

/// <summary>What pages call the states, kinds and figures of runs.</summary>
internal static class RunWords
{
    public static string State(RunState state) => state switch
    {
        RunState.Queued => "waiting",
        RunState.Running => "running",
        RunState.Succeeded => "succeeded",
        RunState.Failed => "failed",
        _ => "cancelled",
    };

    public static string State(RunView run) => run.IsCancelling ? "running, asked to end" : State(run.State);

    /// <summary>The class of the badge of a state.</summary>
    public static string Badge(RunState state) => state switch
    {
        RunState.Succeeded => "badge good",
        RunState.Failed => "badge bad",
        RunState.Cancelled => "badge warn",
        RunState.Running => "badge active",
        _ => "badge",
    };

    public static string Kind(RunKind kind) => kind switch
    {
        RunKind.Run => "run",
        RunKind.DryRun => "dry run",
        _ => "preview",
    };

    public static string Trigger(RunTrigger trigger) => trigger switch
    {
        RunTrigger.Manual => "by hand",
        RunTrigger.Schedule => "by schedule",
        _ => "retry",
    };

    public static string Change(DiffChange change) => change switch
    {
        DiffChange.Added => "new",
        DiffChange.Changed => "changed",
        _ => "not seen any more",
    };

    /// <summary>Entities of all types.</summary>
    public static long Entities(RunView run) => run.Progress?.Entities.Values.Sum() ?? 0;

    /// <summary>How long it took, or takes already; null where it never began.</summary>
    public static TimeSpan? Duration(RunView run, DateTimeOffset now) => run.Started is { } started ? (run.Ended ?? now) - started : null;

    /// <summary>A count with its digits in groups.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary><c>1 warning</c>, <c>2 warnings</c>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="one">What one of them is called.</param>
    /// <param name="many">What several are called; the same with an s where it is not given.</param>
    public static string Count(long count, string one, string? many = null) => $"{Count(count)} {(count == 1 ? one : many ?? $"{one}s")}";
}
