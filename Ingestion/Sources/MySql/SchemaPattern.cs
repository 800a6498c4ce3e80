using System.Text;

namespace Discovery.Ingestion.Sources.MySql;

/// <summary>The database of a grant: SQL's LIKE, where <c>%</c> is any text, <c>_</c> one character, and <c>\</c> takes the next one literally.</summary>
internal static class SchemaPattern
{
    /// <summary>The one name that a pattern stands for; null when it stands for several.</summary>
    public static string? Literal(string pattern)
    {
        var name = new StringBuilder(pattern.Length);
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] is '%' or '_')
            {
                return null;
            }
            if (pattern[i] == '\\' && i + 1 < pattern.Length)
            {
                i++;
            }
            name.Append(pattern[i]);
        }
        return name.ToString();
    }

    /// <summary>The pattern that stands for one name alone: <c>shop\_eu</c>.</summary>
    public static string Escape(string name) => name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal);

    /// <summary>Characters before the first wildcard, its escapes included: MySQL tries grants with more of them first. Without a wildcard more than any other has.</summary>
    public static int Stem(string pattern)
    {
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] is '%' or '_')
            {
                return i;
            }
            i += pattern[i] == '\\' ? 1 : 0;
        }
        return int.MaxValue;
    }

    /// <summary>Whether a pattern stands for a name.</summary>
    public static bool Matches(string pattern, string text, bool ignoreCase)
    {
        var (p, t, afterStar, retry) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            var escaped = p + 1 < pattern.Length && pattern[p] == '\\';
            var literal = escaped ? pattern[p + 1] : p < pattern.Length ? pattern[p] : '\0';
            if (!escaped && literal == '%')
            {
                (afterStar, retry) = (++p, t);
            }
            else if (p < pattern.Length && (Same(literal, text[t], ignoreCase) || (!escaped && literal == '_')))
            {
                (p, t) = (p + (escaped ? 2 : 1), t + 1);
            }
            else if (afterStar >= 0)
            {
                (p, t) = (afterStar, ++retry);
            }
            else
            {
                return false;
            }
        }
        return pattern[p..].All(character => character == '%');
    }

    private static bool Same(char x, char y, bool ignoreCase) => x == y || (ignoreCase && char.ToLowerInvariant(x) == char.ToLowerInvariant(y));
}
