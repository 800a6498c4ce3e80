using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Discovery.Metadata.Serialization;

/// <summary>
/// Writes JSON strings with Python's escapes: ASCII only, <c>\uXXXX</c> in lower-case hex, supplementary characters as
/// surrogate pairs, DEL as <c>\u007f</c>; <c>/ &lt; &gt; &amp; '</c> stay.
/// </summary>
internal static class JsonEscapes
{
    private const string PlainCharacters =
        " !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~";

    private static readonly SearchValues<byte> PlainBytes = SearchValues.Create(Encoding.ASCII.GetBytes(PlainCharacters));
    private static readonly SearchValues<char> PlainChars = SearchValues.Create(PlainCharacters);

    /// <summary>Appends text as a JSON string.</summary>
    public static void AppendString(Utf8Buffer output, ReadOnlySpan<char> text)
    {
        output.Append((byte)'"');
        while (true)
        {
            var plain = text.IndexOfAnyExcept(PlainChars);
            var run = plain < 0 ? text : text[..plain];
            Ascii.FromUtf16(run, output.Free(run.Length), out var written);
            output.Advance(written);
            if (plain < 0)
            {
                break;
            }
            AppendEscape(output, text[plain]);
            text = text[(plain + 1)..];
        }
        output.Append((byte)'"');
    }

    /// <summary>Appends text that is ASCII already, such as laid out JSON, as a JSON string.</summary>
    public static void AppendString(Utf8Buffer output, ReadOnlySpan<byte> ascii)
    {
        output.Append((byte)'"');
        while (true)
        {
            var plain = ascii.IndexOfAnyExcept(PlainBytes);
            output.Append(plain < 0 ? ascii : ascii[..plain]);
            if (plain < 0)
            {
                break;
            }
            AppendEscape(output, (char)ascii[plain]);
            ascii = ascii[(plain + 1)..];
        }
        output.Append((byte)'"');
    }

    /// <summary>Appends the JSON string that starts at <paramref name="at"/> and moves behind it.</summary>
    /// <exception cref="MetadataFormatException">There is no valid string.</exception>
    public static void AppendString(Utf8Buffer output, ReadOnlySpan<byte> json, ref int at)
    {
        if (at >= json.Length || json[at] != '"')
        {
            throw JsonLayout.Fault("a string is expected");
        }
        at++;
        output.Append((byte)'"');
        while (true)
        {
            var plain = json[at..].IndexOfAnyExcept(PlainBytes);
            if (plain < 0)
            {
                throw JsonLayout.Fault("the string has no end");
            }
            output.Append(json.Slice(at, plain));
            at += plain;
            switch (json[at])
            {
                case (byte)'"':
                    output.Append((byte)'"');
                    at++;
                    return;
                case (byte)'\\':
                    AppendEscape(output, Unescape(json, ref at));
                    break;
                case >= 0x7f:
                    AppendRunes(output, json, ref at);
                    break;
                default:
                    throw JsonLayout.Fault("a control character in a string");
            }
        }
    }

    /// <summary>Appends the characters from DEL on that start at <paramref name="at"/>, such as a Korean word.</summary>
    private static void AppendRunes(Utf8Buffer output, ReadOnlySpan<byte> json, ref int at)
    {
        Span<char> units = stackalloc char[2];
        do
        {
            if (Rune.DecodeFromUtf8(json[at..], out var rune, out var consumed) != OperationStatus.Done)
            {
                throw JsonLayout.Fault("not UTF-8");
            }
            foreach (var unit in units[..rune.EncodeToUtf16(units)])
            {
                AppendUnit(output, unit);
            }
            at += consumed;
        }
        while (at < json.Length && json[at] >= 0x7f);
    }

    /// <summary>Reads an escape such as <c>\n</c> or <c>\u00e9</c>; half a surrogate pair counts as one.</summary>
    private static char Unescape(ReadOnlySpan<byte> json, ref int at)
    {
        var letter = at + 1 < json.Length ? json[at + 1] : (byte)0;
        if (letter == 'u')
        {
            if (at + 6 > json.Length || !ushort.TryParse(json.Slice(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            {
                throw JsonLayout.Fault("\\u is not followed by four hexadecimal digits");
            }
            at += 6;
            return (char)unit;
        }
        var character = letter switch
        {
            (byte)'"' or (byte)'\\' or (byte)'/' => (char)letter,
            (byte)'b' => '\b',
            (byte)'f' => '\f',
            (byte)'n' => '\n',
            (byte)'r' => '\r',
            (byte)'t' => '\t',
            _ => throw JsonLayout.Fault("an unknown escape in a string"),
        };
        at += 2;
        return character;
    }

    private static void AppendEscape(Utf8Buffer output, char character)
    {
        var letter = character switch
        {
            '"' or '\\' => (byte)character,
            '\b' => (byte)'b',
            '\f' => (byte)'f',
            '\n' => (byte)'n',
            '\r' => (byte)'r',
            '\t' => (byte)'t',
            _ => (byte)0,
        };
        if (letter != 0)
        {
            output.Append((byte)'\\');
            output.Append(letter);
        }
        else if (character is >= ' ' and <= '~')
        {
            output.Append((byte)character);
        }
        else
        {
            AppendUnit(output, character);
        }
    }

    private static void AppendUnit(Utf8Buffer output, char unit)
    {
        var free = output.Free(6);
        free[0] = (byte)'\\';
        free[1] = (byte)'u';
        Utf8Formatter.TryFormat((ushort)unit, free[2..], out _, new StandardFormat('x', 4));
        output.Advance(6);
    }
}
