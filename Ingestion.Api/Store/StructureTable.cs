using Discovery.Ingestion.Api.Diffs;

namespace Discovery.Ingestion.Api.Store;

/// <summary>What runs saw of datasets: sets that workers bring while they run, and of each recipe the set of its last complete run.</summary>
internal sealed class StructureTable(StoreConnection connection)
{
    private const string SelectSet = "SELECT id, run_id, version FROM structure_sets";

    // What the index finds in both sets and is the same is passed over in the store.
    private const string AddedOrChanged =
        """
        FROM structures new LEFT JOIN structures old ON old.set_id = @old AND old.urn = new.urn
        WHERE new.set_id = @new AND new.urn > @after AND (old.urn IS NULL OR old.digest <> new.digest)
        ORDER BY new.urn LIMIT @limit
        """;

    private const string Unseen =
        """
        FROM structures old LEFT JOIN structures new ON new.set_id = @new AND new.urn = old.urn
        WHERE old.set_id = @old AND old.urn > @after AND new.urn IS NULL
        ORDER BY old.urn LIMIT @limit
        """;

    /// <summary>The set that the worker with a lease brings for a run; null where it brought nothing.</summary>
    public StructureSet? Find(string run, string lease) =>
        connection.Query($"{SelectSet} WHERE run_id = @run AND lease = @lease", row => new StructureSet(row.GetInt64(0), row.GetString(1), row.GetString(2)), ("@run", run), ("@lease", lease)).FirstOrDefault();

    /// <summary>The set of the last complete run of a recipe; null where there was none yet.</summary>
    public StructureSet? Baseline(string recipe) =>
        connection.Query($"{SelectSet} WHERE baseline_of = @recipe", row => new StructureSet(row.GetInt64(0), row.GetString(1), row.GetString(2)), ("@recipe", recipe)).FirstOrDefault();

    public StructureSet FindOrAdd(RunRow run, string lease)
    {
        if (Find(run.Id, lease) is { } set)
        {
            return set;
        }
        connection.Execute(
            "INSERT INTO structure_sets (id, run_id, lease, recipe, version) SELECT coalesce(max(id), 0) + 1, @run, @lease, @recipe, @version FROM structure_sets",
            ("@run", run.Id), ("@lease", lease), ("@recipe", run.Recipe), ("@version", run.Version));
        return Find(run.Id, lease)!;
    }

    /// <summary>Adds a dataset to a set, in place of what the set has of it.</summary>
    public void Save(StructureSet set, StoredStructure structure)
    {
        connection.Execute("DELETE FROM structures WHERE set_id = @set AND urn = @urn", ("@set", set.Id), ("@urn", structure.Urn));
        connection.Execute(
            "INSERT INTO structures (set_id, urn, database_name, digest, body) VALUES (@set, @urn, @database, @digest, @body)",
            ("@set", set.Id), ("@urn", structure.Urn), ("@database", structure.Database), ("@digest", structure.Digest), ("@body", structure.Body));
    }

    public long Count(StructureSet set) => connection.Number("SELECT count(*) FROM structures WHERE set_id = @set", ("@set", set.Id)) ?? 0;

    /// <summary>Makes a set the one that later runs of its recipe are compared with.</summary>
    public void MakeBaseline(StructureSet set, string recipe)
    {
        connection.Execute("UPDATE structure_sets SET baseline_of = NULL WHERE baseline_of = @recipe", ("@recipe", recipe));
        connection.Execute("UPDATE structure_sets SET baseline_of = @recipe WHERE id = @set", ("@set", set.Id), ("@recipe", recipe));
    }

    /// <summary>Datasets that are in one set alone, or different in both, by their urns.</summary>
    /// <param name="older">The earlier set.</param>
    /// <param name="newer">The later one.</param>
    /// <param name="unseen">Those that the later one has not; else those that it has.</param>
    /// <param name="after">Only those after this urn.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="withBodies">Whether to read more than is needed to count them.</param>
    public List<StructurePair> Different(StructureSet older, StructureSet newer, bool unseen, string after, int limit, bool withBodies)
    {
        var (side, tables) = unseen ? ("old", Unseen) : ("new", AddedOrChanged);
        return connection.Query(
            $"SELECT {side}.urn, {side}.database_name, old.urn IS NOT NULL, {(withBodies ? "old.body, new.body" : "NULL, NULL")} {tables}",
            row => new StructurePair(row.GetString(0), row.GetString(1), row.GetInt64(2) != 0, row.IsDBNull(3) ? null : (byte[])row.GetValue(3), row.IsDBNull(4) ? null : (byte[])row.GetValue(4)),
            ("@old", older.Id), ("@new", newer.Id), ("@after", after), ("@limit", limit));
    }

    /// <summary>Removes a part of what is of no use any more: sets of workers that have their run no more, and those that a later one took the place of.</summary>
    /// <returns>Whether there may be more.</returns>
    public bool RemoveUnused(int limit)
    {
        var set = connection.Number(
            """
            SELECT id FROM structure_sets WHERE CASE WHEN baseline_of IS NULL
                THEN NOT EXISTS (SELECT 1 FROM runs WHERE runs.id = structure_sets.run_id AND runs.state = 'running' AND runs.lease = structure_sets.lease)
                ELSE NOT EXISTS (SELECT 1 FROM runs WHERE runs.id = structure_sets.run_id) END LIMIT 1
            """);
        if (set is null)
        {
            return false;
        }
        if (connection.Execute("DELETE FROM structures WHERE set_id = @set AND urn IN (SELECT urn FROM structures WHERE set_id = @set LIMIT @limit)", ("@set", set), ("@limit", limit)) < limit)
        {
            connection.Execute("DELETE FROM structure_sets WHERE id = @set", ("@set", set));
        }
        return true;
    }
}

/// <summary>What a run saw.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Run">The run.</param>
/// <param name="Version">Hash of the recipe that the run had.</param>
internal sealed record StructureSet(long Id, string Run, string Version);

/// <summary>A dataset that differs between two sets.</summary>
/// <param name="Urn">Its urn.</param>
/// <param name="Database">What it is counted under.</param>
/// <param name="WasThere">Whether the earlier set has it.</param>
/// <param name="Before">What the earlier one has, where that was asked for.</param>
/// <param name="After">What the later one has, where that was asked for.</param>
internal sealed record StructurePair(string Urn, string Database, bool WasThere, byte[]? Before, byte[]? After);
