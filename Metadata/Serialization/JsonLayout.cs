using System.Buffers;

namespace Discovery.Metadata.Serialization;

/// <summary>
/// Lays JSON text out anew, byte by byte as Python's <c>json.dumps</c> would, and checks it on the way. Numbers and
/// the order of members stay as they are. Only the output is allocated.
/// </summary>
internal static class JsonLayout
{
    /// <summary>Levels of objects and arrays that a record may have.</summary>
    public const int MaxDepth = 256;

    private const int SpacesPerLevel = 4;
    private static readonly byte[] LineBreak = CreateLineBreak();
    private static readonly SearchValues<byte> NumberBytes = SearchValues.Create("0123456789+-.eE"u8);

    /// <summary>Appends one JSON value.</summary>
    /// <param name="output">Where it is written to.</param>
    /// <param name="json">The value as UTF-8 text.</param>
    /// <param name="style">The layout.</param>
    /// <param name="level">Levels above the value.</param>
    /// <exception cref="MetadataFormatException">Not valid JSON or UTF-8, or too deep; a part may have been written.</exception>
    public static void Append(Utf8Buffer output, ReadOnlySpan<byte> json, JsonStyle style, int level) =>
        Append(output, json, style, level, members: false);

    /// <summary>Appends the members of an object, given without its braces.</summary>
    /// <inheritdoc cref="Append(Utf8Buffer, ReadOnlySpan{byte}, JsonStyle, int)"/>
    public static void AppendMembers(Utf8Buffer output, ReadOnlySpan<byte> json, JsonStyle style, int level) =>
        Append(output, json, style, level - 1, members: true);

    /// <summary>Ends a line of the indented layout and indents the next one.</summary>
    public static void AppendBreak(Utf8Buffer output, JsonStyle style, int level)
    {
        if (style == JsonStyle.Indented)
        {
            output.Append(LineBreak.AsSpan(0, 1 + (level * SpacesPerLevel)));
        }
    }

    /// <summary>Goes to the next member or element.</summary>
    public static void AppendComma(Utf8Buffer output, JsonStyle style, int level)
    {
        output.Append((byte)',');
        if (style == JsonStyle.Spaced)
        {
            output.Append((byte)' ');
        }
        AppendBreak(output, style, level);
    }

    /// <summary>Goes from a name to its value.</summary>
    public static void AppendColon(Utf8Buffer output, JsonStyle style) => output.Append(style == JsonStyle.Compact ? ":"u8 : ": "u8);

    /// <summary>The text without the white space between its tokens. The text is valid JSON.</summary>
    public static byte[] WithoutWhitespace(ReadOnlySpan<byte> json)
    {
        var output = new Utf8Buffer(json.Length);
        while (!json.IsEmpty)
        {
            int length;
            if (json[0] == '"')
            {
                length = StringLength(json);
                output.Append(json[..length]);
            }
            else
            {
                length = json.IndexOfAny("\" \n\r\t"u8);
                length = length < 0 ? json.Length : length;
                output.Append(json[..length]);
                while (length < json.Length && IsWhitespace(json[length]))
                {
                    length++;
                }
            }
            json = json[length..];
        }
        return output.Written.ToArray();
    }

    private static void Append(Utf8Buffer output, ReadOnlySpan<byte> json, JsonStyle style, int level, bool members)
    {
        Span<bool> isObject = stackalloc bool[MaxDepth];
        isObject[0] = members;
        var outermost = members ? 1 : 0;
        var depth = outermost;
        var nameNext = members;
        var at = 0;
        while (true)
        {
            SkipWhitespace(json, ref at);
            if (nameNext)
            {
                JsonEscapes.AppendString(output, json, ref at);
                SkipWhitespace(json, ref at);
                Expect(json, ref at, (byte)':');
                AppendColon(output, style);
                nameNext = false;
                continue;
            }

            var first = at < json.Length ? json[at] : throw Fault("the text ends where a value is expected");
            if (first is (byte)'{' or (byte)'[')
            {
                at++;
                output.Append(first);
                SkipWhitespace(json, ref at);
                if (at < json.Length && json[at] == Closing(first == '{'))
                {
                    output.Append(json[at++]);
                }
                else
                {
                    if (level + depth >= MaxDepth)
                    {
                        throw Fault($"more than {MaxDepth} levels of objects and arrays");
                    }
                    isObject[depth++] = nameNext = first == '{';
                    AppendBreak(output, style, level + depth);
                    continue;
                }
            }
            else if (first == '"')
            {
                JsonEscapes.AppendString(output, json, ref at);
            }
            else
            {
                AppendScalar(output, json, ref at);
            }

            // After a value: close what ends here, then the next member or element.
            while (true)
            {
                SkipWhitespace(json, ref at);
                if (at == json.Length)
                {
                    if (depth != outermost)
                    {
                        throw Fault("the text ends within an object or array");
                    }
                    return;
                }
                if (depth > 0 && json[at] == ',')
                {
                    at++;
                    AppendComma(output, style, level + depth);
                    nameNext = isObject[depth - 1];
                    break;
                }
                if (depth == outermost)
                {
                    throw Fault("text after the end of the value");
                }
                Expect(json, ref at, Closing(isObject[depth - 1]));
                depth--;
                AppendBreak(output, style, level + depth);
                output.Append(json[at - 1]);
            }
        }
    }

    private static void AppendScalar(Utf8Buffer output, ReadOnlySpan<byte> json, ref int at)
    {
        var rest = json[at..];
        var length = rest[0] switch
        {
            (byte)'t' when rest.StartsWith("true"u8) => 4,
            (byte)'f' when rest.StartsWith("false"u8) => 5,
            (byte)'n' when rest.StartsWith("null"u8) => 4,
            _ => NumberLength(rest),
        };
        if (length == 0)
        {
            throw Fault("not a JSON value");
        }
        output.Append(rest[..length]);
        at += length;
    }

    /// <summary>Length of a number such as <c>-0.5e+3</c>; 0 when it is none.</summary>
    private static int NumberLength(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAnyExcept(NumberBytes);
        text = end < 0 ? text : text[..end];
        var at = text is [(byte)'-', ..] ? 1 : 0;
        var integer = Digits(text[at..]);
        if (integer == 0 || (integer > 1 && text[at] == '0'))
        {
            return 0;
        }
        at += integer;
        if (at < text.Length && text[at] == '.')
        {
            var fraction = Digits(text[(at + 1)..]);
            if (fraction == 0)
            {
                return 0;
            }
            at += 1 + fraction;
        }
        if (at < text.Length && text[at] is (byte)'e' or (byte)'E')
        {
            at++;
            at += at < text.Length && text[at] is (byte)'+' or (byte)'-' ? 1 : 0;
            var exponent = Digits(text[at..]);
            if (exponent == 0)
            {
                return 0;
            }
            at += exponent;
        }
        return at == text.Length ? at : 0;
    }

    private static int Digits(ReadOnlySpan<byte> text)
    {
        var count = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return count < 0 ? text.Length : count;
    }

    private static int StringLength(ReadOnlySpan<byte> json)
    {
        var at = 1;
        while (true)
        {
            at += json[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (json[at] == '"')
            {
                return at + 1;
            }
            at += 2;
        }
    }

    private static void Expect(ReadOnlySpan<byte> json, ref int at, byte expected)
    {
        if (at >= json.Length || json[at] != expected)
        {
            throw Fault($"'{(char)expected}' is expected");
        }
        at++;
    }

    private static void SkipWhitespace(ReadOnlySpan<byte> json, ref int at)
    {
        while (at < json.Length && IsWhitespace(json[at]))
        {
            at++;
        }
    }

    private static bool IsWhitespace(byte value) => value is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';

    private static byte Closing(bool ofObject) => ofObject ? (byte)'}' : (byte)']';

    /// <summary>The answer to text that is not JSON. It has no position, so that a report counts faults of one kind together.</summary>
    internal static MetadataFormatException Fault(string what) => new($"Not valid JSON: {what}.");

    private static byte[] CreateLineBreak()
    {
        var text = new byte[1 + (SpacesPerLevel * (MaxDepth + 1))];
        text.AsSpan().Fill((byte)' ');
        text[0] = (byte)'\n';
        return text;
    }
}
