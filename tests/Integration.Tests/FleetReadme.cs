using System.Globalization;
using System.Text.RegularExpressions;

namespace Discovery.Integration.Tests;

/// <summary>What the README of the sample fleet says of a database.</summary>
internal sealed partial record FleetReadme(string Database, long Tables, long Views, long Columns, long ForeignKeys, long Routines)
{
    /// <summary>All databases, in the order of the README.</summary>
    public static List<FleetReadme> Read() =>
        [.. Row().Matches(File.ReadAllText(Path.Combine(LocalMySqlCheckout.SampleFleetFolder(), "README.md"))).Select(Parse)];

    private static FleetReadme Parse(Match row)
    {
        long[] counts = [.. row.Groups.Values.Skip(2).Select(group => long.Parse(group.Value, CultureInfo.InvariantCulture))];
        return new FleetReadme(row.Groups[1].Value, counts[0], counts[1], counts[2], counts[3], counts[4]);
    }

    // | `geo` | 5 | 1 | 36 | 4 | 0 | places |
    [GeneratedRegex(@"^\| `(\w+)` \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
