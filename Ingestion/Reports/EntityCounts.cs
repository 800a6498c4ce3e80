using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Discovery.Ingestion.Reports;

/// <summary>Counts of work units per entity type. Thread-safe.</summary>
public sealed class EntityCounts
{
    private readonly ConcurrentDictionary<string, StrongBox<long>> _counts = new(StringComparer.Ordinal);

    /// <summary>Entity types that were counted, in ordinal order.</summary>
    public IEnumerable<string> EntityTypes => _counts.Keys.Order(StringComparer.Ordinal);

    /// <summary>The sum over all entity types.</summary>
    public long Total => _counts.Values.Sum(box => Interlocked.Read(ref box.Value));

    /// <summary>The count of one entity type, 0 if it was never counted.</summary>
    public long this[string entityType] => _counts.TryGetValue(entityType, out var box) ? Interlocked.Read(ref box.Value) : 0;

    internal void Add(string entityType) => Interlocked.Increment(ref _counts.GetOrAdd(entityType, static _ => new StrongBox<long>()).Value);
}
