using System.Text.Json;
using System.Text.Json.Nodes;

namespace Discovery.Catalog.Writes.Patches;

/// <summary>
/// Column lineage as patches see it: by operation, downstream field, query and upstream field, so that
/// <c>/fineGrainedLineages/NONE/urn:li:schemaField:(..,id)/NONE/urn:li:schemaField:(..,key)</c> is one edge. Edges that
/// share all but the upstream field are one item of the array.
/// </summary>
internal static class ColumnLineage
{
    /// <summary>Parts of a path from the array to an edge.</summary>
    public const int Levels = 4;

    private const string None = "NONE";

    /// <summary>Members of an item that its path has.</summary>
    private static readonly HashSet<string> InPath = ["upstreams", "downstreams", "query", "transformOperation"];

    /// <summary>The edges of the array, each with the other members of its item.</summary>
    /// <exception cref="CatalogException">An item has several downstream fields, or none.</exception>
    public static JsonObject ToMap(JsonArray array)
    {
        var map = new JsonObject();
        foreach (var item in array.OfType<JsonObject>())
        {
            if (item["downstreams"] is not JsonArray { Count: 1 } downstreams)
            {
                throw new CatalogException(
                    CatalogFault.Validation,
                    "Invalid JSON patch: column lineage can be patched only where each item has exactly one downstream field; write the whole aspect instead");
            }
            var operation = Below(map, Text(item["transformOperation"]) ?? None);
            var query = Below(Below(operation, Text(downstreams[0]) ?? ""), Text(item["query"]) ?? None);
            foreach (var upstream in (item["upstreams"] as JsonArray ?? []).Select(Text).OfType<string>())
            {
                query[upstream] = new JsonObject(item.Where(member => !InPath.Contains(member.Key))
                    .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
            }
        }
        return map;
    }

    /// <summary>The array of the edges.</summary>
    public static JsonArray ToArray(JsonObject map)
    {
        var array = new JsonArray();
        foreach (var (operation, downstreams) in Objects(map))
        {
            foreach (var (downstream, queries) in Objects(downstreams))
            {
                foreach (var (query, upstreams) in Objects(queries))
                {
                    if (upstreams.Count > 0)
                    {
                        array.Add(Item(operation, downstream, query, upstreams));
                    }
                }
            }
        }
        return array;
    }

    private static JsonObject Item(string operation, string downstream, string query, JsonObject upstreams)
    {
        var item = new JsonObject { ["upstreamType"] = "FIELD_SET", ["downstreamType"] = "FIELD" };
        JsonNode? confidence = null;
        foreach (var (_, edge) in Objects(upstreams))
        {
            foreach (var (name, value) in edge)
            {
                item[name] = value?.DeepClone();
            }
            // Of several the lowest: a set is as sure as its least sure member.
            if (edge["confidenceScore"] is JsonValue score && (confidence is null || Number(score) < Number(confidence)))
            {
                confidence = score;
            }
        }
        item["confidenceScore"] = confidence?.DeepClone() ?? 1.0m;
        item["upstreams"] = new JsonArray([.. upstreams.Select(upstream => JsonValue.Create(upstream.Key))]);
        item["downstreams"] = new JsonArray(downstream);
        item["transformOperation"] = operation;
        if (query is not (None or ""))
        {
            item["query"] = query;
        }
        return item;
    }

    private static IEnumerable<(string Name, JsonObject Value)> Objects(JsonObject map) =>
        map.Where(member => member.Value is JsonObject).Select(member => (member.Key, (JsonObject)member.Value!));

    private static JsonObject Below(JsonObject map, string key)
    {
        if (map[key] is JsonObject below)
        {
            return below;
        }
        below = [];
        map[key] = below;
        return below;
    }

    private static double Number(JsonNode score) => score.AsValue().TryGetValue<double>(out var number) ? number : 1;

    private static string? Text(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;
}
