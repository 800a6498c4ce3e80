using System.Buffers;
using System.Globalization;
using System.Text;
using Discovery.Metadata.Serialization;

namespace Discovery.Ingestion.Sinks.DataHubRest;

/// <summary>
/// Writes JSON in ASCII, from bytes to bytes. The server keeps <c>aspect.value</c> as bytes and takes each character
/// for one of them, so anything beyond ASCII has to arrive there as an escape inside the aspect's own JSON text:
/// <c>{"name": "주"}</c> is sent as <c>"{\"name\": \"\\uc8fc\"}"</c>.
/// </summary>
internal static class AsciiJson
{
    private static readonly SearchValues<byte> Ascii = SearchValues.Create([.. Enumerable.Range(0, 128).Select(b => (byte)b)]);
    private static readonly SearchValues<byte> Plain = SearchValues.Create([.. Enumerable.Range(0, 128).Select(b => (byte)b).Where(b => b is >= (byte)' ' and <= (byte)'~' and not (byte)'"' and not (byte)'\\')]);

    /// <summary>Writes JSON text as it is, beyond ASCII as escapes.</summary>
    public static void WriteText(ReadOnlySpan<byte> json, Utf8Buffer output) => Write(json, Ascii, "\\u"u8, output);

    /// <summary>Writes JSON text as the content of a JSON string, whose decoded value is ASCII.</summary>
    public static void WriteTextInString(ReadOnlySpan<byte> json, Utf8Buffer output)
    {
        output.Append("\""u8);
        Write(json, Plain, "\\\\u"u8, output);
        output.Append("\""u8);
    }

    /// <summary>Writes a JSON string.</summary>
    public static void WriteString(string value, Utf8Buffer output)
    {
        var utf8 = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(value.Length));
        var length = Encoding.UTF8.GetBytes(value, utf8);
        output.Append("\""u8);
        Write(utf8.AsSpan(0, length), Plain, "\\u"u8, output);
        output.Append("\""u8);
        ArrayPool<byte>.Shared.Return(utf8);
    }

    /// <summary>Writes a number.</summary>
    public static void WriteNumber(long value, Utf8Buffer output)
    {
        Span<byte> digits = stackalloc byte[20];
        value.TryFormat(digits, out var length, provider: CultureInfo.InvariantCulture);
        output.Append(digits[..length]);
    }

    private static void Write(ReadOnlySpan<byte> text, SearchValues<byte> asIs, ReadOnlySpan<byte> unicodeEscape, Utf8Buffer output)
    {
        Span<char> units = stackalloc char[2];
        while (true)
        {
            var run = text.IndexOfAnyExcept(asIs);
            if (run < 0)
            {
                output.Append(text);
                return;
            }
            output.Append(text[..run]);
            text = text[run..];
            if (text[0] < 128)
            {
                WriteEscape(text[0], output);
                text = text[1..];
                continue;
            }
            // Bytes that are not UTF-8 come out as U+FFFD, one for each.
            Rune.DecodeFromUtf8(text, out var rune, out var length);
            foreach (var unit in units[..rune.EncodeToUtf16(units)])
            {
                output.Append(unicodeEscape);
                WriteHex(unit, output);
            }
            text = text[length..];
        }
    }

    private static void WriteEscape(byte b, Utf8Buffer output)
    {
        var letter = b switch
        {
            (byte)'"' or (byte)'\\' => (char)b,
            (byte)'\b' => 'b',
            (byte)'\t' => 't',
            (byte)'\n' => 'n',
            (byte)'\f' => 'f',
            (byte)'\r' => 'r',
            _ => 'u',
        };
        output.Append([(byte)'\\', (byte)letter]);
        if (letter == 'u')
        {
            WriteHex((char)b, output);
        }
    }

    private static void WriteHex(char unit, Utf8Buffer output)
    {
        Span<byte> digits = stackalloc byte[4];
        ((int)unit).TryFormat(digits, out _, "x4", CultureInfo.InvariantCulture);
        output.Append(digits);
    }
}
