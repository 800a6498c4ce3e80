namespace Discovery.Ingestion.Api.Store;

/// <summary>Removes what has been kept long enough, a little at a time.</summary>
internal sealed class RetentionTable(StoreConnection connection)
{
    /// <summary>Recipes that have runs, also those that are gone.</summary>
    public List<string> Recipes() => connection.Query("SELECT DISTINCT recipe FROM runs", row => row.GetString(0));

    /// <summary>Removes runs of a recipe that ended before a time, but not its newest ones nor its last complete one, nor the one that later ones are compared with.</summary>
    /// <returns>How many.</returns>
    public int RemoveRuns(string recipe, DateTimeOffset before, int newestKept, int limit) => connection.Execute(
        """
        DELETE FROM runs WHERE id IN (
            SELECT id FROM runs WHERE recipe = @recipe AND ended < @before
            AND id < (SELECT id FROM runs WHERE recipe = @recipe ORDER BY id DESC LIMIT 1 OFFSET @newest)
            AND id <> coalesce((SELECT max(id) FROM runs WHERE recipe = @recipe AND state = 'succeeded' AND kind = 'run'), '')
            AND id <> coalesce((SELECT run_id FROM structure_sets WHERE baseline_of = @recipe), '')
            ORDER BY id LIMIT @limit)
        """,
        ("@recipe", recipe), ("@before", before.ToUnixTimeMilliseconds()), ("@newest", newestKept - 1), ("@limit", limit));

    /// <summary>Removes the log of one run that ended before a time.</summary>
    /// <returns>Whether there was one.</returns>
    public bool RemoveLog(DateTimeOffset before)
    {
        var run = connection.Text("SELECT id FROM runs WHERE has_log = 1 AND ended < @before LIMIT 1", ("@before", before.ToUnixTimeMilliseconds()));
        if (run is null)
        {
            return false;
        }
        connection.Execute("DELETE FROM run_log WHERE run_id = @run", ("@run", run));
        connection.Execute("UPDATE runs SET has_log = 0 WHERE id = @run", ("@run", run));
        return true;
    }
}
