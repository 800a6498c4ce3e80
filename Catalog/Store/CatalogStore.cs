using Discovery.Catalog.Store.Sqlite;
using Discovery.Catalog.Writes;
using Discovery.Web.Migrations;

namespace Discovery.Catalog.Store;

/// <summary>The aspects of all entities, durable in one SQLite file. Safe for use by many threads.</summary>
public sealed class CatalogStore : StoreReader
{
    private static readonly SqliteMigrations Migrations = SqliteMigrations.Of(typeof(CatalogStore).Assembly, "store/");
    private readonly StoreFolder _folder;
    private readonly TimeProvider _time;
    private readonly StoreConnection _writing;
    private readonly StoreWriter _writer;
    private bool _isDisposed;

    private CatalogStore(StoreFolder folder, TimeProvider time, StoreConnection writing)
        : base(folder.Database)
    {
        _folder = folder;
        _time = time;
        _writing = writing;
        _writer = new StoreWriter(new StoreTransaction(writing, Registry), changed => Changed?.Invoke(changed));
    }

    /// <summary>Called with each entity that changed, after it is durable and before the write is acknowledged; one call at a time.</summary>
    public event Action<IReadOnlyList<EntityState>>? Changed;

    /// <summary>The number of the schema that this version writes.</summary>
    internal static int Schema => Migrations.Newest;

    /// <summary>Opens the store of a folder, which is created where it is missing, and brings it to the newest schema.</summary>
    /// <exception cref="CatalogException">Another process has it open, or it is of a newer version.</exception>
    public static CatalogStore Open(string folder, TimeProvider time)
    {
        var opened = StoreFolder.Open(folder);
        StoreConnection? connection = null;
        try
        {
            connection = StoreConnection.Open(opened.Database, readOnly: false);
            // Readers see what was committed last while the writer goes on; a commit is on the disk when it returns.
            connection.Execute("PRAGMA journal_mode = WAL");
            connection.Execute("PRAGMA synchronous = FULL");
            connection.Execute("PRAGMA wal_autocheckpoint = 4000");
            connection.Execute("PRAGMA journal_size_limit = 67108864");
            connection.Execute("PRAGMA cache_size = -32768");
            Migrations.Apply(connection.Connection);
            return new CatalogStore(opened, time, connection);
        }
        catch (Exception e) when (e is NewerSchemaException or Microsoft.Data.Sqlite.SqliteException)
        {
            connection?.Dispose();
            opened.Dispose();
            throw new CatalogException(CatalogFault.Unavailable, $"{opened.Database} cannot be opened. {e.Message}");
        }
    }

    /// <summary>Writes all changes or none. What is acknowledged is on the disk.</summary>
    /// <returns>One result per change, but for keys, which come with those of aspects that the server added.</returns>
    /// <exception cref="CatalogException">A creation met something, or a condition does not hold; nothing was written.</exception>
    public Task<IReadOnlyList<WrittenAspect>> WriteAsync(IReadOnlyList<AspectChange> changes, string actor, CancellationToken cancellationToken) =>
        _writer.RunAsync(transaction => new AspectWriter(transaction, actor, Now()).Write(changes), cancellationToken);

    /// <summary>The file of the search index that was saved last, null for none, and the urns that changed since then.</summary>
    internal (string? Snapshot, IReadOnlyList<string> Pending) ReadSearchState() => Read(connection =>
    {
        var pending = new List<string>();
        using (var rows = connection["SELECT urn FROM search_pending"].Query(out var row))
        {
            while (rows.Next())
            {
                pending.Add(row.Text(0));
            }
        }
        using var snapshots = connection["SELECT id FROM search_snapshot"].Query(out var snapshot);
        return (snapshots.Next() ? _folder.SearchSnapshot(snapshot.Text(0)) : null, pending);
    });

    /// <summary>Saves the search index, while nothing is written; from then on its changes are noted anew.</summary>
    /// <param name="save">Writes the index to a stream.</param>
    /// <param name="cancellationToken">Cancels the waiting.</param>
    /// <exception cref="CatalogException">It cannot be saved; the one saved before stays.</exception>
    internal async Task SaveSearchAsync(Action<Stream> save, CancellationToken cancellationToken)
    {
        // The name tells which changes are in the file: a store that was put back from a backup does not take one of later times.
        var id = Guid.NewGuid().ToString("N");
        try
        {
            await _writer.RunAsync(transaction => SaveSearch(transaction, id, save), cancellationToken).ConfigureAwait(false);
        }
        catch (CatalogException)
        {
            File.Delete(_folder.SearchSnapshot(id));
            throw;
        }
        _folder.DeleteSearchSnapshotsBut(id);
    }

    /// <summary>Removes an entity with its history, timeseries and relationships.</summary>
    public Task<DeletedRows> DeleteEntityAsync(string urn, CancellationToken cancellationToken) =>
        _writer.RunAsync(transaction => transaction.DeleteEntity(urn), cancellationToken);

    /// <summary>Removes aspects with their history, all or none; of a timeseries aspect all documents. Without its key, an entity is gone.</summary>
    public Task<DeletedRows> DeleteAspectsAsync(string urn, IReadOnlyCollection<string> aspects, CancellationToken cancellationToken) =>
        _writer.RunAsync(transaction => aspects.Select(aspect => transaction.DeleteAspect(urn, aspect))
            .Aggregate(default(DeletedRows), (sum, rows) => new DeletedRows(sum.Rows + rows.Rows, sum.TimeseriesRows + rows.TimeseriesRows)), cancellationToken);

    /// <summary>
    /// Takes an entity out of the aspects that relate to it: the item of an array that names it, or the optional member. An aspect that
    /// cannot be without it goes as a whole.
    /// </summary>
    public Task RemoveReferencesAsync(string urn, string actor, CancellationToken cancellationToken) =>
        _writer.RunAsync(transaction => new ReferenceRemoval(transaction, Registry, actor, Now()).Remove(urn), cancellationToken);

    /// <summary>Removes documents of a timeseries aspect between two times, both inclusive.</summary>
    public Task<DeletedRows> DeleteTimeseriesAsync(string urn, string aspect, long from, long to, CancellationToken cancellationToken) =>
        _writer.RunAsync(transaction => new DeletedRows(0, transaction.Timeseries.Delete(urn, aspect, from, to)), cancellationToken);

    /// <summary>Takes back what a run wrote; <paramref name="safe"/> hides the entities that it created instead of removing them.</summary>
    public Task<RollbackResult> RollBackAsync(string runId, bool dryRun, bool safe, string actor, CancellationToken cancellationToken) =>
        _writer.RunAsync(transaction =>
        {
            var rollback = new RunRollback(transaction, Registry, runId, safe, actor, Now());
            return dryRun ? rollback.Preview() : rollback.Apply();
        }, cancellationToken);

    /// <summary>Lets the file grow to so many pages and no further, as a disk does that is full; for tests.</summary>
    /// <returns>How many it has.</returns>
    internal Task<long> LimitPagesAsync(long pages, CancellationToken cancellationToken) => _writer.RunAsync(transaction =>
    {
        transaction.Connection.Execute($"PRAGMA max_page_count = {pages}");
        using var rows = transaction.Connection["PRAGMA page_count"].Query(out var row);
        rows.Next();
        return row.Long(0);
    }, cancellationToken);

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }
        _isDisposed = true;
        _writer.Dispose();
        await base.DisposeAsync().ConfigureAwait(false);
        _writing.Dispose();
        _folder.Dispose();
    }

    private bool SaveSearch(StoreTransaction transaction, string id, Action<Stream> save)
    {
        try
        {
            using var file = new FileStream(_folder.SearchSnapshot(id), FileMode.Create, FileAccess.Write);
            save(file);
            file.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CatalogException(CatalogFault.Unavailable, $"The search index cannot be saved: {e.Message}");
        }
        transaction.Connection.Execute("DELETE FROM search_pending");
        transaction.Connection.Execute("DELETE FROM search_snapshot");
        transaction.Connection["INSERT INTO search_snapshot (id) VALUES (?1)"].Bind(1, id).Execute();
        return true;
    }

    private long Now() => _time.GetUtcNow().ToUnixTimeMilliseconds();
}
