using System.Security.Claims;
using System.Text.Json;
using Discovery.Catalog.Search;
using Discovery.Catalog.Store;
using Discovery.Metadata;
using Discovery.Metadata.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Discovery.Catalog.Endpoints;

/// <summary>A request to one of GMS's endpoints, and the parts of the catalog that answer it.</summary>
internal sealed class GmsRequest(HttpContext context)
{
    /// <summary>What a request does not say about its sender.</summary>
    private const string UnknownActor = "urn:li:corpuser:UNKNOWN";

    public HttpContext Context { get; } = context;

    public CatalogStore Store => Context.RequestServices.GetRequiredService<CatalogStore>();

    public SearchIndex Index => Context.RequestServices.GetRequiredService<SearchIndex>();

    public TimeProvider Time => Context.RequestServices.GetRequiredService<TimeProvider>();

    public CancellationToken Cancelled => Context.RequestAborted;

    /// <summary>Urn of who sends the request, by its token.</summary>
    public string Actor => Context.User.FindFirstValue("sub") is { Length: > 0 } subject ? $"urn:li:corpuser:{subject}" : UnknownActor;

    /// <summary>The query members by name, decoded.</summary>
    public GmsQuery Query => new(Context.Request);

    /// <summary>The parts of the path after the first ones, each decoded once.</summary>
    public IReadOnlyList<string> PathAfter(int parts) => RawPath.PartsAfter(Context, parts);

    /// <summary>The urn that the path ends with, after so many parts of the path.</summary>
    /// <exception cref="CatalogException">It is no urn.</exception>
    public Urn UrnAfter(int parts) => Arguments.ParseUrn(string.Join('/', PathAfter(parts)));

    /// <summary>The JSON body, good until the end of the request; <c>{}</c> where there is none.</summary>
    /// <exception cref="CatalogException">It is not JSON.</exception>
    public async Task<JsonDocument> ReadJsonAsync()
    {
        var body = await RequestBody.ReadAsync(Context);
        Context.Response.RegisterForDispose(body);
        try
        {
            body.CheckText();
            var document = JsonDocument.Parse(body.Memory.IsEmpty ? "{}"u8.ToArray() : body.Memory, new JsonDocumentOptions { MaxDepth = MetadataJson.MaxDepth });
            Context.Response.RegisterForDispose(document);
            return document;
        }
        catch (JsonException exception)
        {
            throw RequestBody.Malformed(exception);
        }
    }

    /// <summary>The members of the JSON object in the body.</summary>
    /// <exception cref="CatalogException">It is not a JSON object.</exception>
    public async Task<Arguments> ReadArgumentsAsync() => new((await ReadJsonAsync()).RootElement);

    /// <summary>Answers with JSON.</summary>
    public Task AnswerAsync(Action<Utf8JsonWriter> write, int status = StatusCodes.Status200OK) => GmsAnswer.WriteAsync(Context, status, write);

    /// <summary>Answers as actions of Rest.li do: <c>{"value": ...}</c>.</summary>
    public Task AnswerValueAsync(Action<Utf8JsonWriter> write) => AnswerAsync(writer =>
    {
        writer.WriteStartObject();
        writer.WritePropertyName("value"u8);
        write(writer);
        writer.WriteEndObject();
    });

    /// <summary>Answers without a body.</summary>
    public Task AnswerAsync(int status)
    {
        Context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
