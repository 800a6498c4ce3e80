using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Discovery.Metadata.Serialization;
using Discovery.Web.Hosting;
using Microsoft.AspNetCore.Http;

namespace Discovery.Catalog.Endpoints;

/// <summary>A request body in rented memory.</summary>
internal sealed class RequestBody : IDisposable
{
    /// <summary>The most a body may have, in bytes. A batch of the client has at most 15 MiB.</summary>
    public const int MaxBytes = (int)ServerHost.MaxBodyBytes;

    private const int MostAtOnce = 1 << 20;

    private byte[] _bytes;
    private int _length;

    private RequestBody(int capacity) => _bytes = ArrayPool<byte>.Shared.Rent(capacity);

    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, _length);

    /// <exception cref="BadHttpRequestException">It is larger than <see cref="MaxBytes"/>, or its transfer is broken.</exception>
    public static async Task<RequestBody> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > MaxBytes)
        {
            throw TooLarge();
        }
        // What is announced need not come: memory follows what does.
        var body = new RequestBody((int)Math.Min(context.Request.ContentLength ?? 4096, MostAtOnce) + 1);
        try
        {
            int read;
            while ((read = await context.Request.Body.ReadAsync(body._bytes.AsMemory(body._length), context.RequestAborted)) > 0)
            {
                body._length += read;
                if (body._length > MaxBytes)
                {
                    throw TooLarge();
                }
                if (body._length == body._bytes.Length)
                {
                    body.Grow();
                }
            }
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <summary>What a body that is not JSON is answered with.</summary>
    public static CatalogException Malformed(JsonException exception) =>
        new(CatalogFault.Argument, $"Malformed request body: {exception.Message}");

    /// <summary>
    /// Refuses JSON with text that is none: bytes that are not UTF-8, or an escape of half a character, as <c>"\ud800"</c>. A parser
    /// meets such only when it is asked for the text.
    /// </summary>
    /// <exception cref="CatalogException">There is such text.</exception>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public void CheckText()
    {
        if (!Utf8.IsValid(Memory.Span))
        {
            throw NoText();
        }
        if (Memory.Span.IndexOf("\\u"u8) < 0)
        {
            return;
        }
        var reader = new Utf8JsonReader(Memory.Span, new JsonReaderOptions { MaxDepth = MetadataJson.MaxDepth });
        try
        {
            while (reader.Read())
            {
                if (reader.ValueIsEscaped)
                {
                    reader.GetString();
                }
            }
        }
        catch (InvalidOperationException)
        {
            throw NoText();
        }
    }

    /// <summary>What text that is none is answered with.</summary>
    public static CatalogException NoText() =>
        new(CatalogFault.Argument, "Malformed request body: it has text that is not UTF-8, or an escape that is no character.");

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _length = 0;
    }

    private static BadHttpRequestException TooLarge() =>
        new($"The request body has more than {MaxBytes} bytes; send it in several requests.", StatusCodes.Status413PayloadTooLarge);

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_bytes.Length * 2);
        Memory.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
