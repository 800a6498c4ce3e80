using Discovery.Catalog.Writes;
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
        var deleted = safe ? [] : created.ToHashSet(StringComparer.Ordinal);
        var affected = deleted.Sum(urn => _runs.OfOthers(urn, runId));
        foreach (var urn in deleted)
        {
            transaction.DeleteEntity(urn);
        }
        foreach (var row in rows.Where(row => !row.KeyAspect && !deleted.Contains(row.Urn)))
        {
            transaction.Revert(row.Urn, row.Aspect, stored => StoredMetadata.RunId(stored.SystemMetadata.Span) == runId);
        }
        if (safe)
        {
            new AspectWriter(transaction, actor, now).Write([.. created.Select(Hide).OfType<AspectChange>()]);
        }
        transaction.Timeseries.DeleteRun(runId);
        // What is left of the entities is seen no more, so nothing of it is unsafe.
        return new RollbackResult([.. rows.Take(Shown)], safe ? rows.Count(row => !row.KeyAspect) : rows.Count, Entities(rows), created.Count, [], 0, affected);
    }

    private List<RunRow> Rows() => _runs.Describe(runId, 0, int.MaxValue, includeSoft: !safe);

    private static List<string> Created(List<RunRow> rows) => [.. rows.Where(row => row.KeyAspect).Select(row => row.Urn)];

    private static int Entities(List<RunRow> rows) => rows.Select(row => row.Urn).Distinct(StringComparer.Ordinal).Count();

    /// <summary>What hides an entity; null for types without a status.</summary>
    private AspectChange? Hide(string urn)
    {
        var parsed = Urn.Parse(urn);
        var entity = registry.Entities[parsed.EntityType];
        return entity.Aspects.Contains("status")
            ? new AspectChange(
                parsed, entity, registry.Aspects["status"], ChangeKind.Upsert, "{\"removed\":true}"u8.ToArray(),
                new SystemMetadata(now, SystemMetadata.NoRunId, null), WriteConditions.None)
            : null;
    }
}
