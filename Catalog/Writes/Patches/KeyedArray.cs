using System.Text.Json;
using System.Text.Json.Nodes;
using Discovery.Metadata.Model;

namespace Discovery.Catalog.Writes.Patches;

/// <summary>
/// Arrays as patches see them: nested maps by the keys of the items. With the keys owner and type,
/// <c>[{"owner":"a","type":"DATAOWNER"}]</c> is <c>{"a":{"DATAOWNER":{"owner":"a","type":"DATAOWNER"}}}</c>.
/// </summary>
internal static class KeyedArray
{
    private const char UnitSeparator = '␟';

    /// <summary>The nested maps of an array. Items with equal keys become one: later members go over earlier ones.</summary>
    /// <param name="array">The array.</param>
    /// <param name="keys">The key members; none for an array of texts.</param>
    public static JsonObject ToMap(JsonArray array, IReadOnlyList<string> keys)
    {
        var map = new JsonObject();
        foreach (var item in array)
        {
            if (keys.Count == 0)
            {
                map[Text(item)] = item?.DeepClone();
                continue;
            }
            var leaf = map;
            foreach (var key in keys)
            {
                leaf = Below(leaf, Text(Member(item, key)));
            }
            foreach (var (name, value) in item as JsonObject ?? throw Refuse("an item of an array that is addressed by keys is no object"))
            {
                leaf[name] = value?.DeepClone();
            }
        }
        return map;
    }

    /// <summary>The array of nested maps, in order of first appearance.</summary>
    /// <param name="map">The nested maps.</param>
    /// <param name="keys">The key members; none for an array of texts.</param>
    /// <param name="type">Type of the items.</param>
    public static JsonArray ToArray(JsonObject map, IReadOnlyList<string> keys, RecordType? type)
    {
        var array = new JsonArray();
        if (keys.Count == 0)
        {
            foreach (var (name, value) in map)
            {
                array.Add(value is JsonValue ? value.DeepClone() : name);
            }
        }
        else
        {
            Collect(map, keys, new string[keys.Count], 0, type, array);
        }
        return array;
    }

    private static void Collect(JsonObject map, IReadOnlyList<string> keys, string[] path, int level, RecordType? type, JsonArray array)
    {
        foreach (var (name, value) in map)
        {
            path[level] = name;
            if (level + 1 < keys.Count && value is JsonObject below && !IsItem(below))
            {
                Collect(below, keys, path, level + 1, type, array);
                continue;
            }
            var item = value?.DeepClone();
            if (item is JsonObject members)
            {
                PutBack(members, keys, path.AsSpan(0, level + 1), type);
            }
            array.Add(item);
        }
    }

    /// <summary>A map between the array and its items has nothing but objects in it; an item that was added by a shorter path has texts.</summary>
    private static bool IsItem(JsonObject below) => below.Any(member => member.Value is not JsonObject);

    /// <summary>Gives an item the keys that only its path has.</summary>
    private static void PutBack(JsonObject item, IReadOnlyList<string> keys, ReadOnlySpan<string> path, RecordType? type)
    {
        for (var i = 0; i < path.Length; i++)
        {
            if (path[i].Length > 0 && !item.ContainsKey(keys[i]) && type is not null &&
                type.Fields.TryGetValue(keys[i], out var field) && field.Type is EnumType or PrimitiveType { Name: "string" })
            {
                item[keys[i]] = path[i];
            }
        }
    }

    private static JsonNode? Member(JsonNode? item, string key)
    {
        foreach (var name in key.Split(UnitSeparator))
        {
            item = (item as JsonObject)?[name];
        }
        return item;
    }

    /// <summary>The text of a key; empty for none. A union such as <c>{"string":"x"}</c> counts as what it holds.</summary>
    private static string Text(JsonNode? key) => key switch
    {
        JsonObject { Count: 1 } union => Text(union.First().Value),
        JsonValue value => value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString(),
        _ => "",
    };

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

    private static CatalogException Refuse(string message) => new(CatalogFault.Validation, $"Invalid JSON patch: {message}");
}
