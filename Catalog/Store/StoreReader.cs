using System.Collections.Concurrent;
using System.Text.Json;
using Discovery.Catalog.Graph;
using Discovery.Catalog.Store.Sqlite;
using Discovery.Metadata.Model;
using Microsoft.Data.Sqlite;

namespace Discovery.Catalog.Store;

/// <summary>Reads a store, which another process may write to. Safe for use by many threads; each call sees what was committed last.</summary>
public class StoreReader : IAsyncDisposable
{
    private readonly string _database;
    private readonly ConcurrentBag<StoreConnection> _idle = [];

    private protected StoreReader(string database) => _database = database;

    private protected static AspectRegistry Registry => AspectRegistry.Instance;

    /// <summary>Opens the store of a folder for reading.</summary>
    /// <exception cref="CatalogException">There is none, it cannot be read, or it has another schema than this version's.</exception>
    public static StoreReader OpenRead(string folder)
    {
        var database = Path.Combine(folder, StoreFolder.DatabaseName);
        if (!File.Exists(database))
        {
            throw new CatalogException(CatalogFault.NotFound, $"There is no catalog in {folder}.");
        }
        try
        {
            CheckSchema(database);
            return new StoreReader(database);
        }
        catch (SqliteException e)
        {
            throw new CatalogException(CatalogFault.Unavailable, $"{database} cannot be read. {e.Message}");
        }
    }

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
        Metadata.Urn.TryParse(urn, out var parsed) && Registry.Entities.TryGetValue(parsed.EntityType, out var entity)
        && Read(connection => new AspectTable(connection).Has(urn, entity.KeyAspect));

    /// <summary>Whether an entity is soft-deleted: its <c>status</c> says <c>{"removed": true}</c>.</summary>
    public bool IsRemoved(string urn)
    {
        if (Read(urn, "status") is not { } status)
        {
            return false;
        }
        using var json = JsonDocument.Parse(status.Value);
        return json.RootElement.TryGetProperty("removed", out var removed) && removed.ValueKind == JsonValueKind.True;
    }

    /// <summary>Urns of a type in order of text.</summary>
    public IReadOnlyList<string> ListUrns(string entityType, int start, int count, out long total)
    {
        var key = Registry.Entities[entityType].KeyAspect;
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

    /// <summary>Runs, newest first; without <paramref name="includeSoft"/> those whose entities are all soft-deleted are left out.</summary>
    public IReadOnlyList<RunSummary> ListRuns(int start, int count, bool includeSoft) => Read(connection => new RunTable(connection, Registry).List(start, count, includeSoft));

    /// <summary>The current aspects that a run wrote.</summary>
    public IReadOnlyList<RunRow> DescribeRun(string runId, int start, int count, bool includeSoft) =>
        Read(connection => new RunTable(connection, Registry).Describe(runId, start, count, includeSoft));

    /// <summary>Relationships from an entity.</summary>
    public IReadOnlyList<Relationship> Outgoing(string urn) => Read(connection => new RelationshipTable(connection).Outgoing(urn));

    /// <summary>Relationships to an entity.</summary>
    public IReadOnlyList<Relationship> Incoming(string urn) => Read(connection => new RelationshipTable(connection).Incoming(urn));

    /// <summary>Writes a copy of the store as it is now to a new file, while reading and writing go on.</summary>
    /// <exception cref="CatalogException">The file exists or cannot be written; what was begun of it is removed.</exception>
    public void BackUp(string file)
    {
        if (File.Exists(file))
        {
            throw new CatalogException(CatalogFault.Exists, $"{file} exists: a backup goes to a new file.");
        }
        try
        {
            Read(connection => connection["VACUUM INTO ?1"].Bind(1, file).Execute());
        }
        catch (SqliteException e)
        {
            if (File.Exists(file))
            {
                File.Delete(file);
            }
            throw new CatalogException(CatalogFault.Unavailable, $"The backup cannot be written to {file}. {e.Message}");
        }
    }

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync()
    {
        foreach (var connection in _idle)
        {
            connection.Dispose();
        }
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private static void CheckSchema(string database)
    {
        using var connection = StoreConnection.Open(database, readOnly: true);
        using var rows = connection["PRAGMA user_version"].Query(out var row);
        rows.Next();
        var schema = row.Long(0);
        if (schema != CatalogStore.Schema)
        {
            var remedy = schema < CatalogStore.Schema ? "start the catalog on it once, which brings it to that schema" : "use the version of Discovery that wrote it, or a newer one";
            throw new CatalogException(CatalogFault.Unavailable, $"{database} has schema {schema} and this version reads schema {CatalogStore.Schema}: {remedy}.");
        }
    }

    private protected T Read<T>(Func<StoreConnection, T> read)
    {
        if (!_idle.TryTake(out var connection))
        {
            connection = StoreConnection.Open(_database, readOnly: true);
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
}

/// <summary>An entity with its current aspects, timeseries left out; without aspects when it was removed.</summary>
public sealed record EntityState(string Urn, string EntityType, IReadOnlyList<StoredAspect> Aspects);
