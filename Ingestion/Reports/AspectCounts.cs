namespace Discovery.Ingestion.Reports;

/// <summary>Counts of aspects per entity type.</summary>
public sealed class AspectCounts
{
    private readonly SortedDictionary<string, SortedDictionary<string, long>> _counts = new(StringComparer.Ordinal);

    /// <summary>Entity type, then aspect name, then count; in ordinal order.</summary>
    public IEnumerable<KeyValuePair<string, SortedDictionary<string, long>>> ByEntityType => _counts;

    internal void Add(string entityType, string aspectName)
    {
        if (!_counts.TryGetValue(entityType, out var aspects))
        {
            _counts.Add(entityType, aspects = new(StringComparer.Ordinal));
        }
        aspects[aspectName] = aspects.GetValueOrDefault(aspectName) + 1;
    }
}
