using Discovery.Ingestion.Api.Store;
using Discovery.Ingestion.Control;
using Microsoft.Extensions.Logging;

namespace Discovery.Ingestion.Api.Runs;

/// <summary>Ends runs whose workers are lost, repeats each once, lets those wait again that were not begun, and asks for the end of those that take too long.</summary>
internal sealed class LostRuns(ControlStore store, ActiveRuns active, RunRequests requests, RunFeed feed, ControlSettings settings, TimeProvider time, ILogger<LostRuns> logger)
{
    /// <summary>Looks at all runs once.</summary>
    /// <exception cref="StoreUnavailableException">A run could not be ended; it is the next time.</exception>
    public async Task CheckAsync()
    {
        foreach (var run in active.All)
        {
            if (run.LoseAfter(settings.Lease) is { } loss)
            {
                await EndAsync(run, loss);
            }
            else if (run.CancelReason is null && run.IsOver(settings.Deadline))
            {
                await AskToEndAsync(run.Id);
            }
        }
    }

    /// <summary>Queues the repetition of a run that its worker could not bring to an end; once, and where the recipe is still there.</summary>
    public static void Repeat(StoreConnection connection, RunRow run, DateTimeOffset now)
    {
        if (run.Attempt == 1 && new RecipeTable(connection).Has(run.Recipe))
        {
            new RunTable(connection).Insert(run with { Slot = null, Trigger = RunTrigger.Retry, Attempt = 2, RetryOf = run.Id, Queued = now });
        }
    }

    private async Task AskToEndAsync(string id)
    {
        try
        {
            await requests.CancelAsync(id, $"It took longer than {Duration.Write(settings.Deadline)}, the deadline for runs.");
        }
        catch (Refusal)
        {
            // It ended meanwhile.
        }
    }

    private async Task EndAsync(ActiveRun lost, string loss) => await store.WriteAsync(connection =>
    {
        var runs = new RunTable(connection);
        if (runs.Find(lost.Id) is not { State: RunState.Running } run || run.Lease != lost.Lease)
        {
            return null;
        }
        if (run.CancelReason is not null)
        {
            runs.End(run.Id, RunState.Cancelled, $"{run.CancelReason} {loss}", lease: null, time.GetUtcNow());
            return run;
        }
        if (!lost.HasBegun)
        {
            runs.Requeue(run.Id, loss);
            return run;
        }
        runs.End(run.Id, RunState.Failed, loss, lease: null, time.GetUtcNow());
        Repeat(connection, run, time.GetUtcNow());
        return run;
    }, ended =>
    {
        active.Remove(lost);
        if (ended is { CancelReason: null } && !lost.HasBegun)
        {
            ControlLog.RunNotBegun(logger, ended.Id, ended.Recipe, loss);
        }
        else if (ended is not null)
        {
            ControlLog.RunLost(logger, ended.Id, ended.Recipe, loss);
        }
        feed.Changed(lost.Id);
        feed.QueueChanged();
    });
}
