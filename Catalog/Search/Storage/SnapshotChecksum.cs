using System.Numerics;
using System.Runtime.InteropServices;

namespace Discovery.Catalog.Search.Storage;

/// <summary>A checksum that finds damage, not forgery, at the speed of memory.</summary>
internal struct SnapshotChecksum
{
    private const ulong Factor = 0x9E3779B97F4A7C15;
    private ulong _first;
    private ulong _second;

    /// <summary>The checksum of what was added.</summary>
    public readonly ulong Value => BitOperations.RotateLeft(_first * Factor, 31) ^ (_second * Factor);

    /// <summary>Adds one block; the blocks have to be the same when it is compared.</summary>
    public void Add(ReadOnlySpan<byte> block)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(block);
        var (first, second) = (_first ^ (ulong)block.Length, _second);
        var i = 0;
        for (; i + 1 < words.Length; i += 2)
        {
            first = BitOperations.RotateLeft((first ^ words[i]) * Factor, 29);
            second = BitOperations.RotateLeft((second ^ words[i + 1]) * Factor, 31);
        }
        foreach (var value in block[(i * sizeof(ulong))..])
        {
            first = BitOperations.RotateLeft((first ^ value) * Factor, 29);
        }
        (_first, _second) = (first, second);
    }
}
