using System.Globalization;
using System.Text.Json.Nodes;

namespace Discovery.Deploy.Tests.DataHub;

/// <summary>
/// Paths into values and manifests: <c>spec.template.spec.containers[datahub-gms].env[JAVA_OPTS].value</c>. An item of a list stands by its <c>name</c> where it has one, by its number
/// elsewhere; a key with dots or slashes stands in brackets.
/// </summary>
internal static class NodePath
{
    /// <summary>Each value that holds no others, with its path; the names that items stand by are left out.</summary>
    public static IEnumerable<(string Path, JsonNode? Value)> Leaves(JsonNode? node, string path = "") => node switch
    {
        JsonObject mapping => mapping.SelectMany(pair => Leaves(pair.Value, path + Segment(pair.Key, first: path.Length == 0))),
        JsonArray list => list.SelectMany((item, index) => Leaves(item, $"{path}[{Name(item) ?? $"{index}"}]").Where(leaf => Name(item) is null || leaf.Path != $"{path}[{Name(item)}].name")),
        _ => [(path, node)],
    };

    /// <summary>What is at a path; false where nothing is, not even null.</summary>
    public static bool TryFind(JsonNode? root, string path, out JsonNode? found) => TryFind(root, Steps(path), out found);

    /// <summary>Puts a value in the place of the one at a path.</summary>
    public static void Set(JsonNode root, string path, JsonNode? value)
    {
        var steps = Steps(path).ToList();
        Assert.True(TryFind(root, steps.SkipLast(1), out var parent), path);
        if (parent is JsonArray list)
        {
            list[int.Parse(steps[^1], CultureInfo.InvariantCulture)] = value;
        }
        else
        {
            parent![steps[^1]] = value;
        }
    }

    private static bool TryFind(JsonNode? root, IEnumerable<string> steps, out JsonNode? found)
    {
        found = root;
        foreach (var step in steps)
        {
            switch (found)
            {
                case JsonObject mapping when mapping.ContainsKey(step):
                    found = mapping[step];
                    break;
                case JsonArray list when list.FirstOrDefault(item => Name(item) == step) is { } named:
                    found = named;
                    break;
                case JsonArray list when int.TryParse(step, CultureInfo.InvariantCulture, out var index) && index < list.Count:
                    found = list[index];
                    break;
                default:
                    found = null;
                    return false;
            }
        }
        return true;
    }

    private static string? Name(JsonNode? item) => item is JsonObject mapping && mapping["name"] is JsonValue name ? name.ToString() : null;

    private static string Segment(string key, bool first) => key.AsSpan().IndexOfAny("./") >= 0 ? $"[{key}]" : first ? key : $".{key}";

    private static IEnumerable<string> Steps(string path)
    {
        var position = 0;
        while (position < path.Length)
        {
            if (path[position] == '[')
            {
                var end = path.IndexOf(']', position);
                yield return path[(position + 1)..end];
                position = end + 1;
            }
            else
            {
                position += path[position] == '.' ? 1 : 0;
                var end = path.AsSpan(position).IndexOfAny('.', '[');
                end = end < 0 ? path.Length : position + end;
                yield return path[position..end];
                position = end;
            }
        }
    }
}
