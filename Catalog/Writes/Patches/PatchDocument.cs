using System.Text.Json;
using System.Text.Json.Nodes;
using Discovery.Metadata.Serialization;

namespace Discovery.Catalog.Writes.Patches;

/// <summary>What a patch does to one place.</summary>
internal enum PatchAction
{
    /// <summary>Sets a member, or inserts into an array.</summary>
    Add,

    /// <summary>Sets what is there already.</summary>
    Replace,

    /// <summary>Takes away what may be there.</summary>
    Remove,
}

/// <summary>One operation of a patch.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Path">Where, in parts; none for the whole aspect.</param>
/// <param name="Value">The value to set; null for JSON's null, and for a removal.</param>
internal sealed record PatchOperation(PatchAction Action, IReadOnlyList<string> Path, JsonNode? Value)
{
    /// <summary>The path as it was written, for messages.</summary>
    public string PathText => string.Concat(Path.Select(part => "/" + part.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)));
}

/// <summary>
/// A patch: <c>[{"op":"add","path":"/description","value":"x"}]</c>, or such an array as <c>patch</c> of an object that says
/// how arrays are addressed: <c>{"patch":[..],"arrayPrimaryKeys":{"tags":["attribution␟source","tag"]},"forceGenericPatch":true}</c>.
/// </summary>
internal sealed class PatchDocument
{
    /// <summary>Each key is a level of nested maps.</summary>
    private const int MaxKeys = 16;

    private PatchDocument(List<PatchOperation> operations, Dictionary<string, string[]> arrayKeys, bool isGeneric)
    {
        Operations = operations;
        ArrayKeys = arrayKeys;
        IsGeneric = isGeneric;
    }

    /// <summary>The operations in order.</summary>
    public IReadOnlyList<PatchOperation> Operations { get; }

    /// <summary>Names of the key members by the name of the array.</summary>
    public IReadOnlyDictionary<string, string[]> ArrayKeys { get; }

    /// <summary>Whether only <see cref="ArrayKeys"/> count, not what is known of the aspect.</summary>
    public bool IsGeneric { get; }

    /// <summary>Checks the form of a patch.</summary>
    /// <returns>The patch, compact.</returns>
    /// <exception cref="CatalogException">It is malformed.</exception>
    public static ReadOnlyMemory<byte> Check(ReadOnlyMemory<byte> patch)
    {
        var compact = AspectValue.Compact(patch, "com.linkedin.metadata.aspect.patch.GenericJsonPatch");
        Read(compact);
        return compact;
    }

    /// <summary>Reads a patch.</summary>
    /// <exception cref="CatalogException">It is malformed.</exception>
    public static PatchDocument Parse(ReadOnlyMemory<byte> patch) =>
        Read(AspectValue.Compact(patch, "com.linkedin.metadata.aspect.patch.GenericJsonPatch"));

    private static PatchDocument Read(ReadOnlyMemory<byte> compact)
    {
        var root = JsonNode.Parse(compact.Span, documentOptions: AspectJson.Options);
        if (root is JsonArray bare)
        {
            return new PatchDocument(ReadOperations(bare), [], isGeneric: false);
        }
        if (root is not JsonObject document || document["patch"] is not JsonArray operations)
        {
            throw Refuse("an array of operations is expected, or an object with such an array as 'patch'");
        }
        return new PatchDocument(ReadOperations(operations), ReadArrayKeys(document["arrayPrimaryKeys"]), ReadFlag(document["forceGenericPatch"]));
    }

    private static List<PatchOperation> ReadOperations(JsonArray operations) => [.. operations.Select(ReadOperation)];

    private static PatchOperation ReadOperation(JsonNode? node)
    {
        if (node is not JsonObject operation || Text(operation["op"]) is not { } name || Text(operation["path"]) is not { } path)
        {
            throw Refuse("an operation is an object with 'op' and 'path'");
        }
        var action = name.ToUpperInvariant() switch
        {
            "ADD" => PatchAction.Add,
            "REPLACE" => PatchAction.Replace,
            "REMOVE" => PatchAction.Remove,
            _ => throw Refuse($"the operation '{name}' is not offered; use add, remove or replace"),
        };
        if (action != PatchAction.Remove && !operation.ContainsKey("value"))
        {
            throw Refuse($"the operation '{name}' at '{path}' has no 'value'");
        }
        return new PatchOperation(action, Split(path), operation["value"]);
    }

    /// <summary>Splits <c>/tags//urn:li:tag:a~1b</c> into <c>tags</c>, an empty part and <c>urn:li:tag:a/b</c>.</summary>
    private static string[] Split(string path)
    {
        if (path.Length == 0)
        {
            return [];
        }
        if (path[0] != '/')
        {
            throw Refuse($"the path '{path}' does not start with '/'");
        }
        var parts = path[1..].Split('/');
        if (parts.Length > MetadataJson.MaxDepth)
        {
            throw Refuse("a path has more parts than an aspect can have levels");
        }
        return [.. parts.Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
    }

    private static Dictionary<string, string[]> ReadArrayKeys(JsonNode? node)
    {
        var keys = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (node is null)
        {
            return keys;
        }
        foreach (var (array, names) in node as JsonObject ?? throw Refuse("'arrayPrimaryKeys' is not an object"))
        {
            var list = names as JsonArray ?? throw Refuse($"'arrayPrimaryKeys' has no array for '{array}'");
            if (list.Count > MaxKeys)
            {
                throw Refuse($"'arrayPrimaryKeys' has more than {MaxKeys} names for '{array}'");
            }
            keys.Add(array, [.. list.Select(name => Text(name) ?? throw Refuse($"'arrayPrimaryKeys' has something else than names for '{array}'"))]);
        }
        return keys;
    }

    private static bool ReadFlag(JsonNode? node) => node?.GetValueKind() switch
    {
        null or JsonValueKind.False => false,
        JsonValueKind.True => true,
        _ => throw Refuse("'forceGenericPatch' is neither true nor false"),
    };

    private static string? Text(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;

    private static CatalogException Refuse(string message) => new(CatalogFault.Validation, $"Invalid JSON patch: {message}");
}
