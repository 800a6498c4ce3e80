using System.Buffers;
using System.Text;
using System.Text.Json;
using Discovery.Metadata;

namespace Discovery.Ingestion.Sinks.DataHubRest;

/// <summary>Turns snapshots into what the server reads: type names without <c>pegasus2avro</c>, no members that are null.</summary>
internal static class SnapshotSplit
{
    private const string AvroMarker = "pegasus2avro.";

    /// <summary>One proposal for each aspect, in their order.</summary>
    /// <exception cref="JsonException">An aspect is not JSON.</exception>
    public static IEnumerable<MetadataChangeProposal> ToProposals(MetadataChangeEvent snapshot) =>
        snapshot.Aspects.Zip(snapshot.AspectNames, (aspect, name) => new MetadataChangeProposal(snapshot.EntityType, snapshot.Urn, name, ServerDialect(aspect.Value))
        {
            SystemMetadata = snapshot.SystemMetadata,
        });

    /// <summary>A name as the server knows it: <c>com.linkedin.pegasus2avro.common.Status</c> is <c>com.linkedin.common.Status</c>.</summary>
    public static string ServerName(string avroName) => avroName.Replace(AvroMarker, "", StringComparison.Ordinal);

    /// <summary>An aspect in the server's dialect.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static ReadOnlyMemory<byte> ServerDialect(ReadOnlyMemory<byte> avro)
    {
        var output = new ArrayBufferWriter<byte>(avro.Length);
        using (var json = JsonDocument.Parse(avro))
        using (var writer = new Utf8JsonWriter(output))
        {
            Write(json.RootElement, writer);
        }
        return output.WrittenMemory;
    }

    private static void Write(JsonElement element, Utf8JsonWriter writer)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null))
                {
                    writer.WritePropertyName(ServerName(member.Name));
                    Write(member.Value, writer);
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(item, writer);
                }
                writer.WriteEndArray();
                break;
            case JsonValueKind.Number:
                writer.WriteRawValue(Encoding.UTF8.GetBytes(element.GetRawText()));
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }
}
