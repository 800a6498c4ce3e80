using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Discovery.Integration.Tests.Support;

/// <summary>Takes traces over OTLP (HTTP, protobuf) and keeps their spans.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<Span> _spans = new();
    private readonly WebApplication _app;

    private OtlpReceiver()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/v1/{signal}", ReceiveAsync);
    }

    /// <summary>What came so far.</summary>
    public IReadOnlyCollection<Span> Spans => _spans;

    /// <summary>The variables that make a program send to it.</summary>
    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _app.Urls.First(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
    };

    public static async Task<OtlpReceiver> StartAsync()
    {
        var receiver = new OtlpReceiver();
        await receiver._app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        if (context.Request.Path == "/v1/traces")
        {
            // ExportTraceServiceRequest.resource_spans = 1, ResourceSpans.resource = 1, .scope_spans = 2, ScopeSpans.spans = 2
            foreach (var resource in Messages(body.ToArray(), 1))
            {
                var service = Attributes(Messages(resource, 1).First(), 1).GetValueOrDefault("service.name", "");
                foreach (var span in Messages(resource, 2).SelectMany(scope => Messages(scope, 2)))
                {
                    _spans.Enqueue(Read(service, span));
                }
            }
        }
        context.Response.ContentType = "application/x-protobuf";
    }

    // Span.trace_id = 1, .span_id = 2, .parent_span_id = 4, .name = 5, .attributes = 9
    private static Span Read(string service, byte[] span) => new(
        service,
        Convert.ToHexStringLower(Messages(span, 1).First()),
        Convert.ToHexStringLower(Messages(span, 2).First()),
        Convert.ToHexStringLower(Messages(span, 4).FirstOrDefault([])),
        Encoding.UTF8.GetString(Messages(span, 5).First()),
        Attributes(span, 9));

    // KeyValue.key = 1, .value = 2; of AnyValue the text (1) alone
    private static Dictionary<string, string> Attributes(byte[] message, int field) => Messages(message, field)
        .Select(pair => (Key: Encoding.UTF8.GetString(Messages(pair, 1).First()), Text: Messages(Messages(pair, 2).First(), 1).FirstOrDefault()))
        .Where(pair => pair.Text is not null)
        .ToDictionary(pair => pair.Key, pair => Encoding.UTF8.GetString(pair.Text!));

    /// <summary>The values of one field that have a length: messages, texts, bytes.</summary>
    private static List<byte[]> Messages(byte[] message, int field)
    {
        var values = new List<byte[]>();
        for (var index = 0; index < message.Length;)
        {
            var tag = Varint(message, ref index);
            switch (tag & 7)
            {
                case 0:
                    Varint(message, ref index);
                    break;
                case 1:
                    index += sizeof(ulong);
                    break;
                case 2:
                    var length = (int)Varint(message, ref index);
                    if ((int)(tag >> 3) == field)
                    {
                        values.Add(message[index..(index + length)]);
                    }
                    index += length;
                    break;
                default:
                    index += sizeof(uint);
                    break;
            }
        }
        return values;
    }

    private static ulong Varint(byte[] message, ref int index)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = message[index++];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }
}

/// <summary>A span that arrived.</summary>
/// <param name="Service">Name of the program.</param>
/// <param name="Trace">Id of the trace, as hexadecimal.</param>
/// <param name="Id">Its own.</param>
/// <param name="Parent">That of its parent; empty for none.</param>
/// <param name="Name">What was done.</param>
/// <param name="Attributes">Those that are texts.</param>
internal sealed record Span(string Service, string Trace, string Id, string Parent, string Name, IReadOnlyDictionary<string, string> Attributes);
