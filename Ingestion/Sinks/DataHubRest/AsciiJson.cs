using System.Buffers;
using System.Globalization;
using System.Text;

namespace Discovery.Ingestion.Sinks.DataHubRest;

/// <summary>
/// Writes JSON in ASCII, from bytes to bytes. The server keeps <c>aspect.value</c> as bytes and takes each character
/// for one of them, so anything beyond ASCII has to arrive there as an escape inside the aspect's own JSON text:
/// <c>{"name": "주"}</c> is sent as <c>"{\"name\": \"\\uc8fc\"}"</c>.
/// </summary>
internal static class AsciiJson
{
    private static readonly SearchValues<byte> Ascii = SearchValues.Create([.. Enumerable.Range(0, 128).Select(b => (byte)b)]);
    private static readonly SearchValues<byte> Plain = SearchValues.Create([.. Enumerable.Range(0, 128).Select(b => (byte)b).Where(b => b >= ' ' && b != '"' && b != '\\')]);

    /// <summary>Writes JSON text as it is, beyond ASCII as escapes.</summary>
    public static void WriteText(ReadOnlySpan<byte> json, IBufferWriter<byte> output) => Write(json, Ascii, "\\u"u8, output);

    /// <summary>Writes JSON text as the content of a JSON string, whose decoded value is ASCII.</summary>
    public static void WriteTextInString(ReadOnlySpan<byte> json, IBufferWriter<byte> output)
    {
        output.Write("\""u8);
        Write(json, Plain, "\\\\u"u8, output);
        output.Write("\""u8);
    }

    /// <summary>Writes a JSON string.</summary>
    public static void WriteString(string value, IBufferWriter<byte> output)
    {
        var utf8 = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(value.Length));
        var length = Encoding.UTF8.GetBytes(value, utf8);
        output.Write("\""u8);
        Write(utf8.AsSpan(0, length), Plain, "\\u"u8, output);
        output.Write("\""u8);
        ArrayPool<byte>.Shared.Return(utf8);
    }

    /// <summary>Writes a number.</summary>
    public static void WriteNumber(long value, IBufferWriter<byte> output)
    {
        value.TryFormat(output.GetSpan(20), out var written, provider: CultureInfo.InvariantCulture);
        output.Advance(written);
    }

    private static void Write(ReadOnlySpan<byte> text, SearchValues<byte> asIs, ReadOnlySpan<byte> unicodeEscape, IBufferWriter<byte> output)
    {
        Span<char> units = stackalloc char[2];
        while (true)
        {
            var run = text.IndexOfAnyExcept(asIs);
            if (run < 0)
            {
                output.Write(text);
                return;
            }
            output.Write(text[..run]);
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
                output.Write(unicodeEscape);
                WriteHex(unit, output);
            }
            text = text[length..];
        }
    }

    private static void WriteEscape(byte b, IBufferWriter<byte> output)
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
        output.Write([(byte)'\\', (byte)letter]);
        if (letter == 'u')
        {
            WriteHex((char)b, output);
        }
    }

    private static void WriteHex(char unit, IBufferWriter<byte> output)
    {
        ((int)unit).TryFormat(output.GetSpan(4), out var written, "x4", CultureInfo.InvariantCulture);
        output.Advance(written);
    }
}
