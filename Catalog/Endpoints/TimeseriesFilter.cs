using System.Globalization;
using System.Text.Json;
using Discovery.Catalog.Search;
using Discovery.Catalog.Store;

namespace Discovery.Catalog.Endpoints;

/// <summary>Filters documents of a timeseries aspect by their members, such as <c>pipelineName</c> or <c>partitionSpec.partition</c>.</summary>
internal static class TimeseriesFilter
{
    /// <summary>The test of a filter; null where it holds for all.</summary>
    /// <exception cref="CatalogException">It has a condition that documents cannot be asked for.</exception>
    public static Func<TimeseriesDocument, bool>? Of(SearchFilter filter)
    {
        if (filter.Alternatives.Count == 0)
        {
            return null;
        }
        var alternatives = filter.Alternatives.Select(criteria => criteria.Select(Test).ToArray()).ToArray();
        return document =>
        {
            using var json = JsonDocument.Parse(document.Value);
            return Array.Exists(alternatives, criteria => Array.TrueForAll(criteria, holds => holds(json.RootElement)));
        };
    }

    private static Func<JsonElement, bool> Test(Criterion criterion)
    {
        var path = criterion.Field.EndsWith(".keyword", StringComparison.Ordinal) ? criterion.Field[..^".keyword".Length] : criterion.Field;
        var parts = path.Split('.');
        var compare = Comparison(criterion.Condition);
        return document => criterion.Negated != (Member(document, parts) is { } value &&
            (criterion.Condition is "EXISTS" || criterion.Values.Any(expected => compare(value, expected))));
    }

    private static Func<string, string, bool> Comparison(string condition) => condition switch
    {
        "EQUAL" or "IN" or "EXISTS" => static (value, expected) => value == expected,
        "IEQUAL" => static (value, expected) => value.Equals(expected, StringComparison.OrdinalIgnoreCase),
        "CONTAIN" => static (value, expected) => value.Contains(expected, StringComparison.OrdinalIgnoreCase),
        "START_WITH" => static (value, expected) => value.StartsWith(expected, StringComparison.OrdinalIgnoreCase),
        "END_WITH" => static (value, expected) => value.EndsWith(expected, StringComparison.OrdinalIgnoreCase),
        "GREATER_THAN" => static (value, expected) => Number(value) > Number(expected),
        "GREATER_THAN_OR_EQUAL_TO" => static (value, expected) => Number(value) >= Number(expected),
        "LESS_THAN" => static (value, expected) => Number(value) < Number(expected),
        "LESS_THAN_OR_EQUAL_TO" => static (value, expected) => Number(value) <= Number(expected),
        _ => throw new CatalogException(CatalogFault.Argument, $"'{condition}' is no condition of a filter on a timeseries aspect."),
    };

    /// <summary>A number; one that compares as false with everything where the text is none.</summary>
    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    private static string? Member(JsonElement element, string[] path)
    {
        foreach (var part in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(part, out element))
            {
                return null;
            }
        }
        return element.ValueKind is JsonValueKind.String ? element.GetString() : element.GetRawText();
    }
}
