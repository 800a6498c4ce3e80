using System.Runtime.InteropServices;

namespace Discovery.Catalog.Search.Storage;

/// <summary>Writes the arrays of an index with a checksum over them.</summary>
internal sealed class SnapshotWriter(Stream stream)
{
    private SnapshotChecksum _checksum;

    /// <summary>Writes a number.</summary>
    public void Write(int value) => Write(MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in value)));

    /// <summary>Writes bytes, without their number.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        _checksum.Add(bytes);
        stream.Write(bytes);
    }

    /// <summary>Writes the checksum of all that was written.</summary>
    public void Finish() => stream.Write(BitConverter.GetBytes(_checksum.Value));
}
