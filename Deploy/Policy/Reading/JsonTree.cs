using System.Text.Json;
using System.Text.Json.Nodes;

namespace Discovery.Deploy.Policy.Reading;

/// <summary>Looks into a manifest whose parts may be missing or of another type; what is not there, or not of the type asked for, is null or empty.</summary>
internal static class JsonTree
{
    /// <summary>What stands at a path of keys.</summary>
    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var key in path)
        {
            node = node is JsonObject mapping && mapping.TryGetPropertyValue(key, out var value) ? value : null;
        }
        return node;
    }

    /// <summary>A mapping at a path.</summary>
    public static JsonObject? Mapping(this JsonNode? node, params ReadOnlySpan<string> path) => node.At(path) as JsonObject;

    /// <summary>A text at a path; a number or switch is none.</summary>
    public static string? Text(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    /// <summary>A switch at a path.</summary>
    public static bool? Switch(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path)?.GetValueKind() switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null };

    /// <summary>A number at a path; a text with digits is none.</summary>
    public static double? Number(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is not JsonValue value ? null : value.TryGetValue(out double number) ? number : value.TryGetValue(out long whole) ? whole : null;

    /// <summary>The values of a list at a path, empty ones left out.</summary>
    public static IEnumerable<JsonNode> List(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonArray list ? list.OfType<JsonNode>() : [];

    /// <summary>The mappings of a list at a path.</summary>
    public static IEnumerable<JsonObject> Mappings(this JsonNode? node, params ReadOnlySpan<string> path) => node.List(path).OfType<JsonObject>();

    /// <summary>The texts of a list at a path.</summary>
    public static IEnumerable<string> Texts(this JsonNode? node, params ReadOnlySpan<string> path) => node.List(path).Select(item => item.Text()).OfType<string>();

    /// <summary>Whether there is something at a path, even if it is of a wrong type.</summary>
    public static bool Has(this JsonNode? node, params ReadOnlySpan<string> path) => node.At(path) is not null;

    /// <summary>What people call a value of this type.</summary>
    public static string TypeName(this JsonNode? node) => node?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "nothing",
        JsonValueKind.Object => "a mapping",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "text",
        JsonValueKind.Number => "a number",
        _ => "true or false",
    };
}
