using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Discovery.Deploy.Policy.Reading;

namespace Discovery.Deploy.Policy;

/// <summary>Quantities of Kubernetes: <c>500m</c>, <c>1.5</c>, <c>512Mi</c>, <c>2e3</c>.</summary>
internal static partial class Quantity
{
    /// <summary>The number that a quantity stands for; null where it is none.</summary>
    public static double? Parse(JsonNode? node)
    {
        if (node.Number() is { } number)
        {
            return number;
        }
        if (node.Text() is not { } text || Form().Match(text) is not { Success: true } match || !double.TryParse(match.Groups["number"].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
        {
            return null;
        }
        return match.Groups["suffix"].Value switch
        {
            "" => value,
            "n" => value * 1e-9,
            "u" => value * 1e-6,
            "m" => value * 1e-3,
            "k" => value * 1e3,
            [var letter] => value * Math.Pow(1000, 1 + "KMGTPE".IndexOf(letter, StringComparison.Ordinal)),
            [var letter, 'i'] => value * Math.Pow(1024, 1 + "KMGTPE".IndexOf(letter, StringComparison.Ordinal)),
            _ => null,
        };
    }

    [GeneratedRegex(@"\A(?<number>[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?)(?<suffix>[KMGTPE]i|[numkMGTPE])?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
