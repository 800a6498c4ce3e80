using System.Numerics;
using System.Runtime.InteropServices;

namespace Discovery.Catalog.Search.Storage;

/// <summary>Byte strings, each stored once and known by a number that counts up from 0.</summary>
internal sealed class BytePool
{
    /// <summary>Longest string, in bytes.</summary>
    public const int MaxLength = 1 << 15;

    private const int ChunkBytes = 1 << 16; // below what the runtime keeps on the heap for large objects
    private const int LengthBits = 16;

    private readonly List<byte[]> _chunks = [];
    private readonly GrowArray<long> _places = new(); // (chunk * ChunkBytes + offset) << LengthBits | length
    private ulong[] _slots = new ulong[16]; // hash << 32 | id + 1; 0 is empty
    private int _used; // bytes of the last chunk

    /// <summary>How many strings there are.</summary>
    public int Count => _places.Count;

    /// <summary>The bytes of a string.</summary>
    public ReadOnlySpan<byte> this[int id]
    {
        get
        {
            var place = _places[id];
            var address = place >> LengthBits;
            return _chunks[(int)(address / ChunkBytes)].AsSpan((int)(address % ChunkBytes), (int)(place & ((1 << LengthBits) - 1)));
        }
    }

    /// <summary>The number of a string, or -1.</summary>
    public int Find(ReadOnlySpan<byte> text)
    {
        var hash = Hash(text);
        for (var slot = hash & (uint)(_slots.Length - 1); _slots[slot] != 0; slot = (slot + 1) & (uint)(_slots.Length - 1))
        {
            var entry = _slots[slot];
            if ((uint)(entry >> 32) == hash && this[(int)(uint)entry - 1].SequenceEqual(text))
            {
                return (int)(uint)entry - 1;
            }
        }
        return -1;
    }

    /// <summary>The number of a string, which is stored where it is not yet; one that is too long is cut.</summary>
    public int Add(ReadOnlySpan<byte> text)
    {
        text = text.Length > MaxLength ? text[..MaxLength] : text;
        var found = Find(text);
        if (found >= 0)
        {
            return found;
        }
        if ((_places.Count + 1) * 4L > _slots.Length * 3L)
        {
            GrowSlots();
        }
        var id = _places.Count;
        _places.Add((Store(text) << LengthBits) | (uint)text.Length);
        Place(_slots, ((ulong)Hash(text) << 32) | (uint)(id + 1));
        return id;
    }

    /// <summary>Writes the pool.</summary>
    public void Save(SnapshotWriter writer)
    {
        _places.Save(writer);
        writer.Write(_slots.Length);
        writer.Write(MemoryMarshal.AsBytes(_slots.AsSpan()));
        writer.Write(_chunks.Count);
        writer.Write(_used);
        for (var i = 0; i < _chunks.Count; i++)
        {
            writer.Write(_chunks[i].AsSpan(0, i == _chunks.Count - 1 ? _used : ChunkBytes));
        }
    }

    /// <summary>Reads a pool.</summary>
    public static BytePool Load(SnapshotReader reader)
    {
        var pool = new BytePool();
        pool._places.Load(reader);
        pool._slots = new ulong[reader.ReadCount(sizeof(ulong))];
        reader.Read(MemoryMarshal.AsBytes(pool._slots.AsSpan()));
        var chunks = reader.ReadCount(1);
        pool._used = reader.ReadCount(1);
        for (var i = 0; i < chunks; i++)
        {
            var length = i == chunks - 1 ? pool._used : ChunkBytes;
            var chunk = new byte[length];
            reader.Read(chunk);
            pool._chunks.Add(chunk);
        }
        return pool;
    }

    private static uint Hash(ReadOnlySpan<byte> text)
    {
        const ulong Factor = 0x9E3779B97F4A7C15;
        var hash = (ulong)text.Length * Factor;
        while (text.Length >= sizeof(ulong))
        {
            hash = BitOperations.RotateLeft((hash ^ MemoryMarshal.Read<ulong>(text)) * Factor, 29);
            text = text[sizeof(ulong)..];
        }
        foreach (var value in text)
        {
            hash = BitOperations.RotateLeft((hash ^ value) * Factor, 29);
        }
        return (uint)((hash * Factor) >> 32);
    }

    private static void Place(ulong[] slots, ulong entry)
    {
        var slot = (uint)(entry >> 32) & (uint)(slots.Length - 1);
        while (slots[slot] != 0)
        {
            slot = (slot + 1) & (uint)(slots.Length - 1);
        }
        slots[slot] = entry;
    }

    private void GrowSlots()
    {
        var slots = new ulong[_slots.Length * 2];
        foreach (var entry in _slots)
        {
            if (entry != 0)
            {
                Place(slots, entry);
            }
        }
        _slots = slots;
    }

    private long Store(ReadOnlySpan<byte> text)
    {
        if (_chunks.Count == 0 || _used + text.Length > ChunkBytes)
        {
            if (_chunks.Count > 0 && _chunks[^1].Length < ChunkBytes)
            {
                _chunks[^1] = Resized(_chunks[^1], ChunkBytes);
            }
            // Most fields have few values: the first chunk starts small.
            _chunks.Add(new byte[_chunks.Count == 0 ? Math.Max(256, text.Length) : ChunkBytes]);
            _used = 0;
        }
        if (_used + text.Length > _chunks[^1].Length)
        {
            _chunks[^1] = Resized(_chunks[^1], Math.Min(ChunkBytes, Math.Max(_used + text.Length, _chunks[^1].Length * 2)));
        }
        text.CopyTo(_chunks[^1].AsSpan(_used));
        var address = ((_chunks.Count - 1) * (long)ChunkBytes) + _used;
        _used += text.Length;
        return address;
    }

    private static byte[] Resized(byte[] chunk, int length)
    {
        Array.Resize(ref chunk, length);
        return chunk;
    }
}
