using System.Text.RegularExpressions;

namespace Discovery.Integration.Tests.Parity;

/// <summary>Differences that are meant. Each is a row of docs/differences.md.</summary>
internal static class MeantDifferences
{
    // Schemas and variants that have it, and the lines of the comparison that say so.
    private static readonly (string Schemas, string Variants, string Line)[] All =
    [
    ];

    /// <summary>Whether a line of a comparison is a difference that is meant.</summary>
    public static bool Has(string schema, string variant, string line) =>
        Array.Exists(All, meant => Regex.IsMatch(schema, $"^({meant.Schemas})$") && Regex.IsMatch(variant, $"^({meant.Variants})$") && Regex.IsMatch(line, meant.Line));
}
