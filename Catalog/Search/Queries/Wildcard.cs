using System.Text;

namespace Discovery.Catalog.Search.Queries;

/// <summary>A pattern of which a star stands for any text and a question mark for one character; case does not count.</summary>
internal sealed class Wildcard
{
    private const byte Star = (byte)'*';
    private const byte One = (byte)'?';
    private readonly byte[] _text;
    private readonly bool[] _isWild;

    private Wildcard(byte[] text, bool[] isWild) => (_text, _isWild) = (text, isWild);

    /// <summary>Makes a pattern.</summary>
    /// <param name="letters">The letters; true for a star or question mark that is not escaped.</param>
    public static Wildcard Parse(IEnumerable<(Rune Letter, bool IsWild)> letters)
    {
        var (text, isWild) = (new List<byte>(), new List<bool>());
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var (letter, wild) in letters)
        {
            if (wild && letter.Value == '*' && isWild.Count > 0 && isWild[^1] && text[^1] == Star)
            {
                continue;
            }
            foreach (var part in utf8[..Rune.ToLowerInvariant(letter).EncodeToUtf8(utf8)])
            {
                text.Add(part);
                isWild.Add(wild);
            }
        }
        return new Wildcard([.. text], [.. isWild]);
    }

    /// <summary>Makes a pattern of a text between texts that may be anything.</summary>
    public static Wildcard Around(string text, bool anyBefore, bool anyAfter)
    {
        var letters = text.EnumerateRunes().Select(letter => (letter, false));
        letters = anyBefore ? letters.Prepend((new Rune('*'), true)) : letters;
        return Parse(anyAfter ? letters.Append((new Rune('*'), true)) : letters);
    }

    /// <summary>The text before the first wildcard, in lower case.</summary>
    public ReadOnlySpan<byte> Prefix => _text.AsSpan(0, Array.IndexOf(_isWild, true) is >= 0 and var first ? first : _text.Length);

    /// <summary>Whether it matches anything.</summary>
    public bool IsAny => _text is [Star] && _isWild[0];

    /// <summary>Whether a text matches as a whole. Takes time for the product of the lengths at most.</summary>
    /// <exception cref="CatalogException">This is more than the search may cost.</exception>
    public bool IsMatch(ReadOnlySpan<byte> text, SearchWork work)
    {
        work.Spend(text.Length);
        if (!Ascii.IsValid(text))
        {
            text = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text).ToLowerInvariant());
        }
        var (at, pattern, star, mark) = (0, 0, -1, 0);
        while (at < text.Length)
        {
            if (pattern < _text.Length && _isWild[pattern] && _text[pattern] == Star)
            {
                (star, mark) = (pattern++, at);
            }
            else if (pattern < _text.Length && _isWild[pattern] && _text[pattern] == One)
            {
                at += CharacterBytes(text[at]);
                pattern++;
            }
            else if (pattern < _text.Length && !_isWild[pattern] && Lower(text[at]) == _text[pattern])
            {
                at++;
                pattern++;
            }
            else if (star >= 0)
            {
                work.Spend(at - mark);
                (pattern, at) = (star + 1, ++mark);
            }
            else
            {
                return false;
            }
        }
        while (pattern < _text.Length && _isWild[pattern] && _text[pattern] == Star)
        {
            pattern++;
        }
        return pattern == _text.Length && at == text.Length;
    }

    private static int CharacterBytes(byte first) => first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;

    private static byte Lower(byte value) => value is >= (byte)'A' and <= (byte)'Z' ? (byte)(value | 0x20) : value;
}
