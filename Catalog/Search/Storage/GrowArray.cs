using System.Runtime.InteropServices;

namespace Discovery.Catalog.Search.Storage;

/// <summary>An array that grows at its end. One thread writes; others read what was there when they were let in.</summary>
internal sealed class GrowArray<T>
    where T : unmanaged
{
    private T[] _items = [];

    /// <summary>How many items there are.</summary>
    public int Count { get; private set; }

    /// <summary>The items.</summary>
    public Span<T> Span => _items.AsSpan(0, Count);

    /// <summary>One item, to be read or written.</summary>
    public ref T this[int index] => ref Span[index];

    /// <summary>Puts an item at the end.</summary>
    public void Add(T item)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, Math.Max(16, Count + (Count >> 1)));
        }
        _items[Count++] = item;
    }

    /// <summary>Grows to a number of items; the new ones have one value.</summary>
    public void GrowTo(int count, T value)
    {
        while (Count < count)
        {
            Add(value);
        }
    }

    /// <summary>Replaces all items.</summary>
    public void Replace(T[] items)
    {
        _items = items;
        Count = items.Length;
    }

    /// <summary>Writes the items.</summary>
    public void Save(SnapshotWriter writer)
    {
        writer.Write(Count);
        writer.Write(MemoryMarshal.AsBytes(Span));
    }

    /// <summary>Reads the items.</summary>
    public void Load(SnapshotReader reader)
    {
        var items = new T[reader.ReadCount(Marshal.SizeOf<T>())];
        reader.Read(MemoryMarshal.AsBytes(items.AsSpan()));
        Replace(items);
    }
}
