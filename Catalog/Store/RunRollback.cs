using Discovery.Metadata;
using Discovery.Metadata.Model;

namespace Discovery.Catalog.Store;

/// <summary>Takes back what a run wrote.</summary>
internal sealed class RunRollback(StoreTransaction transaction, AspectRegistry registry, string runId, bool safe, string actor, long now)
{
    private const int Shown = 100;
    private readonly RunTable _runs = new(transaction.Connection, registry);

    /// <summary>What a rollback would do.</summary>
    public RollbackResult Preview()
    {
        var rows = Rows();
        var created = Created(rows);
        var others = created.Select(urn => (Urn: urn, Aspects: _runs.OfOthers(urn, runId))).Where(entity => entity.Aspects > 0).ToList();
        var taken = safe ? rows.Where(row => !row.KeyAspect).ToList() : rows;
        return new RollbackResult(
            [.. taken.Take(Shown)], taken.Count, Entities(rows), created.Count,
            [.. others.Select(entity => entity.Urn).Take(Shown)], others.Count, safe ? 0 : others.Sum(entity => entity.Aspects));
    }

    /// <summary>Does it.</summary>
    public RollbackResult Apply()
    {
        var rows = Rows();
        var created = Created(rows);
        var gone = new HashSet<string>(StringComparer.Ordinal);
        var affected = 0L;
        if (!safe)
        {
            affected = created.Sum(urn => _runs.OfOthers(urn, runId));
            foreach (var urn in created)
            {
                transaction.DeleteEntity(urn);
                gone.Add(urn);
            }
        }
        foreach (var row in rows.Where(row => !row.KeyAspect && !gone.Contains(row.Urn)))
        {
            transaction.Revert(row.Urn, row.Aspect, stored => StoredMetadata.RunId(stored.SystemMetadata.Span) == runId);
        }
        foreach (var urn in created.Where(urn => !gone.Contains(urn)))
        {
            Hide(urn);
        }
        transaction.Timeseries.DeleteRun(runId);
        // What is left of the entities is seen no more, so nothing of it is unsafe.
        return new RollbackResult([.. rows.Take(Shown)], safe ? rows.Count(row => !row.KeyAspect) : rows.Count, Entities(rows), created.Count, [], 0, affected);
    }

    private List<RunRow> Rows() => _runs.Describe(runId, 0, int.MaxValue, includeSoft: !safe);

    private static List<string> Created(List<RunRow> rows) => [.. rows.Where(row => row.KeyAspect).Select(row => row.Urn)];

    private static int Entities(List<RunRow> rows) => rows.Select(row => row.Urn).Distinct(StringComparer.Ordinal).Count();

    private void Hide(string urn)
    {
        if (!registry.Entities[Urn.Parse(urn).EntityType].Aspects.Contains("status"))
        {
            return;
        }
        var observed = new SystemMetadata(now, SystemMetadata.NoRunId, null);
        var current = transaction.Aspects.Current(urn, "status");
        var metadata = current is null
            ? StoredMetadata.First(observed, now, actor)
            : StoredMetadata.Next(current.SystemMetadata.Span, observed, changed: true, now, actor);
        var removed = new StoredAspect(urn, "status", 0, "{\"removed\":true}"u8.ToArray(), metadata, now, actor);
        if (current is null)
        {
            transaction.Insert(removed, []);
        }
        else
        {
            transaction.Replace(current, removed, []);
        }
    }
}
