#pragma warning disable CA1822 // until it is built
using Discovery.Catalog.Writes;

namespace Discovery.Catalog.Store;

/// <summary>The aspects of all entities, durable in one SQLite file. Safe for use by many threads.</summary>
public sealed class CatalogStore : IAsyncDisposable
{
    /// <summary>Opens the store of a folder, which is created where it is missing, and brings it to the newest schema.</summary>
    /// <exception cref="CatalogException">Another process has it open, or it is of a newer version.</exception>
    public static CatalogStore Open(string folder, TimeProvider time) => throw new NotImplementedException();

    /// <summary>Called with each entity that changed, after it is durable and before the write is acknowledged; one call at a time.</summary>
    public event Action<IReadOnlyList<EntityState>>? Changed { add { } remove { } }

    /// <summary>Writes all changes or none. What is acknowledged is on the disk.</summary>
    /// <returns>One result per change, then those of aspects that the server added (keys, defaults).</returns>
    /// <exception cref="CatalogException">A creation met something, or a condition does not hold; nothing was written.</exception>
    public Task<IReadOnlyList<WrittenAspect>> WriteAsync(IReadOnlyList<AspectChange> changes, string actor, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>One version of an aspect; -1 is the newest of the history, -2 the one before. Null where there is none.</summary>
    public StoredAspect? Read(string urn, string aspect, long version = 0) => throw new NotImplementedException();

    /// <summary>The current aspects of an entity, timeseries left out; those named, or all.</summary>
    public IReadOnlyList<StoredAspect> ReadEntity(string urn, IReadOnlyCollection<string>? aspects = null) => throw new NotImplementedException();

    /// <summary>All versions of an aspect in the order in which they were written; the current one is the last.</summary>
    public IReadOnlyList<StoredAspect> ReadHistory(string urn, string aspect) => throw new NotImplementedException();

    /// <summary>Whether the key aspect of an entity is stored.</summary>
    public bool Exists(string urn) => throw new NotImplementedException();

    /// <summary>Urns of a type in order of text.</summary>
    public IReadOnlyList<string> ListUrns(string entityType, int start, int count, out long total) => throw new NotImplementedException();

    /// <summary>How many entities have an aspect; <paramref name="urnLike"/> is a pattern of SQL's LIKE.</summary>
    public long Count(string aspect, string? urnLike) => throw new NotImplementedException();

    /// <summary>Documents of a timeseries aspect, newest first.</summary>
    public IReadOnlyList<TimeseriesDocument> ReadTimeseries(TimeseriesQuery query) => throw new NotImplementedException();

    /// <summary>Every entity with its current aspects, in batches; for an index that is made anew.</summary>
    public IEnumerable<IReadOnlyList<EntityState>> ReadAll() => throw new NotImplementedException();

    /// <summary>Removes an entity with its history, timeseries and relationships.</summary>
    public Task<DeletedRows> DeleteEntityAsync(string urn, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Removes one aspect with its history; of a timeseries aspect all documents.</summary>
    public Task<DeletedRows> DeleteAspectAsync(string urn, string aspect, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Removes documents of a timeseries aspect between two times, both inclusive.</summary>
    public Task<DeletedRows> DeleteTimeseriesAsync(string urn, string aspect, long from, long to, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Runs, newest first; without <paramref name="includeSoft"/> those whose entities are all soft-deleted are left out.</summary>
    public IReadOnlyList<RunSummary> ListRuns(int start, int count, bool includeSoft) => throw new NotImplementedException();

    /// <summary>The current aspects that a run wrote.</summary>
    public IReadOnlyList<RunRow> DescribeRun(string runId, int start, int count, bool includeSoft) => throw new NotImplementedException();

    /// <summary>Takes back what a run wrote; <paramref name="safe"/> hides the entities that it created instead of removing them.</summary>
    public Task<RollbackResult> RollBackAsync(string runId, bool dryRun, bool safe, string actor, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Relationships from an entity.</summary>
    public IReadOnlyList<Graph.Relationship> Outgoing(string urn) => throw new NotImplementedException();

    /// <summary>Relationships to an entity.</summary>
    public IReadOnlyList<Graph.Relationship> Incoming(string urn) => throw new NotImplementedException();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}

/// <summary>An entity with its current aspects, timeseries left out; without aspects when it was removed.</summary>
public sealed record EntityState(string Urn, string EntityType, IReadOnlyList<StoredAspect> Aspects);
