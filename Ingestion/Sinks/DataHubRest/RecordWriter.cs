using System.Buffers;
using System.Text;
using System.Text.Json;
using Discovery.Metadata;

namespace Discovery.Ingestion.Sinks.DataHubRest;

/// <summary>Writes records in the forms that the server reads, as ASCII JSON.</summary>
internal sealed class RecordWriter(TimeProvider time)
{
    /// <summary>Rest.li: <c>{"entityType":..,"entityUrn":..,"changeType":..,"aspectName":..,"aspect":{"value":"..","contentType":".."},"systemMetadata":{..}}</c></summary>
    /// <exception cref="JsonException">The members that are passed on unchanged are not JSON.</exception>
    public void WriteProposal(MetadataChangeProposal proposal, IBufferWriter<byte> output)
    {
        // Parsed before anything is written, so that a fault leaves nothing behind.
        using var others = Others(proposal);
        output.Write("{\"entityType\":"u8);
        AsciiJson.WriteString(proposal.EntityType, output);
        if (proposal.Urn.Length > 0)
        {
            output.Write(",\"entityUrn\":"u8);
            AsciiJson.WriteString(proposal.Urn, output);
        }
        output.Write(",\"changeType\":"u8);
        AsciiJson.WriteString(proposal.ChangeType, output);
        output.Write(",\"aspectName\":"u8);
        AsciiJson.WriteString(proposal.AspectName, output);
        if (!proposal.Aspect.IsEmpty)
        {
            output.Write(",\"aspect\":{\"value\":"u8);
            AsciiJson.WriteTextInString(proposal.Aspect.Span, output);
            output.Write(",\"contentType\":"u8);
            AsciiJson.WriteString(proposal.ChangeType == "PATCH" ? MetadataChangeProposal.JsonPatch : MetadataChangeProposal.Json, output);
            output.Write("}"u8);
        }
        foreach (var member in Members(others).Where(member => member.Value.ValueKind != JsonValueKind.Null))
        {
            output.Write(","u8);
            AsciiJson.WriteString(member.Name, output);
            output.Write(":"u8);
            WriteElement(member.Value, output);
        }
        output.Write(",\"systemMetadata\":"u8);
        WriteSystemMetadata(proposal.SystemMetadata, output);
        output.Write("}"u8);
    }

    /// <summary>OpenAPI: <c>{"urn":"..","status":{"value":{..},"systemMetadata":{..},"headers":{}}}</c></summary>
    /// <exception cref="JsonException">The members that are passed on unchanged are not JSON.</exception>
    public void WriteEntity(MetadataChangeProposal proposal, IBufferWriter<byte> output)
    {
        using var others = Others(proposal);
        output.Write("{\"urn\":"u8);
        AsciiJson.WriteString(proposal.Urn, output);
        output.Write(","u8);
        AsciiJson.WriteString(proposal.AspectName, output);
        output.Write(":{\"value\":"u8);
        AsciiJson.WriteText(proposal.Aspect.Span, output);
        output.Write(",\"systemMetadata\":"u8);
        WriteSystemMetadata(proposal.SystemMetadata, output);
        output.Write(",\"headers\":"u8);
        var headers = Members(others).FirstOrDefault(member => member is { Name: "headers", Value.ValueKind: JsonValueKind.Object }).Value;
        if (headers.ValueKind == JsonValueKind.Object)
        {
            WriteElement(headers, output);
        }
        else
        {
            output.Write("{}"u8);
        }
        output.Write("}}"u8);
    }

    /// <summary>Rest.li's older form: <c>{"entity":{"value":{"com.linkedin.metadata.snapshot.TagSnapshot":{"urn":..,"aspects":[..]}}},"systemMetadata":{..}}</c></summary>
    /// <exception cref="JsonException">An aspect is not JSON.</exception>
    public void WriteSnapshot(MetadataChangeEvent snapshot, IBufferWriter<byte> output)
    {
        var aspects = snapshot.Aspects.Select(aspect => SnapshotSplit.ServerDialect(aspect.Value)).ToList();
        output.Write("{\"entity\":{\"value\":{"u8);
        AsciiJson.WriteString(SnapshotSplit.ServerName(snapshot.SnapshotType), output);
        output.Write(":{\"urn\":"u8);
        AsciiJson.WriteString(snapshot.Urn, output);
        output.Write(",\"aspects\":["u8);
        for (var i = 0; i < snapshot.Aspects.Count; i++)
        {
            output.Write(i == 0 ? "{"u8 : ",{"u8);
            AsciiJson.WriteString(SnapshotSplit.ServerName(snapshot.Aspects[i].TypeName), output);
            output.Write(":"u8);
            AsciiJson.WriteText(aspects[i].Span, output);
            output.Write("}"u8);
        }
        output.Write("]}}},\"systemMetadata\":"u8);
        WriteSystemMetadata(snapshot.SystemMetadata, output);
        output.Write("}"u8);
    }

    private void WriteSystemMetadata(SystemMetadata? metadata, IBufferWriter<byte> output)
    {
        output.Write("{\"lastObserved\":"u8);
        AsciiJson.WriteNumber(metadata is { LastObserved: not 0 } ? metadata.LastObserved : time.GetUtcNow().ToUnixTimeMilliseconds(), output);
        output.Write(",\"runId\":"u8);
        AsciiJson.WriteString(metadata?.RunId ?? SystemMetadata.NoRunId, output);
        output.Write(",\"lastRunId\":"u8);
        AsciiJson.WriteString(SystemMetadata.NoRunId, output);
        if (metadata?.PipelineName is { } pipeline)
        {
            output.Write(",\"pipelineName\":"u8);
            AsciiJson.WriteString(pipeline, output);
        }
        output.Write(",\"properties\":{\"clientId\":"u8);
        AsciiJson.WriteString(ClientIdentity.Id, output);
        output.Write(",\"clientVersion\":"u8);
        AsciiJson.WriteString(ClientIdentity.Version, output);
        output.Write("}}"u8);
    }

    // "headers":{"If-None-Match":"*"},"auditHeader":null
    private static JsonDocument? Others(MetadataRecord record) =>
        record.OtherMembers.IsEmpty ? null : JsonDocument.Parse((byte[])[(byte)'{', .. record.OtherMembers.Span, (byte)'}']);

    private static JsonElement.ObjectEnumerator Members(JsonDocument? json) => json is null ? default : json.RootElement.EnumerateObject();

    private static void WriteElement(JsonElement element, IBufferWriter<byte> output) =>
        AsciiJson.WriteText(Encoding.UTF8.GetBytes(element.GetRawText()), output);
}
