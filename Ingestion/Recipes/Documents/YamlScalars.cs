using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Discovery.Ingestion.Recipes.Documents;

/// <summary>
/// What a plain YAML scalar means, by the rules of YAML 1.1 (https://yaml.org/type/) as Python's safe loader applies them:
/// <c>yes</c> is true, <c>0777</c> is octal, <c>1:30</c> is 90, <c>1e5</c> is text.
/// </summary>
internal static partial class YamlScalars
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    // No number that a recipe needs is longer; turning millions of digits into a number would take minutes.
    private const int LongestNumber = 256;

    public static object? Resolve(string text)
    {
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return null;
            case "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON":
                return true;
            case "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF":
                return false;
        }
        if (text.Length > LongestNumber || !(char.IsAsciiDigit(text[0]) || text[0] is '+' or '-' or '.'))
        {
            return text;
        }
        return Integer().IsMatch(text) ? ParseInteger(text)
            : Float().IsMatch(text) ? ParseFloat(text)
            : Timestamp().IsMatch(text) ? new RecipeDate(text)
            : text;
    }

    public static bool TryParseInteger(string text, out BigInteger value)
    {
        var matches = text.Length <= LongestNumber && Integer().IsMatch(text);
        value = matches ? ParseInteger(text) : default;
        return matches;
    }

    public static bool TryParseFloat(string text, out double value)
    {
        var matches = text.Length <= LongestNumber && (Float().IsMatch(text) || Integer().IsMatch(text));
        value = matches ? ParseFloat(text) : default;
        return matches;
    }

    private static BigInteger ParseInteger(string text)
    {
        var negative = text[0] == '-';
        var digits = text.TrimStart('+', '-').Replace("_", "", StringComparison.Ordinal);
        var value = digits switch
        {
            "0" => BigInteger.Zero,
            _ when digits.StartsWith("0b", StringComparison.Ordinal) => InBase(2, digits[2..]),
            _ when digits.StartsWith("0x", StringComparison.Ordinal) => InBase(16, digits[2..]),
            _ when digits[0] == '0' => InBase(8, digits),
            _ when digits.Contains(':', StringComparison.Ordinal) => digits.Split(':').Aggregate(BigInteger.Zero, (sum, part) => (sum * 60) + int.Parse(part, CultureInfo.InvariantCulture)),
            _ => BigInteger.Parse(digits, CultureInfo.InvariantCulture),
        };
        return negative ? -value : value;
    }

    private static BigInteger InBase(int radix, string digits) =>
        digits.Aggregate(BigInteger.Zero, (sum, digit) => (sum * radix) + Convert.ToInt32(digit.ToString(), 16));

    private static double ParseFloat(string text)
    {
        var sign = text[0] == '-' ? -1.0 : 1.0;
        var digits = text.TrimStart('+', '-').Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
        return digits switch
        {
            ".inf" => sign * double.PositiveInfinity,
            ".nan" => double.NaN,
            _ => sign * digits.Split(':').Aggregate(0.0, (sum, part) => (sum * 60) + double.Parse(part, CultureInfo.InvariantCulture)),
        };
    }

    [GeneratedRegex(@"\A[-+]?(0b[0-1_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*(:[0-5]?[0-9])+)\z", Options)]
    private static partial Regex Integer();

    [GeneratedRegex(@"\A([-+]?[0-9][0-9_]*\.[0-9_]*([eE][-+][0-9]+)?|\.[0-9][0-9_]*([eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z", Options)]
    private static partial Regex Float();

    [GeneratedRegex(@"\A([0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(\.[0-9]*)?([ \t]*(Z|[-+][0-9]{1,2}(:[0-9]{2})?))?)\z", Options)]
    private static partial Regex Timestamp();
}
