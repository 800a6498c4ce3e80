using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Discovery.Deploy.Policy.Reading;

/// <summary>
/// What a plain YAML scalar means to Kubernetes and Helm, whose parser (sigs.k8s.io/yaml) reads YAML 1.1 with its own turns: <c>yes</c> and <c>y</c>
/// are true, <c>0777</c> and <c>0o777</c> octal, <c>1e5</c> a number; a date and <c>1:30</c> are text.
/// </summary>
internal static partial class KubernetesScalars
{
    private const int LongestNumber = 64;

    /// <summary>The value; null for YAML's null.</summary>
    public static JsonNode? Resolve(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "y" or "Y" or "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON" => JsonValue.Create(true),
        "n" or "N" or "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF" => JsonValue.Create(false),
        _ => text.Length <= LongestNumber && (char.IsAsciiDigit(text[0]) || text[0] is '+' or '-' or '.') && Number(text.Replace("_", "", StringComparison.Ordinal)) is { } number ? number : JsonValue.Create(text),
    };

    private static JsonValue? Number(string text)
    {
        if (Integer().Match(text) is { Success: true } integer)
        {
            var digits = integer.Groups["digits"].Value;
            var radix = integer.Groups["prefix"].Value.ToUpperInvariant() switch { "0X" => 16, "0B" => 2, "0O" or "0" => 8, _ => 10 };
            try
            {
                var value = Convert.ToInt64(digits, radix);
                return JsonValue.Create(integer.Groups["sign"].Value == "-" ? -value : value);
            }
            catch (Exception fault) when (fault is OverflowException or FormatException)
            {
                // 0999, or more than 64 bits: read as the fraction that it also is.
            }
        }
        return Fraction().IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var fraction) && double.IsFinite(fraction)
            ? JsonValue.Create(fraction)
            : null;
    }

    [GeneratedRegex(@"\A(?<sign>[-+]?)(?<prefix>0[xX]|0[bB]|0[oO]|0(?=[0-9]))?(?<digits>[0-9a-fA-F]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Integer();

    [GeneratedRegex(@"\A[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Fraction();
}
