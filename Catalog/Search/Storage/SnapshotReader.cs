using System.Runtime.InteropServices;

namespace Discovery.Catalog.Search.Storage;

/// <summary>Reads the arrays of an index. Nothing that was read may be used before <see cref="Finish"/> found the checksum right.</summary>
/// <param name="stream">A stream that knows its length, so that a broken number never asks for more memory than it has bytes.</param>
internal sealed class SnapshotReader(Stream stream)
{
    private SnapshotChecksum _checksum;

    /// <summary>Reads a number.</summary>
    public int Read()
    {
        var value = 0;
        Read(MemoryMarshal.AsBytes(new Span<int>(ref value)));
        return value;
    }

    /// <summary>Reads how many items follow.</summary>
    /// <param name="itemBytes">Bytes of an item.</param>
    public int ReadCount(int itemBytes)
    {
        var count = Read();
        return count >= 0 && (long)count * itemBytes <= stream.Length - stream.Position ? count : throw Broken();
    }

    /// <summary>Fills bytes.</summary>
    public void Read(Span<byte> bytes)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw Broken();
        }
        _checksum.Add(bytes);
    }

    /// <summary>Reads the checksum and compares it.</summary>
    public void Finish()
    {
        var expected = _checksum.Value;
        Span<byte> written = stackalloc byte[sizeof(ulong)];
        if (stream.ReadAtLeast(written, written.Length, throwOnEndOfStream: false) < written.Length || BitConverter.ToUInt64(written) != expected)
        {
            throw Broken();
        }
    }

    private static SearchSnapshotException Broken() => new("the snapshot of the search index is damaged");
}
