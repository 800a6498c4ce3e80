using System.Text.Json;
using System.Text.Json.Nodes;
using Discovery.Catalog.Model;
using Discovery.Metadata.Model;

namespace Discovery.Catalog.Writes;

/// <summary>Takes references to an entity out of aspects of others.</summary>
public static class AspectReferences
{
    /// <summary>Removes the urn wherever the model says that the aspect relates to another entity.</summary>
    /// <param name="aspect">The aspect.</param>
    /// <param name="value">Its value as UTF-8 JSON, checked.</param>
    /// <param name="urn">The entity that is not to be named any more.</param>
    /// <returns>
    /// The value without the items of arrays and the optional members that held the urn, checked; empty where a required
    /// member of the aspect itself held it, so that the aspect cannot stay; null where nothing held it.
    /// </returns>
    public static ReadOnlyMemory<byte>? Remove(AspectType aspect, ReadOnlyMemory<byte> value, string urn)
    {
        var root = AspectJson.Parse(value);
        var removal = new Removal(urn);
        foreach (var path in PathsOf(aspect.Name))
        {
            if (removal.MustGo(root, path.Split('/', StringSplitOptions.RemoveEmptyEntries), aspect.Record))
            {
                return ReadOnlyMemory<byte>.Empty;
            }
        }
        return removal.Any ? AspectValue.Check(aspect, AspectJson.Write(root)) : default(ReadOnlyMemory<byte>?);
    }

    /// <summary>The annotated paths, and the second place that holds the domains of an entity, which has no annotation.</summary>
    private static IEnumerable<string> PathsOf(string aspect)
    {
        var paths = Annotations.Instance.Relationships.GetValueOrDefault(aspect, []).Select(relationship => relationship.Path);
        return aspect == "domains" ? paths.Append("/domainAssociations/*/domain") : paths;
    }

    private sealed class Removal(string urn)
    {
        public bool Any { get; private set; }

        /// <summary>Removes the urn below a path. Says true where the value itself must go: it is the urn, or cannot be without it.</summary>
        public bool MustGo(JsonNode? node, ReadOnlySpan<string> path, ModelType? type)
        {
            if (path.IsEmpty)
            {
                var found = node is JsonValue && node.GetValueKind() == JsonValueKind.String && node.GetValue<string>() == urn;
                Any |= found;
                return found;
            }
            return node switch
            {
                JsonArray array => RemoveItems(array, path, (type as ArrayType)?.Item),
                JsonObject map when path[0] == "*" => RemoveValues(map, path[1..], (type as MapType)?.Value),
                JsonObject record => RemoveMember(record, path, type),
                _ => false,
            };
        }

        private bool RemoveItems(JsonArray array, ReadOnlySpan<string> path, ModelType? item)
        {
            for (var i = array.Count - 1; i >= 0; i--)
            {
                if (path[0] == "*" && MustGo(array[i], path[1..], item))
                {
                    array.RemoveAt(i);
                }
            }
            return false;
        }

        private bool RemoveValues(JsonObject map, ReadOnlySpan<string> path, ModelType? type)
        {
            foreach (var name in map.Select(member => member.Key).ToList())
            {
                if (MustGo(map[name], path, type))
                {
                    map.Remove(name);
                }
            }
            return false;
        }

        private bool RemoveMember(JsonObject holder, ReadOnlySpan<string> path, ModelType? type)
        {
            var name = path[0];
            var field = type is RecordType record ? record.Fields.GetValueOrDefault(name) : null;
            var memberType = field?.Type ?? (type as UnionType)?.Members.GetValueOrDefault(name);
            if (!MustGo(holder[name], path[1..], memberType))
            {
                return false;
            }
            // What is required takes along what holds it; so does the one member of a union.
            if (field is null or { Optional: false, HasDefault: false })
            {
                return true;
            }
            holder.Remove(name);
            return false;
        }
    }
}
