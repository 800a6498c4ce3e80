using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Threading.Channels;
using Discovery.Ingestion.Pipeline;

namespace Discovery.Ingestion.Sources.MySql;

/// <summary>
/// Rows of one statement, between the connection that reads them and the mapper, or of views that wait for their turn. The writer never waits for the
/// reader, so a slow sink never holds a cursor open on somebody's production server: what does not fit into memory goes
/// to a temporary file that only we can read, has no name and vanishes with the process.
/// </summary>
/// <remarks>One writer and one reader, which may be two threads. A row is its cells, each a length (-1 for NULL) and UTF-8 bytes.</remarks>
/// <param name="cells">Cells of a row.</param>
/// <param name="memoryLimit">Bytes kept in memory before rows go to the file.</param>
internal sealed class RowSpool(int cells, int memoryLimit = 1 << 20) : IDisposable
{
    private const int ChunkSize = 64 << 10;

    /// <summary>A chunk with so many bytes is handed on, so that the next row does not make it grow: a larger array would stay half empty.</summary>
    private const int FullChunk = ChunkSize - (4 << 10);

    private readonly Channel<Chunk> _chunks = Channel.CreateUnbounded<Chunk>(new() { SingleReader = true, SingleWriter = true });
    private readonly (int Start, int Length)[] _cells = new (int, int)[cells];

    private byte[] _writing = [];
    private int _written;
    private long _inMemory;
    private FileStream? _file;
    private long _fileLength;

    private byte[] _reading = [];
    private int _readingEnd;
    private int _position;

    /// <summary>Appends one cell to the row being written.</summary>
    public void Write(string? cell)
    {
        Reserve(4 + (cell is null ? 0 : Encoding.UTF8.GetMaxByteCount(cell.Length)));
        Written(cell is null ? -1 : Encoding.UTF8.GetBytes(cell, _writing.AsSpan(_written + 4)));
    }

    /// <summary>Appends one cell to the row being written.</summary>
    public void Write(ReadOnlySpan<byte> cell)
    {
        Reserve(4 + cell.Length);
        cell.CopyTo(_writing.AsSpan(_written + 4));
        Written(cell.Length);
    }

    /// <summary>Ends the row being written.</summary>
    /// <exception cref="SourceException">The temporary file could not be written.</exception>
    public void EndRow()
    {
        if (_written >= FullChunk)
        {
            Flush();
        }
    }

    /// <summary>Ends the rows; with <paramref name="fault"/> the reader gets it after the last whole row.</summary>
    public void Complete(Exception? fault = null)
    {
        if (fault is null && _written > 0)
        {
            Flush();
        }
        _chunks.Writer.TryComplete(fault);
    }

    /// <summary>Goes to the next row; false after the last one.</summary>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        while (_position == _readingEnd)
        {
            if (!_chunks.Reader.TryRead(out var chunk))
            {
                if (!await _chunks.Reader.WaitToReadAsync(cancellationToken))
                {
                    return false;
                }
                continue;
            }
            Take(chunk);
        }
        for (var i = 0; i < _cells.Length; i++)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(_reading.AsSpan(_position));
            _cells[i] = (_position + 4, length);
            _position += 4 + Math.Max(length, 0);
        }
        return true;
    }

    /// <summary>A cell of the row read last, valid until the next one is read; empty for NULL.</summary>
    public ReadOnlySpan<byte> this[int cell] => _reading.AsSpan(_cells[cell].Start, Math.Max(_cells[cell].Length, 0));

    /// <summary>Whether a cell of the row read last is NULL.</summary>
    public bool IsNull(int cell) => _cells[cell].Length < 0;

    /// <summary>A cell of the row read last as text; empty for NULL.</summary>
    public string Text(int cell) => Encoding.UTF8.GetString(this[cell]);

    /// <summary>Frees the memory and the file. Neither side may use the spool any more.</summary>
    public void Dispose()
    {
        _chunks.Writer.TryComplete();
        _file?.Dispose();
    }

    private void Reserve(int need)
    {
        if (_writing.Length - _written >= need)
        {
            return;
        }
        var larger = ArrayPool<byte>.Shared.Rent(_written + Math.Max(need, ChunkSize));
        _writing.AsSpan(0, _written).CopyTo(larger);
        if (_writing.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_writing);
        }
        _writing = larger;
    }

    /// <summary>A cell of this length stands behind the place of its length.</summary>
    private void Written(int length)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_writing.AsSpan(_written), length);
        _written += 4 + Math.Max(length, 0);
    }

    private void Flush()
    {
        if (Interlocked.Read(ref _inMemory) < memoryLimit)
        {
            Interlocked.Add(ref _inMemory, _written);
            _chunks.Writer.TryWrite(new Chunk(_writing, _written, 0));
            _writing = [];
        }
        else
        {
            Overflow();
            _chunks.Writer.TryWrite(new Chunk(null, _written, _fileLength));
            _fileLength += _written;
        }
        _written = 0;
    }

    private void Overflow()
    {
        try
        {
            _file ??= OpenFile();
            RandomAccess.Write(_file.SafeFileHandle, _writing.AsSpan(0, _written), _fileLength);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FileFault(exception);
        }
    }

    private static FileStream OpenFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Delete, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        var file = new FileStream(Path.Combine(Path.GetTempPath(), $"discovery-rows-{Guid.NewGuid():n}"), options);
        // DeleteOnClose would remove it only where it is closed in good order, which a killed process never does.
        File.Delete(file.Name);
        return file;
    }

    private static SourceException FileFault(Exception exception) => new(
        $"Rows that wait for the sink could not be kept in {Path.GetTempPath()}: {exception.Message} Free some space there, or set TMPDIR to another folder.", exception);

    private void Take(Chunk chunk)
    {
        if (_reading.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_reading);
        }
        if (chunk.Buffer is { } buffer)
        {
            Interlocked.Add(ref _inMemory, -chunk.Length);
            _reading = buffer;
        }
        else
        {
            _reading = ArrayPool<byte>.Shared.Rent(chunk.Length);
            ReadFile(_reading.AsSpan(0, chunk.Length), chunk.Offset);
        }
        (_position, _readingEnd) = (0, chunk.Length);
    }

    private void ReadFile(Span<byte> into, long offset)
    {
        try
        {
            while (!into.IsEmpty)
            {
                var count = RandomAccess.Read(_file!.SafeFileHandle, into, offset);
                if (count == 0)
                {
                    throw new EndOfStreamException("The file is shorter than what was written to it.");
                }
                into = into[count..];
                offset += count;
            }
        }
        catch (IOException exception)
        {
            throw FileFault(exception);
        }
    }

    /// <summary>Whole rows: in memory, or at an offset of the file.</summary>
    private readonly record struct Chunk(byte[]? Buffer, int Length, long Offset);
}
