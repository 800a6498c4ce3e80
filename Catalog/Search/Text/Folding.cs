using System.Text;

namespace Discovery.Catalog.Search.Text;

/// <summary>
/// Writes text in one form, so that the same word is found however it was typed: Latin letters without accents, full-width and
/// half-width letters as usual ones, Hangul and Kana composed. Case stays as it is. Made by hand because the runtime normalizes
/// nothing without its globalization data, which the product does not ship.
/// </summary>
internal static class Folding
{
    // From U+00C0 and from U+0100; a dot leaves the letter as it is.
    private const string Latin1 = "AAAAAA.CEEEEIIII.NOOOOO.OUUUUY..aaaaaa.ceeeeiiii.nooooo.ouuuuy.y";

    private const string LatinExtendedA =
        "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIi..JjKk.LlLlLl..LlNnNnNn...OoOoOo..RrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";

    // From U+FF66, where half-width Katakana begin.
    private const string HalfWidthKana = "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";

    private const string Voiceable = "かきくけこさしすせそたちつてとはひふへほカキクケコサシスセソタチツテトハヒフヘホ";

    /// <summary>The text in its one form; the same memory where it is ASCII.</summary>
    public static ReadOnlySpan<char> Fold(ReadOnlySpan<char> text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }
        // A letter becomes two at most.
        var folded = new char[text.Length * 2];
        var length = 0;
        foreach (var letter in text)
        {
            if (length > 0 && Compose(folded[length - 1], letter) is var composed and not '\0')
            {
                folded[length - 1] = composed;
            }
            else
            {
                length += Write(letter, folded.AsSpan(length));
            }
        }
        return folded.AsSpan(0, length);
    }

    /// <summary>The text in its one form and in lower case.</summary>
    public static string FoldLower(ReadOnlySpan<char> text) => Fold(text).ToString().ToLowerInvariant();

    /// <summary>Writes a letter in its one form.</summary>
    /// <returns>How many letters that are.</returns>
    private static int Write(char letter, Span<char> target)
    {
        switch (letter)
        {
            case 'ß' or 'ẞ' or 'Æ' or 'æ' or 'Œ' or 'œ':
                var two = letter switch { 'Æ' => "AE", 'æ' => "ae", 'Œ' => "OE", 'œ' => "oe", _ => "ss" };
                two.CopyTo(target);
                return 2;
            // Combining accents, Hebrew points, Arabic vowel marks and the stretching Tatweel, joiners, variation selectors.
            case >= '\u0300' and <= '\u036F' or >= '\u0591' and <= '\u05C7' or >= '\u064B' and <= '\u065F' or '\u0640' or '\u200C' or '\u200D'
                or >= '\uFE00' and <= '\uFE0F':
                return 0;
            default:
                target[0] = One(letter);
                return 1;
        }
    }

    private static char One(char letter) => letter switch
    {
        >= '\u00C0' and <= '\u00FF' when Latin1[letter - 0xC0] != '.' => Latin1[letter - 0xC0],
        >= '\u0100' and <= '\u017F' when LatinExtendedA[letter - 0x100] != '.' => LatinExtendedA[letter - 0x100],
        >= '\uFF01' and <= '\uFF5E' => (char)(letter - 0xFEE0),
        >= '\uFF66' and <= '\uFF9D' => HalfWidthKana[letter - 0xFF66],
        _ => letter,
    };

    /// <summary>The letter that two make together: a voiced Kana, a syllable of Hangul; 0 where they stay two.</summary>
    private static char Compose(char first, char second) => second switch
    {
        '\u3099' or '\uFF9E' when Voiceable.Contains(first, StringComparison.Ordinal) => (char)(first + 1),
        '\u309A' or '\uFF9F' when Voiceable.Contains(first, StringComparison.Ordinal) && first is >= 'は' and <= 'ほ' or >= 'ハ' and <= 'ホ' => (char)(first + 2),
        >= '\u1161' and <= '\u1175' when first is >= '\u1100' and <= '\u1112' => (char)(0xAC00 + ((((first - 0x1100) * 21) + (second - 0x1161)) * 28)),
        >= '\u11A8' and <= '\u11C2' when first is >= '\uAC00' and <= '\uD7A3' && (first - 0xAC00) % 28 == 0 => (char)(first + (second - 0x11A7)),
        _ => '\0',
    };
}
