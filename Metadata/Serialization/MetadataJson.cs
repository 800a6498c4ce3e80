namespace Discovery.Metadata.Serialization;

/// <summary>Reads and writes records as the JSON text of DataHub's metadata files.</summary>
public static class MetadataJson
{
    /// <summary>Levels of objects and arrays that a record may have, its envelope included.</summary>
    public const int MaxDepth = JsonLayout.MaxDepth;

    /// <summary>Reads one record. Its aspects are copied, without the white space between their tokens.</summary>
    /// <param name="record">The JSON object as UTF-8 text.</param>
    /// <exception cref="MetadataFormatException">Not a record; the message says what is wrong.</exception>
    public static MetadataRecord Read(ReadOnlySpan<byte> record) => new RecordReader(record).Read();

    /// <summary>
    /// Writes a record as the file sink of DataHub's client does: four spaces a level, ASCII only, without a line break
    /// at the end. The output is as it was when the record cannot be written.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="output">Where it is written to.</param>
    /// <param name="aspectAsText">Write the aspect of a proposal as JSON text in a string, as older clients did.</param>
    /// <exception cref="MetadataFormatException">An aspect is not valid JSON or UTF-8.</exception>
    public static void WriteIndented(MetadataRecord record, Utf8Buffer output, bool aspectAsText = false) =>
        Write(record, output, JsonStyle.Indented, aspectAsText);

    /// <summary>Writes a record on one line, ASCII only, without a line break at the end.</summary>
    /// <inheritdoc cref="WriteIndented"/>
    public static void WriteCompact(MetadataRecord record, Utf8Buffer output) =>
        Write(record, output, JsonStyle.Compact, aspectAsText: false);

    private static void Write(MetadataRecord record, Utf8Buffer output, JsonStyle style, bool aspectAsText)
    {
        var start = output.Length;
        try
        {
            var envelope = new JsonObjectWriter(output, style, level: 0);
            if (record is MetadataChangeProposal proposal)
            {
                WriteProposal(ref envelope, proposal, output, style, aspectAsText);
            }
            else
            {
                WriteSnapshot(ref envelope, (MetadataChangeEvent)record, output, style);
            }
            if (record.SystemMetadata is { } systemMetadata)
            {
                WriteSystemMetadata(ref envelope, systemMetadata, output, style);
            }
            envelope.Members(record.OtherMembers.Span);
            envelope.Close();
        }
        catch (MetadataFormatException)
        {
            output.Length = start;
            throw;
        }
    }

    private static void WriteProposal(
        ref JsonObjectWriter envelope, MetadataChangeProposal proposal, Utf8Buffer output, JsonStyle style, bool aspectAsText)
    {
        envelope.Member("entityType"u8, proposal.EntityType);
        if (proposal.Urn.Length > 0)
        {
            envelope.Member("entityUrn"u8, proposal.Urn);
        }
        envelope.Member("changeType"u8, proposal.ChangeType);
        if (proposal.AspectName.Length > 0)
        {
            envelope.Member("aspectName"u8, proposal.AspectName);
        }
        if (proposal.Aspect.IsEmpty)
        {
            return;
        }
        envelope.Member("aspect"u8);
        var aspect = new JsonObjectWriter(output, style, envelope.Level);
        if (aspectAsText)
        {
            var text = new Utf8Buffer(2 * proposal.Aspect.Length);
            JsonLayout.Append(text, proposal.Aspect.Span, JsonStyle.Spaced, level: 0);
            aspect.Member("value"u8);
            JsonEscapes.AppendString(output, text.Written);
            aspect.Member("contentType"u8, proposal.ContentType);
        }
        else
        {
            aspect.MemberJson("json"u8, proposal.Aspect.Span);
        }
        aspect.Close();
    }

    private static void WriteSnapshot(ref JsonObjectWriter envelope, MetadataChangeEvent snapshot, Utf8Buffer output, JsonStyle style)
    {
        envelope.Member("proposedSnapshot"u8);
        var union = new JsonObjectWriter(output, style, envelope.Level);
        union.Member(snapshot.SnapshotType);
        var value = new JsonObjectWriter(output, style, union.Level);
        value.Member("urn"u8, snapshot.Urn);
        value.Member("aspects"u8);
        output.Append((byte)'[');
        for (var i = 0; i < snapshot.Aspects.Count; i++)
        {
            if (i > 0)
            {
                JsonLayout.AppendComma(output, style, value.Level + 1);
            }
            else
            {
                JsonLayout.AppendBreak(output, style, value.Level + 1);
            }
            var aspect = new JsonObjectWriter(output, style, value.Level + 1);
            aspect.Member(snapshot.Aspects[i].TypeName);
            JsonLayout.Append(output, snapshot.Aspects[i].Value.Span, style, aspect.Level);
            aspect.Close();
        }
        if (snapshot.Aspects.Count > 0)
        {
            JsonLayout.AppendBreak(output, style, value.Level);
        }
        output.Append((byte)']');
        value.Close();
        union.Close();
    }

    private static void WriteSystemMetadata(ref JsonObjectWriter envelope, SystemMetadata systemMetadata, Utf8Buffer output, JsonStyle style)
    {
        envelope.Member("systemMetadata"u8);
        var value = new JsonObjectWriter(output, style, envelope.Level);
        value.Member("lastObserved"u8, systemMetadata.LastObserved);
        value.Member("runId"u8, systemMetadata.RunId);
        value.Member("lastRunId"u8, systemMetadata.LastRunId);
        if (systemMetadata.PipelineName is { } pipelineName)
        {
            value.Member("pipelineName"u8, pipelineName);
        }
        value.Members(systemMetadata.OtherMembers.Span);
        value.Close();
    }
}
