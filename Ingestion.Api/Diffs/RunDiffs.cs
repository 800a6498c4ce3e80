using Discovery.Ingestion.Api.Runs;
using Discovery.Ingestion.Api.Store;
using Discovery.Ingestion.Control;
using Microsoft.Extensions.Logging;

namespace Discovery.Ingestion.Api.Diffs;

/// <summary>Takes what runs see of datasets, and compares it with what the last complete run of the recipe saw.</summary>
internal sealed class RunDiffs(ControlStore store, ActiveRuns active, ILogger<RunDiffs> logger)
{
    /// <summary>So many entries of a diff are kept; the counts are always whole.</summary>
    public const int MostEntries = 10_000;

    private const int MostAtOnce = 500;
    private const int LongestName = 4000;
    private const int Step = 500;
    private const int RemovedAtOnce = 2000;

    /// <summary>Takes structures of a run. One that is sent again takes the place of the earlier one.</summary>
    /// <exception cref="Refusal">The worker has the run no more, or the request makes no sense.</exception>
    /// <exception cref="StoreUnavailableException">None of them was stored.</exception>
    public async Task TakeAsync(string id, StructureBatch batch)
    {
        Check(batch);
        if (!active.Held(id, batch.Lease).Renew(progress: null))
        {
            throw ActiveRuns.NotHeld(id);
        }
        var structures = batch.Datasets.Select(StoredStructure.Of).ToList();
        await store.WriteAsync(connection =>
        {
            var table = new StructureTable(connection);
            var set = table.FindOrAdd(HeldRuns.Running(connection, id, batch.Lease), batch.Lease);
            structures.ForEach(structure => table.Save(set, structure));
            return set;
        });
    }

    /// <summary>Compares what a run saw that is about to end, without writing anything and in bounded memory.</summary>
    /// <returns>Null where there is nothing to compare: a preview, or a run that the worker has no more.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot be read now.</exception>
    public RunDiff? Compare(string id, FinishRequest finish)
    {
        var (run, set, baseline) = store.Read(connection =>
        {
            var found = new RunTable(connection).Find(id);
            var table = new StructureTable(connection);
            return (found, table.Find(id, finish.Lease), found is null ? null : table.Baseline(found.Recipe));
        });
        if (run is not { State: RunState.Running, Kind: not RunKind.Preview } || run.Lease != finish.Lease)
        {
            return null;
        }
        if (finish.Datasets is not { } sent)
        {
            return NotCompared(id, "Not compared: the run did not come so far, or the worker could not send all that it read.");
        }
        var arrived = set is null ? 0 : store.Read(connection => new StructureTable(connection).Count(set));
        if (arrived != sent)
        {
            return NotCompared(id, $"Not compared: the worker sent {sent} datasets, and {arrived} of them arrived.");
        }
        if (baseline is null)
        {
            return NotCompared(id, "Nothing to compare with: no run of this recipe was complete before.") with { Totals = new DiffTotals(null, 0, 0, 0) };
        }
        try
        {
            return Compare(run, set ?? new StructureSet(0, id, run.Version), baseline, finish);
        }
        catch (Exception e) when (e is not StoreUnavailableException)
        {
            // A run ends whatever is wrong with its diff.
            ControlLog.DiffDefect(logger, id, e);
            return NotCompared(id, "Not compared: that failed in a way that is not foreseen, which the log of the control plane tells more of.");
        }
    }

    /// <summary>Keeps a diff with its run, and what the run saw for the ones after it, where it was complete. Part of the transaction that ends the run.</summary>
    public static void Save(StoreConnection connection, RunRow run, FinishRequest finish, RunDiff? diff)
    {
        if (diff is null)
        {
            return;
        }
        new DiffTable(connection).Save(diff);
        if (diff.Totals is null)
        {
            return;
        }
        new RunTable(connection).SaveDiff(run.Id, diff.Totals);
        if (run.Kind == RunKind.Run && finish.State == RunState.Succeeded)
        {
            var table = new StructureTable(connection);
            table.MakeBaseline(table.FindOrAdd(run, finish.Lease), run.Recipe);
        }
    }

    /// <summary>Removes what is of no use any more, a little at a time.</summary>
    /// <exception cref="StoreUnavailableException">It was interrupted; the next time goes on.</exception>
    public async Task RemoveUnusedAsync(CancellationToken cancellationToken)
    {
        while (await store.WriteAsync(connection => new StructureTable(connection).RemoveUnused(RemovedAtOnce)))
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private RunDiff Compare(RunRow run, StructureSet set, StructureSet baseline, FinishRequest finish)
    {
        var isComplete = finish.State == RunState.Succeeded;
        var diff = new DiffBuilder();
        Read(run.Id, baseline, set, unseen: false, diff);
        if (isComplete)
        {
            Read(run.Id, baseline, set, unseen: true, diff);
        }
        var remarks = new List<string>();
        if (!isComplete)
        {
            remarks.Add("The run did not succeed, so that what it did not see is not told.");
        }
        if (run.Version != baseline.Version)
        {
            remarks.Add("The recipe was changed since the run that this one is compared with: what is added or unseen may come from that.");
        }
        return diff.Build(run.Id, baseline.Run, remarks, new DatabaseSights(finish.Report));
    }

    private void Read(string id, StructureSet baseline, StructureSet set, bool unseen, DiffBuilder diff)
    {
        var after = "";
        var entries = 0;
        List<StructurePair> pairs;
        do
        {
            var withBodies = entries < MostEntries;
            pairs = store.Read(connection => new StructureTable(connection).Different(baseline, set, unseen, after, Step, withBodies));
            foreach (var pair in pairs)
            {
                entries += diff.Add(pair, unseen) ? 1 : 0;
                after = pair.Urn;
            }
            // A run that takes long to compare is no lost one.
            _ = active.TryGet(id, out var run) && run.Renew(progress: null);
        }
        while (pairs.Count == Step);
    }

    private static RunDiff NotCompared(string run, string remark) => new() { RunId = run, Remarks = [remark], Databases = [], Entries = new Page<DiffEntry>([], null) };

    private static void Check(StructureBatch batch)
    {
        if (batch.Datasets.Count > MostAtOnce)
        {
            throw new Refusal(400, $"datasets has {batch.Datasets.Count} items; send at most {MostAtOnce} at once.");
        }
        // Items of lists are not held against their types.
        if (batch.Datasets.Any(dataset => dataset is null || dataset.Columns.Any(column => column is null) || dataset.ForeignKeys.Any(key => key is null)))
        {
            throw new Refusal(400, "datasets must not have null for a dataset, a column or a foreign key.");
        }
        if (batch.Datasets.Any(dataset => dataset.Urn.Length is 0 or > LongestName))
        {
            throw new Refusal(400, $"datasets must have urns of 1 to {LongestName} characters.");
        }
        if (batch.Datasets.Any(dataset => dataset.Database.Length > LongestName || dataset.Name.Length > LongestName || dataset.Kind?.Length > LongestName))
        {
            throw new Refusal(400, $"datasets must have databases, names and kinds of at most {LongestName} characters.");
        }
    }
}
