using Discovery.Catalog.Store.Sqlite;
using Discovery.Metadata.Model;

namespace Discovery.Catalog.Store;

/// <summary>Which current aspects which run wrote, seen through one connection.</summary>
internal sealed class RunTable(StoreConnection connection, AspectRegistry registry)
{
    private const string RunId = "systemmetadata ->> '$.runId'";
    // The planner does not know how few these are.
    private const string Removed = "SELECT urn FROM metadata_aspect_v2 INDEXED BY metadata_aspect_removed WHERE version = 0 AND aspect = 'status' AND metadata ->> '$.removed' = 1";

    public List<RunSummary> List(int start, int count, bool includeSoft)
    {
        var hidden = includeSoft ? [] : RowsOfRemovedEntities();
        var runs = new List<RunSummary>();
        using var rows = connection[$"SELECT {RunId}, count(*), max(systemmetadata ->> '$.lastObserved') FROM metadata_aspect_v2 WHERE version = 0 GROUP BY 1"].Query(out var row);
        while (rows.Next())
        {
            var run = row.Text(0);
            var left = row.Long(1) - hidden.GetValueOrDefault(run);
            if (left > 0)
            {
                runs.Add(new RunSummary(run, left, row.Long(2)));
            }
        }
        return [.. runs.OrderByDescending(run => run.Timestamp).ThenBy(run => run.RunId, StringComparer.Ordinal).Skip(start).Take(count)];
    }

    /// <summary>The rows of a run, in order of urn and aspect.</summary>
    public List<RunRow> Describe(string runId, int start, int count, bool includeSoft)
    {
        var described = new List<RunRow>();
        using var rows = connection[
            $"""
            SELECT urn, aspect, systemmetadata ->> '$.lastObserved' FROM metadata_aspect_v2 INDEXED BY metadata_aspect_run
            WHERE version = 0 AND {RunId} = ?1 AND (?2 OR urn NOT IN ({Removed}))
            ORDER BY urn, aspect LIMIT ?3 OFFSET ?4
            """].Bind(1, runId).Bind(2, includeSoft ? 1 : 0).Bind(3, count).Bind(4, start).Query(out var row);
        while (rows.Next())
        {
            var (urn, aspect) = (row.Text(0), row.Text(1));
            described.Add(new RunRow(runId, urn, aspect, row.Long(2), KeyAspect(urn) == aspect));
        }
        return described;
    }

    /// <summary>Aspects of an entity that others wrote, its key and its status left out.</summary>
    public long OfOthers(string urn, string runId)
    {
        using var rows = connection[$"SELECT count(*) FROM metadata_aspect_v2 WHERE urn = ?1 AND version = 0 AND {RunId} <> ?2 AND aspect NOT IN ('status', ?3)"]
            .Bind(1, urn).Bind(2, runId).Bind(3, KeyAspect(urn)).Query(out var row);
        rows.Next();
        return row.Long(0);
    }

    private string KeyAspect(string urn) => registry.Entities[Metadata.Urn.Parse(urn).EntityType].KeyAspect;

    private Dictionary<string, long> RowsOfRemovedEntities()
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        using var rows = connection[
            // From the few that are removed to their rows, not the other way round.
            $"SELECT {RunId}, count(*) FROM ({Removed}) AS removed CROSS JOIN metadata_aspect_v2 ON metadata_aspect_v2.urn = removed.urn WHERE version = 0 GROUP BY 1"].Query(out var row);
        while (rows.Next())
        {
            counts.Add(row.Text(0), row.Long(1));
        }
        return counts;
    }
}
