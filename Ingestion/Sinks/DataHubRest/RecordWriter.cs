using System.Text;
using System.Text.Json;
using Discovery.Metadata;
using Discovery.Metadata.Serialization;

namespace Discovery.Ingestion.Sinks.DataHubRest;

/// <summary>Writes records in the forms that the server reads, as ASCII JSON. After a fault the output holds a part of a record.</summary>
internal sealed class RecordWriter(TimeProvider time)
{
    /// <summary>Rest.li: <c>{"entityType":..,"entityUrn":..,"changeType":..,"aspectName":..,"aspect":{"value":"..","contentType":".."},"systemMetadata":{..}}</c></summary>
    /// <exception cref="JsonException">Members that are passed on unchanged are not JSON.</exception>
    public void WriteProposal(MetadataChangeProposal proposal, Utf8Buffer output)
    {
        output.Append("{\"entityType\":"u8);
        AsciiJson.WriteString(proposal.EntityType, output);
        if (proposal.Urn.Length > 0)
        {
            output.Append(",\"entityUrn\":"u8);
            AsciiJson.WriteString(proposal.Urn, output);
        }
        output.Append(",\"changeType\":"u8);
        AsciiJson.WriteString(proposal.ChangeType, output);
        output.Append(",\"aspectName\":"u8);
        AsciiJson.WriteString(proposal.AspectName, output);
        if (!proposal.Aspect.IsEmpty)
        {
            output.Append(",\"aspect\":{\"value\":"u8);
            AsciiJson.WriteTextInString(proposal.Aspect.Span, output);
            output.Append(",\"contentType\":"u8);
            AsciiJson.WriteString(proposal.ContentType, output);
            output.Append("}"u8);
        }
        using var others = Parse(proposal.OtherMembers);
        foreach (var member in Members(others))
        {
            WriteMember(member, output);
        }
        WriteSystemMetadata(proposal.SystemMetadata, output);
        output.Append("}"u8);
    }

    /// <summary>OpenAPI: <c>{"urn":"..","status":{"value":{..},"systemMetadata":{..},"headers":{}}}</c></summary>
    /// <inheritdoc cref="WriteProposal"/>
    public void WriteEntity(MetadataChangeProposal proposal, Utf8Buffer output)
    {
        output.Append("{\"urn\":"u8);
        AsciiJson.WriteString(proposal.Urn, output);
        output.Append(","u8);
        AsciiJson.WriteString(proposal.AspectName, output);
        output.Append(":{\"value\":"u8);
        AsciiJson.WriteText(proposal.Aspect.Span, output);
        WriteSystemMetadata(proposal.SystemMetadata, output);
        using var others = Parse(proposal.OtherMembers);
        var headers = Members(others).Where(member => member.Name == "headers").ToList();
        if (headers.Count == 0)
        {
            output.Append(",\"headers\":{}"u8);
        }
        foreach (var member in headers)
        {
            WriteMember(member, output);
        }
        output.Append("}}"u8);
    }

    /// <summary>Rest.li's older form: <c>{"entity":{"value":{"com.linkedin.metadata.snapshot.TagSnapshot":{"urn":..,"aspects":[..]}}},"systemMetadata":{..}}</c></summary>
    /// <exception cref="MetadataFormatException">An aspect is not JSON.</exception>
    public void WriteSnapshot(MetadataChangeEvent snapshot, Utf8Buffer output)
    {
        output.Append("{\"entity\":{\"value\":{"u8);
        AsciiJson.WriteString(SnapshotNames.ServerName(snapshot.SnapshotType), output);
        output.Append(":{\"urn\":"u8);
        AsciiJson.WriteString(snapshot.Urn, output);
        output.Append(",\"aspects\":["u8);
        var separator = ""u8;
        foreach (var (aspect, proposal) in snapshot.Aspects.Zip(snapshot.ToProposals()))
        {
            output.Append(separator);
            output.Append("{"u8);
            AsciiJson.WriteString(SnapshotNames.ServerName(aspect.TypeName), output);
            output.Append(":"u8);
            AsciiJson.WriteText(proposal.Aspect.Span, output);
            output.Append("}"u8);
            separator = ","u8;
        }
        output.Append("]}}}"u8);
        WriteSystemMetadata(snapshot.SystemMetadata, output);
        output.Append("}"u8);
    }

    private void WriteSystemMetadata(SystemMetadata? metadata, Utf8Buffer output)
    {
        metadata ??= new SystemMetadata(0, SystemMetadata.NoRunId, PipelineName: null);
        output.Append(",\"systemMetadata\":{\"lastObserved\":"u8);
        AsciiJson.WriteNumber(metadata.LastObserved == 0 ? time.GetUtcNow().ToUnixTimeMilliseconds() : metadata.LastObserved, output);
        output.Append(",\"runId\":"u8);
        AsciiJson.WriteString(metadata.RunId, output);
        output.Append(",\"lastRunId\":"u8);
        AsciiJson.WriteString(metadata.LastRunId, output);
        if (metadata.PipelineName is { } pipeline)
        {
            output.Append(",\"pipelineName\":"u8);
            AsciiJson.WriteString(pipeline, output);
        }
        using var others = Parse(metadata.OtherMembers);
        foreach (var member in Members(others).Where(member => member.Name != "properties"))
        {
            WriteMember(member, output);
        }
        output.Append(",\"properties\":{\"clientId\":"u8);
        AsciiJson.WriteString(ClientIdentity.Id, output);
        output.Append(",\"clientVersion\":"u8);
        AsciiJson.WriteString(ClientIdentity.Version, output);
        foreach (var property in Members(others)
            .Where(member => member is { Name: "properties", Value.ValueKind: JsonValueKind.Object })
            .SelectMany(member => member.Value.EnumerateObject())
            .Where(property => property.Name is not ("clientId" or "clientVersion")))
        {
            WriteMember(property, output);
        }
        output.Append("}}"u8);
    }

    private static void WriteMember(JsonProperty member, Utf8Buffer output)
    {
        output.Append(","u8);
        AsciiJson.WriteString(member.Name, output);
        output.Append(":"u8);
        AsciiJson.WriteText(Encoding.UTF8.GetBytes(member.Value.GetRawText()), output);
    }

    // "headers":{"If-None-Match":"*"},"auditHeader":null
    private static JsonDocument? Parse(ReadOnlyMemory<byte> members) =>
        members.IsEmpty ? null : JsonDocument.Parse((byte[])[(byte)'{', .. members.Span, (byte)'}']);

    // The server takes no null: a member without a value is left out.
    private static IEnumerable<JsonProperty> Members(JsonDocument? members) =>
        members is null ? [] : members.RootElement.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null);
}
