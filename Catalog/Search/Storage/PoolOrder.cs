using System.Buffers.Binary;

namespace Discovery.Catalog.Search.Storage;

/// <summary>
/// The order of the strings of a pool by their bytes. Strings that came last are few and not yet in it; they are looked at one by one.
/// </summary>
internal sealed class PoolOrder(BytePool pool)
{
    private readonly GrowArray<int> _sorted = new();
    private readonly GrowArray<int> _ranks = new();

    /// <summary>Takes the newest strings into the order when they have become many.</summary>
    public void Update()
    {
        var fresh = pool.Count - _sorted.Count;
        if (fresh <= Math.Max(1024, _sorted.Count / 4))
        {
            return;
        }
        var added = Sort(_sorted.Count, fresh);
        var merged = new int[pool.Count];
        var (left, right) = (0, 0);
        for (var i = 0; i < merged.Length; i++)
        {
            merged[i] = right == added.Length || (left < _sorted.Count && pool[_sorted[left]].SequenceCompareTo(pool[added[right]]) < 0)
                ? _sorted[left++]
                : added[right++];
        }
        _sorted.Replace(merged);
        var ranks = new int[merged.Length];
        for (var i = 0; i < merged.Length; i++)
        {
            ranks[merged[i]] = i;
        }
        _ranks.Replace(ranks);
    }

    /// <summary>Compares two strings of the pool by their bytes.</summary>
    public int Compare(int left, int right) => left < _ranks.Count && right < _ranks.Count
        ? _ranks[left].CompareTo(_ranks[right])
        : pool[left].SequenceCompareTo(pool[right]);

    /// <summary>Adds the numbers of all strings that begin with some bytes.</summary>
    public void AddStartingWith(ReadOnlySpan<byte> prefix, List<int> found)
    {
        // Strings lie all over the memory: only those are looked at that find the ends of the range.
        var first = FirstFrom(prefix, 0, includesPrefix: false);
        found.AddRange(_sorted.Span[first..FirstFrom(prefix, first, includesPrefix: true)]);
        for (var id = _sorted.Count; id < pool.Count; id++)
        {
            if (pool[id].StartsWith(prefix))
            {
                found.Add(id);
            }
        }
    }

    /// <summary>The first place in the order whose string is not before a prefix, or not before and not beginning with it.</summary>
    private int FirstFrom(ReadOnlySpan<byte> prefix, int low, bool includesPrefix)
    {
        var high = _sorted.Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            var text = pool[_sorted[middle]];
            if (text.SequenceCompareTo(prefix) < 0 || (includesPrefix && text.StartsWith(prefix)))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }
        return low;
    }

    /// <summary>Writes the order.</summary>
    public void Save(SnapshotWriter writer)
    {
        _sorted.Save(writer);
        _ranks.Save(writer);
    }

    /// <summary>Reads the order of a pool.</summary>
    public static PoolOrder Load(BytePool pool, SnapshotReader reader)
    {
        var order = new PoolOrder(pool);
        order._sorted.Load(reader);
        order._ranks.Load(reader);
        return order;
    }

    /// <summary>Sorts by the first eight bytes as a number, then those alike by all bytes.</summary>
    private int[] Sort(int first, int count)
    {
        var ids = new int[count];
        var heads = new ulong[count];
        Span<byte> head = stackalloc byte[sizeof(ulong)];
        for (var i = 0; i < count; i++)
        {
            ids[i] = first + i;
            var text = pool[ids[i]];
            head.Clear();
            text[..Math.Min(head.Length, text.Length)].CopyTo(head);
            heads[i] = BinaryPrimitives.ReadUInt64BigEndian(head);
        }
        Array.Sort(heads, ids);
        for (var start = 0; start < count;)
        {
            var end = start + 1;
            while (end < count && heads[end] == heads[start])
            {
                end++;
            }
            if (end - start > 1)
            {
                ids.AsSpan(start, end - start).Sort((left, right) => pool[left].SequenceCompareTo(pool[right]));
            }
            start = end;
        }
        return ids;
    }
}
