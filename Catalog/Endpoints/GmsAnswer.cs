using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Discovery.Catalog.Endpoints;

/// <summary>Writes JSON answers. One is complete before its first byte is sent, so that a fault on the way still has a status.</summary>
internal static class GmsAnswer
{
    /// <summary>Text in any script as it is; the answers are no part of a page.</summary>
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000 };

    public static async Task WriteAsync(HttpContext context, int status, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        await using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            write(writer);
        }
        await WriteAsync(context, status, buffer.WrittenMemory);
    }

    public static async Task WriteAsync(HttpContext context, int status, ReadOnlyMemory<byte> json)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = json.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(json, context.RequestAborted);
        }
    }

    /// <summary>Writes a member whose value is JSON from the store; nothing where it is empty.</summary>
    public static void WriteStored(this Utf8JsonWriter writer, string name, ReadOnlyMemory<byte> json)
    {
        if (!json.IsEmpty)
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(json.Span, skipInputValidation: true);
        }
    }

    /// <summary>Writes <c>{"time": .., "actor": ..}</c>.</summary>
    public static void WriteStamp(this Utf8JsonWriter writer, string name, long time, string actor)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("time"u8, time);
        writer.WriteString("actor"u8, actor);
        writer.WriteEndObject();
    }

    /// <summary>Writes a member with an array of texts.</summary>
    public static void WriteTexts(this Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }
        writer.WriteEndArray();
    }
}
