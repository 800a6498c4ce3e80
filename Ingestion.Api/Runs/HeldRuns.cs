using Discovery.Ingestion.Api.Diffs;
using Discovery.Ingestion.Api.Store;
using Discovery.Ingestion.Control;

namespace Discovery.Ingestion.Api.Runs;

/// <summary>What workers tell of the runs that they have.</summary>
internal sealed class HeldRuns(ControlStore store, ActiveRuns active, Workers workers, RunDiffs diffs, RunFeed feed, TimeProvider time)
{
    private const int LargestReport = 8 << 20;
    private const int LongestReason = 4000;
    private const int MostEntityTypes = 200;
    private const int LongestEntityType = 100;

    /// <summary>Renews the lease, and takes progress and lines of log.</summary>
    /// <returns>What the worker is to know.</returns>
    /// <exception cref="Refusal">It has the run no more, or the beat makes no sense.</exception>
    /// <exception cref="StoreUnavailableException">The lines were not stored, and are to be sent again; the lease was renewed all the same, for the worker was heard of.</exception>
    public async Task<BeatAnswer> BeatAsync(string id, BeatRequest beat)
    {
        CheckLog(beat.Log);
        var run = active.Held(id, beat.Lease);
        if (!run.Renew(Kept(beat.Progress)))
        {
            throw ActiveRuns.NotHeld(id);
        }
        workers.Heard(run.Worker);
        if (beat.Log.Count > 0 || run.TakeSave())
        {
            await SaveAsync(run, beat.Log);
        }
        feed.Changed(id);
        return new BeatAnswer(run.CancelReason);
    }

    /// <summary>Ends a run. The same request again does nothing.</summary>
    /// <exception cref="Refusal">The worker has the run no more, or the request makes no sense.</exception>
    public Task FinishAsync(string id, FinishRequest finish)
    {
        CheckLog(finish.Log);
        if (finish.State is RunState.Queued or RunState.Running)
        {
            throw new Refusal(400, "state must be succeeded, failed or cancelled.");
        }
        var report = finish.Report?.GetRawText();
        var isTooLarge = report?.Length > LargestReport;
        var reason = isTooLarge ? $"{finish.Reason} The report was larger than 8 MB and was left out.".Trim() : finish.Reason;
        var diff = diffs.Compare(id, finish);
        return store.WriteAsync(connection =>
        {
            var runs = new RunTable(connection);
            if (runs.Find(id) is { HasEnded: true } ended && ended.Lease == finish.Lease)
            {
                return ended;
            }
            var run = Running(connection, id, finish.Lease);
            new LogTable(connection).Append(id, run.LastLine, finish.Log);
            SaveProgress(connection, id, Kept(finish.Progress));
            if (report is not null && !isTooLarge)
            {
                runs.SaveReport(id, report);
            }
            runs.End(id, finish.State, CutText.Of(reason ?? (finish.State == RunState.Cancelled ? run.CancelReason : null), LongestReason), finish.Lease, time.GetUtcNow());
            RunDiffs.Save(connection, run, finish, diff);
            if (finish is { WasCutOff: true, State: RunState.Failed } && run.CancelReason is null)
            {
                LostRuns.Repeat(connection, run, time.GetUtcNow());
            }
            return run;
        }, _ => Free(id));
    }

    /// <summary>Lets a run wait for another worker; one that is to end anyway ends.</summary>
    /// <exception cref="Refusal">The worker has the run no more, or the request makes no sense.</exception>
    public Task ReleaseAsync(string id, ReleaseRequest release)
    {
        CheckLog(release.Log);
        return store.WriteAsync(connection =>
        {
            var runs = new RunTable(connection);
            var run = Running(connection, id, release.Lease);
            new LogTable(connection).Append(id, run.LastLine, release.Log);
            if (run.CancelReason is not null)
            {
                runs.End(id, RunState.Cancelled, run.CancelReason, lease: null, time.GetUtcNow());
            }
            else
            {
                runs.Requeue(id, CutText.Of(release.Reason, LongestReason));
            }
            return run;
        }, _ => Free(id));
    }

    private async Task SaveAsync(ActiveRun run, IReadOnlyList<LogLine> log)
    {
        try
        {
            await store.WriteAsync(connection =>
            {
                var stored = Running(connection, run.Id, run.Lease);
                new LogTable(connection).Append(run.Id, stored.LastLine, log);
                SaveProgress(connection, run.Id, run.Progress);
                return stored;
            });
        }
        catch (StoreUnavailableException) when (log.Count == 0)
        {
            // Progress alone is stored with a later beat.
        }
    }

    private void Free(string id)
    {
        active.Remove(id);
        feed.Changed(id);
        feed.QueueChanged();
    }

    /// <summary>The run that a worker has, as the store knows it.</summary>
    /// <exception cref="Refusal">It has it no more.</exception>
    public static RunRow Running(StoreConnection connection, string id, string lease) =>
        new RunTable(connection).Find(id) is { State: RunState.Running } run && run.Lease == lease ? run : throw ActiveRuns.NotHeld(id);

    private static void SaveProgress(StoreConnection connection, string id, RunProgress? progress)
    {
        if (progress is not null)
        {
            new RunTable(connection).SaveProgress(id, progress);
        }
    }

    // Metadata files have any words for types, and each list of runs tells all of a progress.
    private static RunProgress? Kept(RunProgress? progress) =>
        progress is null || (progress.Entities.Count <= MostEntityTypes && progress.Entities.Keys.All(type => type.Length <= LongestEntityType)) ? progress : progress with
        {
            Entities = progress.Entities.Where(entity => entity.Key.Length <= LongestEntityType).Take(MostEntityTypes).ToDictionary(StringComparer.Ordinal),
        };

    private static void CheckLog(IReadOnlyList<LogLine> lines)
    {
        if (lines.Count > LogLine.MostAtOnce)
        {
            throw new Refusal(400, $"log has {lines.Count} lines; send at most {LogLine.MostAtOnce} at once.");
        }
        for (var i = 0; i < lines.Count; i++)
        {
            // JSON can have null where a line should be.
            if (lines[i] is not { } line || line.Number <= (i == 0 ? 0 : lines[i - 1].Number))
            {
                throw new Refusal(400, "log must have its lines in the order of their numbers, which begin with 1.");
            }
        }
    }
}
