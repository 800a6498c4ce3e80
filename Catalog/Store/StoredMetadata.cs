using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Discovery.Catalog.Writes;
using Discovery.Metadata;
using Discovery.Metadata.Serialization;

namespace Discovery.Catalog.Store;

/// <summary>
/// The system metadata of a stored aspect: <c>{"lastObserved":1,"runId":"r1","lastRunId":"r0","version":"2","aspectCreated":{"time":1,"actor":"urn:..."},...}</c>.
/// </summary>
internal static class StoredMetadata
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = MetadataJson.MaxDepth };

    /// <summary>Of the first version of an aspect.</summary>
    public static byte[] First(SystemMetadata observed, long now, string actor)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            WriteObserved(writer, observed);
            writer.WriteString("lastRunId"u8, observed.LastRunId);
            writer.WriteString("version"u8, "1"u8);
            WriteStamp(writer, "aspectCreated"u8, now, actor);
            WriteStamp(writer, "aspectModified"u8, now, actor);
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Of a document that has no versions.</summary>
    public static byte[] Document(SystemMetadata observed)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            WriteObserved(writer, observed);
            writer.WriteString("lastRunId"u8, observed.LastRunId);
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>After another write: all else that was stored stays.</summary>
    public static byte[] Next(ReadOnlySpan<byte> stored, SystemMetadata observed, bool changed, long now, string actor)
    {
        var buffer = new ArrayBufferWriter<byte>(stored.Length + 128);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            writer.WriteNumber("lastObserved"u8, observed.LastObserved);
            writer.WriteString("runId"u8, observed.RunId);
            writer.WriteString("lastRunId"u8, RunId(stored));
            Copy(writer, stored, static name => name is "lastObserved" or "runId" or "lastRunId" or "version" or "aspectModified");
            writer.WriteString("version"u8, (Version(stored) + (changed ? 1 : 0)).ToString(CultureInfo.InvariantCulture));
            if (changed)
            {
                WriteStamp(writer, "aspectModified"u8, now, actor);
            }
            else
            {
                Copy(writer, stored, static name => name is not "aspectModified");
            }
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>What clients said: all but what the server keeps of its own, which the next server makes anew.</summary>
    public static SystemMetadata Observed(ReadOnlyMemory<byte> stored)
    {
        using var document = JsonDocument.Parse(stored, AspectJson.Options);
        var members = document.RootElement;
        var others = members.EnumerateObject().Where(member =>
            member.Name is not ("lastObserved" or "runId" or "lastRunId" or "pipelineName") && !IsServers(member.Name));
        return new SystemMetadata(
            members.GetProperty("lastObserved").GetInt64(),
            members.GetProperty("runId").GetString()!,
            members.TryGetProperty("pipelineName", out var pipeline) ? pipeline.GetString() : null)
        {
            OtherMembers = Encoding.UTF8.GetBytes(string.Join(',', others)),
        };
    }

    /// <summary>The number of the version; the first has 1.</summary>
    public static long Version(ReadOnlySpan<byte> stored) =>
        Text(stored, "version"u8) is { } version && long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1;

    /// <summary>The run that wrote it last.</summary>
    public static string RunId(ReadOnlySpan<byte> stored) => Text(stored, "runId"u8) ?? SystemMetadata.NoRunId;

    private static bool IsServers(string member) => member is "version" or "aspectCreated" or "aspectModified";

    private static void WriteObserved(Utf8JsonWriter writer, SystemMetadata observed)
    {
        writer.WriteNumber("lastObserved"u8, observed.LastObserved);
        writer.WriteString("runId"u8, observed.RunId);
        if (observed.PipelineName is { } pipeline)
        {
            writer.WriteString("pipelineName"u8, pipeline);
        }
        if (!observed.OtherMembers.IsEmpty)
        {
            // What the server itself keeps does not come from clients.
            Copy(writer, [(byte)'{', .. observed.OtherMembers.Span, (byte)'}'], IsServers);
        }
    }

    private static void WriteStamp(Utf8JsonWriter writer, ReadOnlySpan<byte> name, long time, string actor)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("time"u8, time);
        writer.WriteString("actor"u8, actor);
        writer.WriteEndObject();
    }

    private static void Copy(Utf8JsonWriter writer, ReadOnlySpan<byte> json, Func<string, bool> leaveOut)
    {
        var reader = new Utf8JsonReader(json, ReaderOptions);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (!leaveOut(name) && !json[start..(int)reader.BytesConsumed].SequenceEqual("null"u8))
            {
                writer.WritePropertyName(name);
                writer.WriteRawValue(json[start..(int)reader.BytesConsumed], skipInputValidation: true);
            }
        }
    }

    private static string? Text(ReadOnlySpan<byte> json, ReadOnlySpan<byte> member)
    {
        var reader = new Utf8JsonReader(json, ReaderOptions);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(member);
            reader.Read();
            if (found && reader.TokenType == JsonTokenType.String)
            {
                return reader.GetString();
            }
            reader.Skip();
        }
        return null;
    }
}
