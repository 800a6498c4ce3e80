namespace Discovery.Metadata.Serialization;

/// <summary>A growing buffer of UTF-8 text that can be cut back. Not thread-safe.</summary>
public sealed class Utf8Buffer(int capacity)
{
    private byte[] _bytes = GC.AllocateUninitializedArray<byte>(capacity);
    private int _length;

    /// <summary>Bytes written. Setting a smaller value takes back what was written after it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or larger than what was written.</exception>
    public int Length
    {
        get => _length;
        set
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)value, (uint)_length, nameof(value));
            _length = value;
        }
    }

    /// <summary>Bytes that the buffer holds before it grows again.</summary>
    public int Capacity => _bytes.Length;

    /// <summary>What was written; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <inheritdoc cref="Written"/>
    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, _length);

    /// <summary>Appends text as it is.</summary>
    public void Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Free(text.Length));
        _length += text.Length;
    }

    /// <summary>Appends one byte.</summary>
    public void Append(byte value)
    {
        Free(1)[0] = value;
        _length++;
    }

    /// <summary>Room for at least so many bytes; <see cref="Advance"/> says how many were used.</summary>
    internal Span<byte> Free(int count)
    {
        if (_bytes.Length - _length < count)
        {
            Grow(count);
        }
        return _bytes.AsSpan(_length);
    }

    internal void Advance(int count) => _length += count;

    private void Grow(int count)
    {
        var larger = GC.AllocateUninitializedArray<byte>(Math.Max(checked(_length + count), (int)Math.Min(2L * _bytes.Length, Array.MaxLength)));
        Written.CopyTo(larger);
        _bytes = larger;
    }
}
