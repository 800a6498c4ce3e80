using System.Collections.Concurrent;
using Discovery.Catalog.Graph;
using Discovery.Catalog.Store.Sqlite;
using Discovery.Catalog.Writes;
using Discovery.Metadata.Model;
using Discovery.Web.Migrations;

namespace Discovery.Catalog.Store;

/// <summary>The aspects of all entities, durable in one SQLite file. Safe for use by many threads.</summary>
public sealed class CatalogStore : IAsyncDisposable
{
    private static readonly SqliteMigrations Migrations = SqliteMigrations.Of(typeof(CatalogStore).Assembly, "store/");
    private readonly StoreFolder _folder;
    private readonly TimeProvider _time;
    private readonly AspectRegistry _registry = AspectRegistry.Instance;
    private readonly StoreConnection _writing;
    private readonly StoreWriter _writer;
    private readonly ConcurrentBag<StoreConnection> _idle = [];

    private CatalogStore(StoreFolder folder, TimeProvider time, StoreConnection writing)
    {
        _folder = folder;
        _time = time;
        _writing = writing;
        _writer = new StoreWriter(new StoreTransaction(writing, _registry), changed => Changed?.Invoke(changed));
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
        try
        {
            var connection = StoreConnection.Open(opened.Database, readOnly: false);
            // Readers see what was committed last while the writer goes on; a commit is on the disk when it returns.
            connection.Execute("PRAGMA journal_mode = WAL");
            connection.Execute("PRAGMA synchronous = FULL");
            connection.Execute("PRAGMA wal_autocheckpoint = 4000");
            connection.Execute("PRAGMA journal_size_limit = 67108864");
            connection.Execute("PRAGMA cache_size = -32768");
            Migrations.Apply(connection.Connection);
            return new CatalogStore(opened, time, connection);
        }
        catch (Exception e)
        {
            opened.Dispose();
            throw e is NewerSchemaException or Microsoft.Data.Sqlite.SqliteException
                ? new CatalogException(CatalogFault.Unavailable, $"{opened.Database} cannot be opened. {e.Message}")
                : e;
        }
    }

    /// <summary>Writes all changes or none. What is acknowledged is on the disk.</summary>
    /// <returns>One result per change, then those of aspects that the server added (keys, defaults).</returns>
    /// <exception cref="CatalogException">A creation met something, or a condition does not hold; nothing was written.</exception>
    public Task<IReadOnlyList<WrittenAspect>> WriteAsync(IReadOnlyList<AspectChange> changes, string actor, CancellationToken cancellationToken) =>
        _writer.RunAsync(transaction => new AspectWriter(transaction, actor, Now()).Write(changes), cancellationToken);

    /// <summary>One version of an aspect; -1 is the newest of the history, -2 the one before. Null where there is none.</summary>
    public StoredAspect? Read(string urn, string aspect, long version = 0) =>
        Read(connection => version >= 0 ? new AspectTable(connection).Version(urn, aspect, version) : new AspectTable(connection).Before(urn, aspect, -version));

    /// <summary>The current aspects of an entity, timeseries left out; those named, or all.</summary>
    public IReadOnlyList<StoredAspect> ReadEntity(string urn, IReadOnlyCollection<string>? aspects = null) => Read(connection =>
    {
        var table = new AspectTable(connection);
        return aspects is null ? table.CurrentOf(urn) : [.. aspects.Distinct(StringComparer.Ordinal).Select(aspect => table.Current(urn, aspect)).OfType<StoredAspect>()];
    });

    /// <summary>All versions of an aspect in the order in which they were written; the current one is the last.</summary>
    public IReadOnlyList<StoredAspect> ReadHistory(string urn, string aspect) => Read(connection =>
    {
        // One snapshot: a write between the two would show a version twice.
        connection.Execute("BEGIN");
        try
        {
            var table = new AspectTable(connection);
            var versions = table.History(urn, aspect);
            if (table.Current(urn, aspect) is { } current)
            {
                versions.Add(current);
            }
            return versions;
        }
        finally
        {
            connection.Execute("COMMIT");
        }
    });

    /// <summary>Whether the key aspect of an entity is stored.</summary>
    public bool Exists(string urn) =>
        Metadata.Urn.TryParse(urn, out var parsed) && _registry.Entities.TryGetValue(parsed.EntityType, out var entity)
        && Read(connection => new AspectTable(connection).Has(urn, entity.KeyAspect));

    /// <summary>Urns of a type in order of text.</summary>
    public IReadOnlyList<string> ListUrns(string entityType, int start, int count, out long total)
    {
        var key = _registry.Entities[entityType].KeyAspect;
        (var urns, total) = Read(connection =>
        {
            var found = new List<string>();
            using (var rows = connection["SELECT urn FROM metadata_aspect_v2 WHERE urn >= ?1 AND urn < ?2 AND aspect = ?3 AND version = 0 ORDER BY urn LIMIT ?4 OFFSET ?5"]
                .Bind(1, $"urn:li:{entityType}:").Bind(2, $"urn:li:{entityType};").Bind(3, key).Bind(4, count).Bind(5, start).Query(out var row))
            {
                while (rows.Next())
                {
                    found.Add(row.Text(0));
                }
            }
            return (found, new AspectTable(connection).Count(key, $"urn:li:{entityType}:%"));
        });
        return urns;
    }

    /// <summary>How many entities have an aspect; <paramref name="urnLike"/> is a pattern of SQL's LIKE.</summary>
    public long Count(string aspect, string? urnLike) => Read(connection => new AspectTable(connection).Count(aspect, urnLike ?? "%"));

    /// <summary>Documents of a timeseries aspect, newest first.</summary>
    public IReadOnlyList<TimeseriesDocument> ReadTimeseries(TimeseriesQuery query) => Read(connection => new TimeseriesTable(connection).Read(query));

    /// <summary>Every entity with its current aspects, in order of urn; what is written meanwhile may or may not be among them.</summary>
    public IEnumerable<EntityState> ReadAll()
    {
        var after = "";
        while (true)
        {
            var page = Read(connection => new AspectTable(connection).CurrentAfter(after, 2000));
            // The last entity of a page may go on in the next one.
            var entities = page.GroupBy(aspect => aspect.Urn, StringComparer.Ordinal).ToList();
            foreach (var entity in entities.Count > 1 ? entities.SkipLast(1) : entities)
            {
                yield return new EntityState(entity.Key, Metadata.Urn.Parse(entity.Key).EntityType, entities.Count > 1 ? [.. entity] : ReadEntity(entity.Key));
                after = entity.Key;
            }
            if (entities.Count == 0)
            {
                yield break;
            }
        }
    }

    /// <summary>An entity as it is now; without aspects where there is none.</summary>
    public EntityState ReadState(string urn) => new(urn, Metadata.Urn.Parse(urn).EntityType, ReadEntity(urn));

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

    /// <summary>Removes one aspect with its history; of a timeseries aspect all documents. Without its key, an entity is gone.</summary>
    public Task<DeletedRows> DeleteAspectAsync(string urn, string aspect, CancellationToken cancellationToken) =>
        _writer.RunAsync(transaction => aspect == _registry.Entities[Metadata.Urn.Parse(urn).EntityType].KeyAspect
            ? transaction.DeleteEntity(urn)
            : new DeletedRows(transaction.DeleteAspect(urn, aspect), transaction.Timeseries.Delete(urn, aspect, long.MinValue, long.MaxValue)), cancellationToken);

    /// <summary>Removes documents of a timeseries aspect between two times, both inclusive.</summary>
    public Task<DeletedRows> DeleteTimeseriesAsync(string urn, string aspect, long from, long to, CancellationToken cancellationToken) =>
        _writer.RunAsync(transaction => new DeletedRows(0, transaction.Timeseries.Delete(urn, aspect, from, to)), cancellationToken);

    /// <summary>Runs, newest first; without <paramref name="includeSoft"/> those whose entities are all soft-deleted are left out.</summary>
    public IReadOnlyList<RunSummary> ListRuns(int start, int count, bool includeSoft) => Read(connection => new RunTable(connection, _registry).List(start, count, includeSoft));

    /// <summary>The current aspects that a run wrote.</summary>
    public IReadOnlyList<RunRow> DescribeRun(string runId, int start, int count, bool includeSoft) =>
        Read(connection => new RunTable(connection, _registry).Describe(runId, start, count, includeSoft));

    /// <summary>Takes back what a run wrote; <paramref name="safe"/> hides the entities that it created instead of removing them.</summary>
    public Task<RollbackResult> RollBackAsync(string runId, bool dryRun, bool safe, string actor, CancellationToken cancellationToken) =>
        _writer.RunAsync(transaction =>
        {
            var rollback = new RunRollback(transaction, _registry, runId, safe, actor, Now());
            return dryRun ? rollback.Preview() : rollback.Apply();
        }, cancellationToken);

    /// <summary>Relationships from an entity.</summary>
    public IReadOnlyList<Relationship> Outgoing(string urn) => Read(connection => new RelationshipTable(connection).Outgoing(urn));

    /// <summary>Relationships to an entity.</summary>
    public IReadOnlyList<Relationship> Incoming(string urn) => Read(connection => new RelationshipTable(connection).Incoming(urn));

    /// <summary>Writes a copy of the store as it is now to a new file, while reading and writing go on.</summary>
    /// <exception cref="CatalogException">The file exists or cannot be written.</exception>
    public void BackUp(string file)
    {
        if (File.Exists(file))
        {
            throw new CatalogException(CatalogFault.Exists, $"{file} exists: a backup goes to a new file.");
        }
        Read(connection => connection["VACUUM INTO ?1"].Bind(1, file).Execute());
    }

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
    public ValueTask DisposeAsync()
    {
        _writer.Dispose();
        foreach (var connection in _idle)
        {
            connection.Dispose();
        }
        _writing.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private bool SaveSearch(StoreTransaction transaction, string id, Action<Stream> save)
    {
        try
        {
            using var file = new FileStream(_folder.SearchSnapshot(id), FileMode.CreateNew, FileAccess.Write);
            save(file);
            file.Flush(flushToDisk: true);
        }
        catch (IOException e)
        {
            throw new CatalogException(CatalogFault.Unavailable, $"The search index cannot be saved: {e.Message}");
        }
        transaction.Connection.Execute("DELETE FROM search_pending");
        transaction.Connection.Execute("DELETE FROM search_snapshot");
        transaction.Connection["INSERT INTO search_snapshot (id) VALUES (?1)"].Bind(1, id).Execute();
        return true;
    }

    private T Read<T>(Func<StoreConnection, T> read)
    {
        if (!_idle.TryTake(out var connection))
        {
            connection = StoreConnection.Open(_folder.Database, readOnly: true);
        }
        try
        {
            return read(connection);
        }
        finally
        {
            _idle.Add(connection);
        }
    }

    private long Now() => _time.GetUtcNow().ToUnixTimeMilliseconds();
}

/// <summary>An entity with its current aspects, timeseries left out; without aspects when it was removed.</summary>
public sealed record EntityState(string Urn, string EntityType, IReadOnlyList<StoredAspect> Aspects);
