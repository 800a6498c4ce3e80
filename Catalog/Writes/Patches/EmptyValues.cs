using System.Text.Json.Nodes;
using Discovery.Metadata.Model;

namespace Discovery.Catalog.Writes.Patches;

/// <summary>What a patch starts from where an aspect is absent.</summary>
internal static class EmptyValues
{
    /// <summary>Required texts that are empty until somebody gives them, and the stamp that GMS puts where the model has a default for it.</summary>
    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        ["chartInfo"] = """{"title":"","description":""}""",
        ["dashboardInfo"] = """{"title":"","description":""}""",
        ["dataFlowInfo"] = """{"name":""}""",
        ["formInfo"] = """{"name":""}""",
        ["ownership"] = """{"lastModified":{"time":0,"actor":"urn:li:corpuser:unknown"}}""",
        ["siblings"] = """{"primary":false}""",
    };

    /// <summary>The value that a patch of an absent aspect is applied to.</summary>
    public static JsonObject Of(AspectType aspect) =>
        Texts.TryGetValue(aspect.Name, out var texts) ? JsonNode.Parse(texts)!.AsObject() : [];

    /// <summary>Gives an object the required members that have an obvious empty value: arrays, maps, stamps.</summary>
    public static void Fill(JsonObject value, RecordType? type)
    {
        foreach (var field in type?.Fields.Values ?? [])
        {
            if (!field.Optional && !field.HasDefault && value[field.Name] is null && Of(field.Type) is { } empty)
            {
                value[field.Name] = empty;
            }
        }
    }

    private static JsonNode? Of(ModelType type) => type switch
    {
        ArrayType => new JsonArray(),
        MapType or RecordType { FullName: "com.linkedin.common.ChangeAuditStamps" } => new JsonObject(),
        RecordType { FullName: "com.linkedin.common.AuditStamp" } => new JsonObject { ["time"] = 0, ["actor"] = "urn:li:corpuser:unknown" },
        _ => null,
    };
}
