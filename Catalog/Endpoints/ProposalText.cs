using System.Buffers;
using System.Text.Json;
using Discovery.Metadata;
using Discovery.Metadata.Serialization;

namespace Discovery.Catalog.Endpoints;

/// <summary>Reads proposals from JSON text, and puts together the text of those that come in parts.</summary>
internal static class ProposalText
{
    /// <param name="proposal">The proposal as JSON.</param>
    /// <param name="where">Where it stands in the request, for the message of a fault.</param>
    /// <exception cref="CatalogException">It is no proposal.</exception>
    public static MetadataChangeProposal Read(ReadOnlySpan<byte> proposal, string where) =>
        ReadRecord(proposal, where) as MetadataChangeProposal
        ?? throw new CatalogException(CatalogFault.Argument, $"{where}: a snapshot is no proposal; send it to /entities?action=ingest.");

    /// <inheritdoc cref="Read"/>
    public static MetadataRecord ReadRecord(ReadOnlySpan<byte> record, string where)
    {
        try
        {
            return MetadataJson.Read(record);
        }
        catch (MetadataFormatException exception)
        {
            throw new CatalogException(CatalogFault.Argument, $"{where}: {exception.Message}");
        }
    }

    /// <summary>A proposal of its parts.</summary>
    /// <param name="entityType">Type of the entity.</param>
    /// <param name="urn">The entity.</param>
    /// <param name="changeType">Such as UPSERT.</param>
    /// <param name="aspect">Name of the aspect.</param>
    /// <param name="envelope">
    /// <c>{"value": {..}, "systemMetadata": {..}, "headers": {..}}</c>; the last two may be absent. Without <c>value</c> the whole is a
    /// patch document where <paramref name="changeType"/> is PATCH.
    /// </param>
    /// <exception cref="CatalogException">It is no proposal.</exception>
    public static MetadataChangeProposal Of(string entityType, string urn, string changeType, string aspect, JsonElement envelope)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { MaxDepth = MetadataJson.MaxDepth }))
        {
            writer.WriteStartObject();
            writer.WriteString("entityType"u8, entityType);
            writer.WriteString("entityUrn"u8, urn);
            writer.WriteString("changeType"u8, changeType);
            writer.WriteString("aspectName"u8, aspect);
            writer.WriteStartObject("aspect"u8);
            WriteMember(writer, "json", Value(envelope, changeType) ?? throw new CatalogException(CatalogFault.Argument, $"{urn} {aspect}: 'value' is missing."));
            writer.WriteEndObject();
            foreach (var member in (ReadOnlySpan<string>)["systemMetadata", "headers"])
            {
                if (envelope.ValueKind == JsonValueKind.Object && envelope.TryGetProperty(member, out var value))
                {
                    WriteMember(writer, member, value);
                }
            }
            writer.WriteEndObject();
        }
        return Read(buffer.WrittenSpan, $"{urn} {aspect}");
    }

    private static JsonElement? Value(JsonElement envelope, string changeType) =>
        envelope.ValueKind == JsonValueKind.Object && envelope.TryGetProperty("value", out var value) && value.ValueKind != JsonValueKind.Null ? value
        : changeType == MetadataChangeProposal.Patch && envelope.ValueKind is JsonValueKind.Array or JsonValueKind.Object ? envelope
        : null;

    private static void WriteMember(Utf8JsonWriter writer, string name, JsonElement value)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(JsonMarshal(value), skipInputValidation: true);
    }

    private static ReadOnlySpan<byte> JsonMarshal(JsonElement value) => System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(value);
}
