using Discovery.Catalog.Search.Storage;

namespace Discovery.Catalog.Search.Results;

/// <summary>The order of matches, which leaves no two in the same place: what is equal otherwise is ordered by urn.</summary>
internal sealed class MatchOrder : IComparer<int>
{
    private readonly List<SortKey> _keys;

    /// <summary>Makes an order.</summary>
    /// <param name="sort">The fields; none for the best match first.</param>
    /// <param name="scores">How well documents match; null where all match alike.</param>
    /// <param name="content">The index.</param>
    public MatchOrder(IReadOnlyList<SortBy> sort, float[]? scores, IndexContent content)
    {
        _keys = sort.Count == 0 ? [new SortKey.ScoreKey(scores)] : [.. sort.Select(each => SortKey.Of(each, content)).OfType<SortKey>()];
        _keys.Add(new SortKey.UrnKey(content, descending: false));
    }

    /// <inheritdoc/>
    public int Compare(int left, int right)
    {
        foreach (var key in _keys)
        {
            if (key.Compare(left, right) is not 0 and var order)
            {
                return order;
            }
        }
        return 0;
    }

    /// <summary>The documents that come after a place.</summary>
    /// <exception cref="CatalogException">The place is not one of this order.</exception>
    public List<int> After(IReadOnlyList<string?> place, IEnumerable<int> documents)
    {
        try
        {
            return place.Count == _keys.Count ? [.. documents.Where(document => IsAfter(document, place))] : throw ScrollPosition.Malformed();
        }
        catch (Exception fault) when (fault is FormatException or OverflowException)
        {
            throw ScrollPosition.Malformed();
        }
    }

    /// <summary>The place of a document.</summary>
    public IReadOnlyList<string?> Describe(int document) => [.. _keys.Select(key => key.Describe(document))];

    /// <summary>The first matches in order.</summary>
    /// <param name="matches">The documents.</param>
    /// <param name="count">Most to take.</param>
    /// <param name="seen">How many there were.</param>
    public int[] First(IEnumerable<int> matches, int count, out int seen)
    {
        seen = 0;
        // The root is the last of those that are kept.
        var kept = new PriorityQueue<int, int>(Comparer<int>.Create((left, right) => Compare(right, left)));
        foreach (var document in matches)
        {
            seen++;
            if (kept.Count < count)
            {
                kept.Enqueue(document, document);
            }
            else if (count > 0 && Compare(document, kept.Peek()) < 0)
            {
                kept.DequeueEnqueue(document, document);
            }
        }
        var first = new int[kept.Count];
        for (var i = first.Length - 1; i >= 0; i--)
        {
            first[i] = kept.Dequeue();
        }
        return first;
    }

    private bool IsAfter(int document, IReadOnlyList<string?> place)
    {
        for (var i = 0; i < _keys.Count; i++)
        {
            if (_keys[i].CompareTo(document, place[i]) is not 0 and var order)
            {
                return order > 0;
            }
        }
        return false;
    }
}
