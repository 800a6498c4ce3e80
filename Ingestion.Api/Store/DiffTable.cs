using System.Globalization;
using System.Text.Json;
using Discovery.Ingestion.Control;

namespace Discovery.Ingestion.Api.Store;

/// <summary>How runs differ from those before them.</summary>
internal sealed class DiffTable(StoreConnection connection)
{
    private const int MostDatabases = 1000;

    /// <summary>Keeps a diff; its entries get their numbers in order.</summary>
    public void Save(RunDiff diff)
    {
        connection.Execute("INSERT INTO run_diffs (run_id, remarks) VALUES (@run, @remarks)", ("@run", diff.RunId), ("@remarks", JsonSerializer.Serialize(diff.Remarks, ControlJson.Options)));
        foreach (var database in diff.Databases)
        {
            connection.Execute(
                "INSERT INTO run_diff_databases (run_id, database_name, added, changed, unseen, remark) VALUES (@run, @database, @added, @changed, @unseen, @remark)",
                ("@run", diff.RunId), ("@database", database.Database), ("@added", database.Added), ("@changed", database.Changed), ("@unseen", database.Unseen), ("@remark", database.Remark));
        }
        foreach (var (index, entry) in diff.Entries.Items.Index())
        {
            connection.Execute(
                "INSERT INTO run_diff_entries (run_id, number, database_name, change, entry) VALUES (@run, @number, @database, @change, @entry)",
                ("@run", diff.RunId), ("@number", index + 1), ("@database", entry.Database), ("@change", Word.Of(entry.Change)),
                ("@entry", JsonSerializer.Serialize(entry, ControlJson.Options)));
        }
    }

    /// <summary>The diff of a run with a part of its entries; null where it was not compared.</summary>
    /// <param name="run">The run.</param>
    /// <param name="database">Only this database; null for all.</param>
    /// <param name="change">Only entries of this kind; null for all.</param>
    /// <param name="after">Only entries after this number.</param>
    /// <param name="limit">At most so many entries.</param>
    public RunDiff? Find(RunRow run, string? database, string? change, long after, int limit) =>
        connection.Text("SELECT remarks FROM run_diffs WHERE run_id = @run", ("@run", run.Id)) is not { } remarks ? null : new RunDiff
        {
            RunId = run.Id,
            Totals = run.Diff,
            Remarks = JsonSerializer.Deserialize<IReadOnlyList<string>>(remarks, ControlJson.Options)!,
            Databases = Databases(run.Id, database),
            Entries = Entries(run.Id, database, change, after, limit + 1).ToPage(limit, entry => entry.Entry, entry => entry.Number.ToString(CultureInfo.InvariantCulture)),
        };

    /// <summary>The databases of a diff, by their names.</summary>
    /// <param name="run">The run.</param>
    /// <param name="database">One of them; null for all.</param>
    public List<DatabaseDiff> Databases(string run, string? database) => connection.Query(
        """
        SELECT database_name, added, changed, unseen, remark FROM run_diff_databases
        WHERE run_id = @run AND database_name = coalesce(@database, database_name) ORDER BY database_name LIMIT @limit
        """,
        row => new DatabaseDiff(row.GetString(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3), row.TextOrNull(4)),
        ("@run", run), ("@database", database), ("@limit", MostDatabases));

    private List<(long Number, DiffEntry Entry)> Entries(string run, string? database, string? change, long after, int limit) => connection.Query(
        """
        SELECT number, entry FROM run_diff_entries
        WHERE run_id = @run AND number > @after AND database_name = coalesce(@database, database_name) AND change = coalesce(@change, change) ORDER BY number LIMIT @limit
        """,
        row => (row.GetInt64(0), JsonSerializer.Deserialize<DiffEntry>(row.GetString(1), ControlJson.Options)!),
        ("@run", run), ("@after", after), ("@database", database), ("@change", change), ("@limit", limit));
}
