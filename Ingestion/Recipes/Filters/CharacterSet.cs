using System.Globalization;
using System.Text;

namespace Discovery.Ingestion.Recipes.Filters;

/// <summary>What a Python pattern says about one character, as .NET writes it: <c>[a-z\d]</c>, <c>\w</c>, <c>x</c>.</summary>
internal static class CharacterSet
{
    // Python's idea of a word is letters, numbers and '_'; .NET's has marks and all connectors too. What is neither, by category:
    private const string Word = @"\p{L}\p{N}_";
    private const string NotWord = @"\p{M}\p{Pd}\p{Ps}\p{Pe}\p{Pi}\p{Pf}\p{Po}\u203F\u2040\u2054\uFE33\uFE34\uFE4D-\uFE4F\uFF3F\p{S}\p{Z}\p{C}";

    // Python counts the four separators of ASCII as white space, .NET does not.
    private const string Space = @"\s\x1C-\x1F";
    private const string NotSpace = @"\x00-\x08\x0E-\x1B\x21-\x84\x86-\x9F\xA1-\u167F\u1681-\u1FFF\u200B-\u2027\u202A-\u202E\u2030-\u205E\u2060-\u2FFF\u3001-\uFFFF";

    /// <summary>The members of <c>\d \D \s \S \w \W</c>, to stand in brackets; null for another letter.</summary>
    public static string? Category(char letter, bool ascii) => (letter, ascii) switch
    {
        ('d', false) => @"\d",
        ('D', false) => @"\D",
        ('s', false) => Space,
        ('S', false) => NotSpace,
        ('w', false) => Word,
        ('W', false) => NotWord,
        ('d', true) => "0-9",
        ('D', true) => @"\x00-/:-\uFFFF",
        ('s', true) => @"\x09-\x0D ",
        ('S', true) => @"\x00-\x08\x0E-\x1F!-\uFFFF",
        ('w', true) => "a-zA-Z0-9_",
        ('W', true) => @"\x00-/:-@\[-\^`\{-\uFFFF",
        _ => null,
    };

    /// <summary>The character that a letter behind a backslash stands for, such as <c>\n</c>; -1 for another letter.</summary>
    public static int Control(char letter) => letter switch
    {
        'a' => '\a',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\v',
        '\\' => '\\',
        _ => -1,
    };

    /// <summary>One character as an atom of a .NET pattern.</summary>
    public static string Literal(int code, bool ignoreCase)
    {
        if (code > char.MaxValue)
        {
            return $"(?:{char.ConvertFromUtf32(code)})";
        }
        var others = ignoreCase ? CaseVariants.Of((char)code, (char)code) : "";
        return others.Length == 0 ? Escaped((char)code) : $"[{Escaped((char)code)}{others}]";
    }

    /// <summary>Takes a set whose opening bracket, at <paramref name="start"/>, was taken.</summary>
    /// <exception cref="FormatException">The set is malformed.</exception>
    public static string Take(PatternText text, int start, bool ignoreCase, bool ascii)
    {
        var negated = text.TryTake('^');
        var members = new StringBuilder();
        var beyond = new List<string>();
        // A bracket right at the start is a member: []a] and [^]a].
        for (var first = true; first || text.Peek != ']'; first = false)
        {
            var itemStart = text.Index;
            var (low, category) = TakeMember(text, start, ascii);
            var high = low;
            if (text.Peek == '-')
            {
                text.Take();
                if (text.Peek == ']')
                {
                    Add(low, low, category);
                    Add('-', '-', null);
                    break;
                }
                (high, var highCategory) = TakeMember(text, start, ascii);
                if (category is not null || highCategory is not null || high < low)
                {
                    throw text.Fault(itemStart, "this is no range of characters");
                }
            }
            Add(low, high, category);
        }
        text.TryTake(']');
        if (beyond.Count == 0)
        {
            return $"[{(negated ? "^" : "")}{members}]";
        }
        if (negated)
        {
            throw text.Fault(start, "characters beyond U+FFFF cannot be excluded here");
        }
        return $"(?:{string.Join('|', beyond)}{(members.Length > 0 ? $"|[{members}]" : "")})";

        void Add(int low, int high, string? category)
        {
            if (category is not null)
            {
                members.Append(category);
            }
            else if (high <= char.MaxValue)
            {
                members.Append(Escaped((char)low)).Append(high > low ? "-" + Escaped((char)high) : "");
                members.Append(ignoreCase ? CaseVariants.Of((char)low, (char)high) : "");
            }
            else if (low == high)
            {
                beyond.Add(char.ConvertFromUtf32(low));
            }
            else
            {
                throw text.Fault(start, "a range of characters beyond U+FFFF is not supported; name the characters");
            }
        }
    }

    private static (int Code, string? Category) TakeMember(PatternText text, int setStart, bool ascii)
    {
        var start = text.Index;
        var code = text.Take();
        if (code < 0)
        {
            throw text.Fault(setStart, "this '[' is not closed with ']'");
        }
        if (code != '\\')
        {
            return (code, null);
        }
        var letter = text.Peek;
        if (Category(letter, ascii) is { } category)
        {
            text.Take();
            return (0, category);
        }
        if (letter == 'b')
        {
            text.Take();
            return ('\b', null);
        }
        return (TakeEscape(text, start, anyOctalDigit: true), null);
    }

    /// <summary>Takes what follows a backslash, where that stands for one character.</summary>
    /// <param name="text">The pattern behind the backslash.</param>
    /// <param name="start">Where the backslash stands.</param>
    /// <param name="anyOctalDigit">Whether any octal digit begins a character, as in a set; else only 0 does.</param>
    /// <exception cref="FormatException">Python has no such escape.</exception>
    public static int TakeEscape(PatternText text, int start, bool anyOctalDigit)
    {
        var letter = text.Peek;
        if (letter is '0' || (anyOctalDigit && letter is >= '1' and <= '7'))
        {
            var octal = Convert.ToInt32(text.TakeWhile(c => c is >= '0' and <= '7', 3), 8);
            return octal <= 0xFF ? octal : throw text.Fault(start, "this octal escape is larger than \\377");
        }
        var taken = text.Take();
        var control = taken < 0 ? -1 : Control(letter);
        return taken switch
        {
            < 0 => throw text.Fault(start, "the pattern ends in a backslash"),
            _ when control >= 0 => control,
            'x' => text.TakeHex(start, 2),
            'u' => text.TakeHex(start, 4),
            'U' => text.TakeHex(start, 8),
            'N' => throw text.Fault(start, "characters by name (\\N{...}) are not supported; write the character or its \\u code"),
            _ when char.IsAsciiLetterOrDigit(letter) => throw text.Fault(start, $"there is no escape '\\{letter}'"),
            _ => taken,
        };
    }

    private static string Escaped(char c) =>
        char.IsAsciiLetterOrDigit(c) || c is '_' ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
}
