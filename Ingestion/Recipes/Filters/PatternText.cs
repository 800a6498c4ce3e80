using System.Globalization;
using System.Text;

namespace Discovery.Ingestion.Recipes.Filters;

/// <summary>A Python pattern with a place in it.</summary>
internal sealed class PatternText(string text)
{
    public int Index { get; private set; }

    public bool AtEnd => Index >= text.Length;

    /// <summary>The next character, NUL at the end.</summary>
    public char Peek => AtEnd ? '\0' : text[Index];

    public FormatException Fault(int index, string message) =>
        new($"'{text}' is not a Python regular expression: {message} (character {index + 1})");

    public bool TryTake(char expected)
    {
        if (AtEnd || text[Index] != expected)
        {
            return false;
        }
        Index++;
        return true;
    }

    /// <summary>Takes a whole character, two units where it lies beyond U+FFFF; -1 at the end.</summary>
    public int Take()
    {
        if (AtEnd)
        {
            return -1;
        }
        var code = Rune.TryGetRuneAt(text, Index, out var rune) ? rune.Value : text[Index];
        Index += code > char.MaxValue ? 2 : 1;
        return code;
    }

    public string TakeWhile(Func<char, bool> accepts, int atMost = int.MaxValue)
    {
        var start = Index;
        while (!AtEnd && Index - start < atMost && accepts(text[Index]))
        {
            Index++;
        }
        return text[start..Index];
    }

    /// <summary>Takes the text before the next <paramref name="terminator"/>, and that too.</summary>
    public string TakeUntil(char terminator, string meaning)
    {
        var start = Index;
        var end = text.IndexOf(terminator, start);
        if (end < 0)
        {
            throw Fault(start, $"{meaning} is not closed with '{terminator}'");
        }
        Index = end + 1;
        return end > start ? text[start..end] : throw Fault(start, $"{meaning} is missing");
    }

    public void GoBack(int index) => Index = index;

    /// <summary>Takes the digits of <c>\x41</c>, <c>\u0041</c> or <c>\U00000041</c>.</summary>
    public int TakeHex(int start, int digits)
    {
        var text = TakeWhile(char.IsAsciiHexDigit, digits);
        if (text.Length < digits || !long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || code > 0x10FFFF)
        {
            throw Fault(start, $"this escape needs the {digits} hexadecimal digits of a character");
        }
        return (int)code;
    }
}
