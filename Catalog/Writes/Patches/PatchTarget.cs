using System.Globalization;
using System.Text.Json.Nodes;
using Discovery.Metadata.Model;

namespace Discovery.Catalog.Writes.Patches;

/// <summary>
/// An aspect that is being patched. An array with keys becomes nested maps when a path first leads into it, and an array
/// again at the end; others stay as they are.
/// </summary>
internal sealed class PatchTarget(JsonObject root, PatchRule rules)
{
    private JsonObject _root = root;

    /// <summary>Applies one operation.</summary>
    /// <exception cref="CatalogException">Its path leads nowhere.</exception>
    public void Apply(PatchOperation operation)
    {
        if (operation.Path.Count == 0)
        {
            ApplyToAll(operation);
            return;
        }
        if (FindParent(operation) is { } parent)
        {
            Apply(operation, parent, operation.Path[^1]);
        }
    }

    /// <summary>The aspect with its arrays.</summary>
    /// <param name="type">Type of the aspect.</param>
    public JsonObject ToAspect(RecordType type)
    {
        Restore(_root, rules, type);
        EmptyValues.Fill(_root, type);
        return _root;
    }

    private void ApplyToAll(PatchOperation operation) => _root = operation switch
    {
        { Action: PatchAction.Remove } => [],
        { Value: JsonObject value } => (JsonObject)value.DeepClone(),
        _ => throw Refuse(operation, "an aspect is an object"),
    };

    /// <summary>What holds the place that the path names. An addition makes the objects that are missing; for a removal there is null then.</summary>
    private JsonNode? FindParent(PatchOperation operation)
    {
        JsonNode? node = _root;
        var rule = rules;
        var levels = 0;
        foreach (var part in operation.Path.SkipLast(1))
        {
            if (levels > 0)
            {
                levels--;
            }
            else
            {
                rule = rule.Members.GetValueOrDefault(part, PatchRule.None);
                levels = rule.Levels;
                if (rule.IsKeyed && node is JsonObject holder && holder[part] is JsonArray array)
                {
                    holder[part] = rule.IsColumnLineage ? ColumnLineage.ToMap(array) : KeyedArray.ToMap(array, rule.Keys!);
                }
            }
            node = Below(node, part, operation);
            if (node is null)
            {
                return null;
            }
        }
        return node;
    }

    private static JsonNode? Below(JsonNode node, string part, PatchOperation operation)
    {
        switch (node)
        {
            case JsonObject holder:
                if (holder[part] is { } member)
                {
                    return member;
                }
                if (operation.Action != PatchAction.Add)
                {
                    return operation.Action == PatchAction.Remove ? null : throw Refuse(operation, "there is nothing to replace; use add");
                }
                return holder[part] = new JsonObject();
            case JsonArray array when Index(part, array.Count) is { } index:
                return array[index];
            case JsonArray when operation.Action == PatchAction.Remove:
                return null;
            default:
                throw Refuse(operation, $"'{part}' does not lead anywhere");
        }
    }

    private static void Apply(PatchOperation operation, JsonNode parent, string part)
    {
        switch (parent)
        {
            case JsonObject holder:
                Apply(operation, holder, part);
                break;
            case JsonArray array:
                Apply(operation, array, part);
                break;
            default:
                if (operation.Action != PatchAction.Remove)
                {
                    throw Refuse(operation, "a text or number has no members");
                }
                break;
        }
    }

    private static void Apply(PatchOperation operation, JsonObject holder, string part)
    {
        switch (operation.Action)
        {
            case PatchAction.Remove:
                holder.Remove(part);
                break;
            case PatchAction.Replace when !holder.ContainsKey(part):
                throw Refuse(operation, "there is nothing to replace; use add");
            default:
                holder[part] = operation.Value?.DeepClone();
                break;
        }
    }

    private static void Apply(PatchOperation operation, JsonArray array, string part)
    {
        var index = part == "-" ? array.Count : Index(part, array.Count + 1);
        switch (operation.Action)
        {
            case PatchAction.Add when index is { } at:
                array.Insert(at, operation.Value?.DeepClone());
                break;
            case PatchAction.Replace when index < array.Count:
                array[index.Value] = operation.Value?.DeepClone();
                break;
            case PatchAction.Remove when index < array.Count:
                array.RemoveAt(index.Value);
                break;
            case PatchAction.Remove:
                break;
            default:
                throw Refuse(operation, string.Create(CultureInfo.InvariantCulture, $"'{part}' is no place in an array of {array.Count} items"));
        }
    }

    private static int? Index(string part, int count) =>
        int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < count ? index : null;

    private static void Restore(JsonObject holder, PatchRule rule, RecordType? type)
    {
        foreach (var (name, memberRule) in rule.Members)
        {
            var memberType = type is not null && type.Fields.TryGetValue(name, out var field) ? field.Type : null;
            if (holder[name] is not JsonObject member)
            {
                continue;
            }
            if (!memberRule.IsKeyed)
            {
                Restore(member, memberRule, memberType as RecordType);
                EmptyValues.Fill(member, memberType as RecordType);
                continue;
            }
            var itemType = (memberType as ArrayType)?.Item as RecordType;
            var array = memberRule.IsColumnLineage ? ColumnLineage.ToArray(member) : KeyedArray.ToArray(member, memberRule.Keys!, itemType);
            holder[name] = array;
            foreach (var item in array.OfType<JsonObject>())
            {
                Restore(item, memberRule, itemType);
            }
        }
    }

    private static CatalogException Refuse(PatchOperation operation, string message) =>
        new(CatalogFault.Validation, $"Invalid JSON patch: {operation.Action} at '{operation.PathText}': {message}");
}
