namespace Discovery.Catalog.Store;

/// <summary>One stored version of an aspect.</summary>
/// <param name="Urn">The entity.</param>
/// <param name="Aspect">Name of the aspect.</param>
/// <param name="Version">0 for the latest; 1 for the oldest that was ever replaced, and so on.</param>
/// <param name="Value">The aspect as UTF-8 JSON.</param>
/// <param name="SystemMetadata">Its system metadata as UTF-8 JSON.</param>
/// <param name="CreatedOn">When this version was written, in milliseconds since 1970-01-01 UTC.</param>
/// <param name="CreatedBy">Urn of who wrote it.</param>
public sealed record StoredAspect(
    string Urn, string Aspect, long Version, ReadOnlyMemory<byte> Value, ReadOnlyMemory<byte> SystemMetadata, long CreatedOn, string CreatedBy);

/// <summary>One document of a timeseries aspect.</summary>
/// <param name="Timestamp"><c>timestampMillis</c> of the aspect.</param>
/// <param name="Value">The aspect as UTF-8 JSON.</param>
/// <param name="SystemMetadata">Its system metadata as UTF-8 JSON.</param>
public sealed record TimeseriesDocument(long Timestamp, ReadOnlyMemory<byte> Value, ReadOnlyMemory<byte> SystemMetadata);

/// <summary>What a write did.</summary>
/// <param name="Urn">The entity.</param>
/// <param name="Aspect">Name of the aspect.</param>
/// <param name="Value">The aspect as it is stored now, as UTF-8 JSON; empty where <paramref name="Outcome"/> is <see cref="WriteOutcome.Skipped"/>.</param>
/// <param name="SystemMetadata">Its system metadata as UTF-8 JSON.</param>
/// <param name="Outcome">What happened.</param>
public sealed record WrittenAspect(string Urn, string Aspect, ReadOnlyMemory<byte> Value, ReadOnlyMemory<byte> SystemMetadata, WriteOutcome Outcome);

/// <summary>What a write did to an aspect.</summary>
public enum WriteOutcome
{
    /// <summary>A new version was written.</summary>
    Changed,

    /// <summary>The value was there; its system metadata now names this run.</summary>
    Unchanged,

    /// <summary>A creation that may be left out met something existing.</summary>
    Skipped,
}

/// <summary>A run that wrote aspects which are current still.</summary>
/// <param name="RunId">Its id.</param>
/// <param name="Rows">How many.</param>
/// <param name="Timestamp">The latest <c>lastObserved</c>, in milliseconds since 1970-01-01 UTC.</param>
public sealed record RunSummary(string RunId, long Rows, long Timestamp);

/// <summary>A current aspect that a run wrote.</summary>
public sealed record RunRow(string RunId, string Urn, string Aspect, long Timestamp, bool KeyAspect);

/// <summary>What a rollback did, or would do.</summary>
/// <param name="Rows">The rows of the run, at most 100.</param>
/// <param name="AspectsReverted">Rows taken back.</param>
/// <param name="EntitiesAffected">Entities with such rows.</param>
/// <param name="EntitiesDeleted">Entities that the run created.</param>
/// <param name="UnsafeEntities">Entities that the run created and others wrote to since, at most 100 urns.</param>
/// <param name="UnsafeEntityCount">How many there are.</param>
/// <param name="AspectsAffected">Aspects of others that go along.</param>
public sealed record RollbackResult(
    IReadOnlyList<RunRow> Rows,
    long AspectsReverted,
    long EntitiesAffected,
    long EntitiesDeleted,
    IReadOnlyList<string> UnsafeEntities,
    long UnsafeEntityCount,
    long AspectsAffected);

/// <summary>What a hard delete removed.</summary>
/// <param name="Rows">Versions of aspects, history included.</param>
/// <param name="TimeseriesRows">Documents of timeseries aspects.</param>
public readonly record struct DeletedRows(long Rows, long TimeseriesRows);

/// <summary>Asks for documents of a timeseries aspect, newest first.</summary>
/// <param name="Urn">The entity.</param>
/// <param name="Aspect">Name of the aspect.</param>
/// <param name="Limit">Most documents.</param>
/// <param name="From">Earliest <c>timestampMillis</c>, inclusive.</param>
/// <param name="To">Latest <c>timestampMillis</c>, inclusive.</param>
public sealed record TimeseriesQuery(string Urn, string Aspect, int Limit, long From = long.MinValue, long To = long.MaxValue)
{
    /// <summary>Takes a document, by its JSON; all of these must hold.</summary>
    public Func<TimeseriesDocument, bool>? Filter { get; init; }
}
