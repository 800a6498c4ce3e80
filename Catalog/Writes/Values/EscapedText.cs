using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Discovery.Metadata.Serialization;

namespace Discovery.Catalog.Writes.Values;

/// <summary>
/// Writes JSON strings that have escapes with as few of them as JSON allows, so that equal texts have equal bytes:
/// <c>\uc8fc\ubb38</c>, as Python writes it, becomes two Korean letters.
/// </summary>
internal static class EscapedText
{
    /// <summary>Appends the string with its quotes.</summary>
    /// <param name="output">Where it is written to.</param>
    /// <param name="raw">What stands between the quotes: valid UTF-8 with valid escapes. Half a surrogate pair becomes U+FFFD.</param>
    public static void Append(Utf8Buffer output, ReadOnlySpan<byte> raw)
    {
        output.Append((byte)'"');
        while (raw.IndexOf((byte)'\\') is >= 0 and var at)
        {
            output.Append(raw[..at]);
            raw = raw[at..];
            if (raw[1] == 'u')
            {
                AppendCharacter(output, Unescape(raw, out var consumed));
                raw = raw[consumed..];
            }
            else
            {
                output.Append(raw[1] == '/' ? "/"u8 : raw[..2]);
                raw = raw[2..];
            }
        }
        output.Append(raw);
        output.Append((byte)'"');
    }

    /// <summary>Reads <c>\u00e9</c>, or a pair such as <c>\ud83d\ude00</c>.</summary>
    private static Rune Unescape(ReadOnlySpan<byte> raw, out int consumed)
    {
        consumed = 6;
        var first = Unit(raw);
        if (char.IsHighSurrogate(first) && raw.Length >= 12 && raw[6] == '\\' && raw[7] == 'u' && Rune.TryCreate(first, Unit(raw[6..]), out var pair))
        {
            consumed = 12;
            return pair;
        }
        return Rune.TryCreate(first, out var rune) ? rune : Rune.ReplacementChar;
    }

    private static char Unit(ReadOnlySpan<byte> escape) =>
        (char)ushort.Parse(escape.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static void AppendCharacter(Utf8Buffer output, Rune rune)
    {
        Span<byte> bytes = stackalloc byte[6];
        switch (rune.Value)
        {
            case '"' or '\\':
                output.Append([(byte)'\\', (byte)rune.Value]);
                break;
            case '\n':
                output.Append("\\n"u8);
                break;
            case '\r':
                output.Append("\\r"u8);
                break;
            case '\t':
                output.Append("\\t"u8);
                break;
            case '\b':
                output.Append("\\b"u8);
                break;
            case '\f':
                output.Append("\\f"u8);
                break;
            case < ' ':
                "\\u0000"u8.CopyTo(bytes);
                Utf8Formatter.TryFormat((byte)rune.Value, bytes[4..], out _, new('x', 2));
                output.Append(bytes);
                break;
            default:
                output.Append(bytes[..rune.EncodeToUtf8(bytes)]);
                break;
        }
    }
}
