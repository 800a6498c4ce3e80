namespace Discovery.Metadata.Files;

/// <summary>
/// Takes a metadata file apart into its elements: a JSON array, one object, or one object after the other (a record a
/// line). An element with a fault is told as such and the next one is read; where brackets do not match, the rest of the
/// file cannot be read. Holds one element in memory.
/// </summary>
public sealed class MetadataFileReader(Stream stream, int maxRecordBytes = MetadataFileReader.MaxRecordBytes)
{
    /// <summary>Size of a record from which on it is refused; a server takes far less.</summary>
    public const int MaxRecordBytes = 64 << 20;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private byte[] _buffer = new byte[Math.Min(256 << 10, Math.Max(maxRecordBytes, 16))];
    private int _start;
    private int _end;
    private int _returned;
    private long _offset;
    private long _line = 1;
    private long _index;
    private bool _opened;
    private bool _inArray;
    private bool _done;

    /// <summary>The next element; null at the end of the file.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public async ValueTask<FileElement?> NextAsync(CancellationToken cancellationToken)
    {
        Consume(_returned);
        _returned = 0;
        if (_done)
        {
            return null;
        }
        if (!_opened)
        {
            _opened = true;
            await SkipByteOrderMarkAsync(cancellationToken).ConfigureAwait(false);
            var first = await PeekAsync(cancellationToken).ConfigureAwait(false);
            if (first is not ((byte)'[' or (byte)'{'))
            {
                return Stop(first < 0 ? "the file is empty" : "a metadata file is a JSON array of records, or one record after the other, and starts with '[' or '{'");
            }
            _inArray = first == '[';
            if (_inArray)
            {
                Consume(1);
            }
        }
        if (_inArray)
        {
            var fault = await GoToNextOfArrayAsync(cancellationToken).ConfigureAwait(false);
            if (fault is not null)
            {
                return Stop(fault);
            }
        }
        else if (await PeekAsync(cancellationToken).ConfigureAwait(false) < 0)
        {
            _done = true;
        }
        return _done ? null : await ReadElementAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Moves over the comma, or the end of the array; answers with what is wrong there.</summary>
    private async ValueTask<string?> GoToNextOfArrayAsync(CancellationToken cancellationToken)
    {
        var next = await PeekAsync(cancellationToken).ConfigureAwait(false);
        if (next == ']')
        {
            Consume(1);
            _done = true;
            return await PeekAsync(cancellationToken).ConfigureAwait(false) < 0 ? null : "there is text after the end of the array";
        }
        if (_index > 0)
        {
            if (next != ',')
            {
                return next < 0 ? "the file ends before the ']' of its array" : "',' or ']' is expected after a record";
            }
            Consume(1);
            next = await PeekAsync(cancellationToken).ConfigureAwait(false);
        }
        return next switch
        {
            < 0 => "the file ends before the ']' of its array",
            '{' or '[' or '"' or 't' or 'f' or 'n' or '-' or (>= '0' and <= '9') => null,
            _ => "a record is expected",
        };
    }

    private async ValueTask<FileElement?> ReadElementAsync(CancellationToken cancellationToken)
    {
        var first = _buffer[_start];
        if (first is not ((byte)'{' or (byte)'[' or (byte)'"'))
        {
            return _inArray
                ? await SkipScalarAsync(cancellationToken).ConfigureAwait(false)
                : Stop("a record is expected");
        }
        var (line, offset, index) = (_line, _offset, _index);
        var scanner = new ElementScanner();
        var length = 0;
        var tooLarge = false;
        while (true)
        {
            var ended = scanner.Scan(_buffer.AsSpan(_start + length, _end - _start - length), out var consumed);
            length += consumed;
            tooLarge |= length > maxRecordBytes;
            if (tooLarge)
            {
                Consume(length);
                length = 0;
            }
            if (ended)
            {
                break;
            }
            if (!await FillAsync(cancellationToken).ConfigureAwait(false))
            {
                _done = true;
                return Fault(index, line, offset, "the file ends within it");
            }
        }
        _index++;
        _returned = length;
        if (tooLarge)
        {
            return Fault(index, line, offset, $"it is larger than {maxRecordBytes} bytes");
        }
        return first == '{'
            ? new FileElement(index, line, offset, _buffer.AsMemory(_start, length), null)
            : Fault(index, line, offset, "it is not a JSON object");
    }

    /// <summary>Moves over <c>null</c>, <c>5</c>, ... in an array.</summary>
    private async ValueTask<FileElement?> SkipScalarAsync(CancellationToken cancellationToken)
    {
        var element = Fault(_index++, _line, _offset, "it is not a JSON object");
        while (true)
        {
            var length = _buffer.AsSpan(_start, _end - _start).IndexOfAny(",]\n"u8);
            Consume(length < 0 ? _end - _start : length);
            if (length >= 0 || !await FillAsync(cancellationToken).ConfigureAwait(false))
            {
                return element;
            }
        }
    }

    private static FileElement Fault(long index, long line, long offset, string fault) =>
        new(index, line, offset, default, $"the record that starts in line {line}, byte {offset}, cannot be read: {fault}");

    private FileElement Stop(string fault)
    {
        _done = true;
        return new FileElement(_index, _line, _offset, default, $"line {_line}, byte {_offset}: {fault}; nothing after it can be read");
    }

    private async ValueTask SkipByteOrderMarkAsync(CancellationToken cancellationToken)
    {
        while (_end < ByteOrderMark.Length && await FillAsync(cancellationToken).ConfigureAwait(false))
        {
        }
        if (_buffer.AsSpan(0, _end).StartsWith(ByteOrderMark))
        {
            Consume(ByteOrderMark.Length);
        }
    }

    /// <summary>Skips white space and looks at the byte after it; -1 at the end of the file.</summary>
    private async ValueTask<int> PeekAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var white = _buffer.AsSpan(_start, _end - _start).IndexOfAnyExcept(" \n\r\t"u8);
            Consume(white < 0 ? _end - _start : white);
            if (white >= 0)
            {
                return _buffer[_start];
            }
            if (!await FillAsync(cancellationToken).ConfigureAwait(false))
            {
                return -1;
            }
        }
    }

    private void Consume(int count)
    {
        _line += _buffer.AsSpan(_start, count).Count((byte)'\n');
        _offset += count;
        _start += count;
    }

    /// <summary>Reads on; what is not consumed moves to the front of the buffer, which grows when that fills it.</summary>
    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }
        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _end += read;
        return read > 0;
    }
}
