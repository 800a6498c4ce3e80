using System.Text.Json;
using System.Text.Json.Nodes;
using Discovery.Deploy.Policy.Reading;
using Discovery.Ingestion.Recipes;

namespace Discovery.Deploy.Policy.Charts;

/// <summary>All keys of the chart datahub, from <c>chart-keys.txt</c>: the chart's own schema lets a misspelled key pass.</summary>
internal sealed class ChartKeyTree
{
    private readonly Dictionary<string, ChartKeyTree> _below = new(StringComparer.Ordinal);
    private readonly bool _isFree;
    private readonly string _type;

    private ChartKeyTree(bool isFree, string type) => (_isFree, _type) = (isFree, type);

    /// <summary>The chart of today.</summary>
    public static ChartKeyTree BuiltIn { get; } = Load();

    /// <summary>Keys that the chart does not have, and values of types that its schema refuses.</summary>
    public IEnumerable<ValuesFault> Compare(JsonObject values) => Compare(values, "");

    private IEnumerable<ValuesFault> Compare(JsonObject values, string path)
    {
        foreach (var (key, value) in values)
        {
            var keyPath = path.Length == 0 ? key : $"{path}.{key}";
            if (!_below.TryGetValue(key, out var known))
            {
                if (!GoneKeys.Names(keyPath))
                {
                    yield return new ValuesFault("chart-key-unknown", value ?? values, Shown.Of(keyPath), IsWarning: true, $"the chart has no such key, and ignores it{Suggestion.For(key, _below.Keys)}");
                }
                continue;
            }
            if (value is not null && Expected(known, value) is { } expected)
            {
                yield return new ValuesFault("chart-value-type", value, Shown.Of(keyPath), IsWarning: false, $"must be {expected}, and is {value.TypeName()}; the chart's schema refuses it{(expected == "text" ? ": put it in quotes" : "")}");
            }
            if (!known._isFree && value is JsonObject mapping)
            {
                foreach (var fault in known.Compare(mapping, keyPath))
                {
                    yield return fault;
                }
            }
        }
    }

    private static string? Expected(ChartKeyTree known, JsonNode value) => (known._type, value.GetValueKind()) switch
    {
        ("string", not JsonValueKind.String) => "text",
        ("integer" or "number", not JsonValueKind.Number) => "a number",
        ("boolean", not (JsonValueKind.True or JsonValueKind.False)) => "true or false",
        ("object", not JsonValueKind.Object) => "a mapping",
        ("array", not JsonValueKind.Array) => "a list",
        _ => null,
    };

    private static ChartKeyTree Load()
    {
        using var text = new StreamReader(typeof(ChartKeyTree).Assembly.GetManifestResourceStream("chart-keys.txt") ?? throw new InvalidOperationException("chart-keys.txt is not built in"));
        var path = new List<ChartKeyTree> { new(isFree: false, "") };
        while (text.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
            {
                continue;
            }
            // "    maxMessageBytes * string"    "    provisionSecrets object"
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var depth = (line.Length - line.TrimStart().Length) / 2;
            path.RemoveRange(depth + 1, path.Count - depth - 1);
            var key = new ChartKeyTree(words.Contains("*"), words[^1] is "*" || words.Length == 1 ? "" : words[^1]);
            path[^1]._below.Add(words[0], key);
            path.Add(key);
        }
        return path[0];
    }
}
