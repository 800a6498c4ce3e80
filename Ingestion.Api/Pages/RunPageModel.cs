using Discovery.Ingestion.Api.Pages.Parts;
using Discovery.Ingestion.Api.Pages.Reports;
using Discovery.Ingestion.Api.Runs;
using Discovery.Ingestion.Api.Store;
using Discovery.Ingestion.Control;

namespace Discovery.Ingestion.Api.Pages;

/// <summary>What the page of a run shows.</summary>
/// <param name="Run">The run.</param>
/// <param name="Waiting">What it waits for; null where it does not.</param>
/// <param name="RetriedBy">The run that repeats it.</param>
/// <param name="Lines">The last lines of its log.</param>
/// <param name="Report">Null where there is none.</param>
/// <param name="Diff">How it differs from the run before, with the first entries; null where it was not looked at.</param>
/// <param name="Now">When the page is made.</param>
public sealed record RunPageModel(RunView Run, string? Waiting, string? RetriedBy, IReadOnlyList<LogLine> Lines, ReportView? Report, RunDiff? Diff, DateTimeOffset Now)
{
    private const int LastLines = 200;
    private const int FirstEntries = 10;

    /// <summary>The number of the last line shown; live lines come after it.</summary>
    public long LastLine => Lines.Count > 0 ? Lines[^1].Number : 0;

    /// <returns>Null where there is no such run.</returns>
    internal static RunPageModel? Read(ControlStore store, ActiveRuns active, Workers workers, DateTimeOffset now, string id) => store.Read(connection =>
    {
        var runs = new RunTable(connection);
        if (runs.Find(id) is not { } run)
        {
            return null;
        }
        return new RunPageModel(
            active.View(run),
            run.State == RunState.Queued ? WaitsFor(run, runs, workers, now) : null,
            run is { State: RunState.Failed, Attempt: 1 } ? runs.RetryOf(run.Recipe, id) : null,
            new LogTable(connection).After(id, run.LastLine - LastLines, LastLines),
            runs.Report(id) is { } report ? ReportView.Read(report, run.Kind) : null,
            new DiffTable(connection).Find(run, database: null, change: null, after: 0, FirstEntries),
            now);
    });

    private static string WaitsFor(RunRow run, RunTable runs, Workers workers, DateTimeOffset now)
    {
        if (runs.Current(run.Recipe) is { } before && before.Id != run.Id)
        {
            return before.State == RunState.Running ? $"Run {before.Id} of the same recipe has not ended; one recipe never runs twice at once." : $"Run {before.Id} of the same recipe waits before it.";
        }
        var there = workers.List().Where(worker => WorkerList.IsThere(worker, now)).ToList();
        return there switch
        {
            [] => "No worker is there; ./discovery worker --api URL starts one.",
            _ when run.Label is { } label && !there.Any(worker => worker.Labels.Contains(label)) => $"No worker is there with the label {label}, which the recipe asks for (deployment.executor_id).",
            _ => "All workers that may run it have other runs.",
        };
    }
}
