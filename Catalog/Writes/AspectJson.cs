using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Discovery.Metadata.Serialization;

namespace Discovery.Catalog.Writes;

/// <summary>Aspects as trees, for what cannot be done in one pass.</summary>
internal static class AspectJson
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>How deep an aspect may be, for readers of it.</summary>
    public static JsonDocumentOptions Options { get; } = new() { MaxDepth = MetadataJson.MaxDepth };

    /// <summary>The tree of a checked value.</summary>
    public static JsonObject Parse(ReadOnlyMemory<byte> value) => JsonNode.Parse(value.Span, documentOptions: Options)!.AsObject();

    /// <summary>The text of a tree.</summary>
    public static ReadOnlyMemory<byte> Write(JsonObject value)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, Relaxed))
        {
            value.WriteTo(writer);
        }
        return output.WrittenMemory;
    }
}
