using System.Buffers;
using System.Text;

namespace Discovery.Metadata.Serialization;

/// <summary>
/// Builds compact UTF-8 JSON text piece by piece. Structure is the caller's: it writes braces and commas as raw text, so
/// that a fixed part of an aspect is one copy; only strings are escaped here. Not thread-safe.
/// </summary>
public sealed class JsonText
{
    private static readonly SearchValues<byte> Escaped = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(i => (byte)i), (byte)'"', (byte)'\\']);

    private readonly Utf8Buffer _buffer = new(4096);

    /// <summary>Appends text as it is.</summary>
    public JsonText Raw(ReadOnlySpan<byte> utf8)
    {
        _buffer.Append(utf8);
        return this;
    }

    /// <summary>Appends a JSON string with quotes.</summary>
    public JsonText Text(string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = most > 512 ? ArrayPool<byte>.Shared.Rent(most) : null;
        Span<byte> utf8 = rented ?? stackalloc byte[512];
        Text(utf8[..Encoding.UTF8.GetBytes(text, utf8)]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
        return this;
    }

    /// <summary>Appends a JSON string with quotes.</summary>
    public JsonText Text(ReadOnlySpan<byte> utf8)
    {
        Raw("\""u8);
        while (utf8.IndexOfAny(Escaped) is >= 0 and var next)
        {
            Raw(utf8[..next]);
            Escape(utf8[next]);
            utf8 = utf8[(next + 1)..];
        }
        return Raw(utf8).Raw("\""u8);
    }

    /// <summary>The text written, as memory of its own; begins anew.</summary>
    public ReadOnlyMemory<byte> Take()
    {
        var text = _buffer.Written.ToArray();
        _buffer.Length = 0;
        return text;
    }

    private void Escape(byte value) => Raw(value switch
    {
        (byte)'"' => "\\\""u8,
        (byte)'\\' => "\\\\"u8,
        (byte)'\n' => "\\n"u8,
        (byte)'\r' => "\\r"u8,
        (byte)'\t' => "\\t"u8,
        (byte)'\b' => "\\b"u8,
        (byte)'\f' => "\\f"u8,
        _ => [(byte)'\\', (byte)'u', (byte)'0', (byte)'0', Hex(value >> 4), Hex(value & 15)],
    });

    private static byte Hex(int digit) => (byte)(digit < 10 ? '0' + digit : 'a' + digit - 10);
}
