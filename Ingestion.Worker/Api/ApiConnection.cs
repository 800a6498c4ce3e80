using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Discovery.Ingestion.Control;
using Discovery.Ingestion.Reports;
using Discovery.ServiceDefaults;

namespace Discovery.Ingestion.Worker.Api;

/// <summary>The way to a control plane: its address, the token, JSON there and back, and its problem details as <see cref="ApiException"/>.</summary>
internal sealed class ApiConnection : IDisposable
{
    /// <summary>No answer of the API is larger, in bytes.</summary>
    private const int LongestAnswer = 32 << 20;

    private readonly HttpClient _http;

    private ApiConnection(Uri api, string? token, HttpMessageHandler handler)
    {
        Address = api;
        _http = new HttpClient(handler)
        {
            // So that an address with a path keeps it: https://tools.example.com/discovery
            BaseAddress = new Uri(api.AbsoluteUri.TrimEnd('/') + "/"),
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = LongestAnswer,
        };
        if (token is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    /// <summary>Address of the API.</summary>
    public Uri Address { get; }

    /// <summary>A connection for what is asked all the time by who repeats it himself: each request once, without a trace of its own.</summary>
    public static ApiConnection Plain(Uri api, string? token) => new(api, token, Sockets(api, traced: false));

    /// <summary>A connection that repeats what may be repeated, and takes part in traces.</summary>
    public static ApiConnection Resilient(Uri api, string? token, ResilienceOptions options, TimeProvider time) =>
        new(api, token, new ResilienceHandler(options, time, Sockets(api, traced: true)));

    /// <summary>Asks for something; null for 204.</summary>
    /// <exception cref="ApiException">It could not be had.</exception>
    public async Task<T?> GetAsync<T>(string path, CancellationToken cancellationToken)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync<T>(request, cancellationToken);
    }

    /// <summary>Sends something to an address that takes it as often as it comes; null where nothing is answered.</summary>
    /// <exception cref="ApiException">It was not taken.</exception>
    public async Task<T?> PostAsync<T>(string path, object? body, CancellationToken cancellationToken, string? idempotencyKey = null)
        where T : class
    {
        // As bytes: written once, and of known length.
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body is null ? [] : JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), ControlJson.Options)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Options.Set(ResilienceHandler.Repeatable, true);
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }
        return await SendAsync<T>(request, cancellationToken);
    }

    /// <summary>Opens a stream of lines; the caller disposes of it.</summary>
    /// <exception cref="ApiException">It could not be had.</exception>
    public async Task<Stream> OpenAsync(string path, string mediaType, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(mediaType));
        var answer = await SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return await answer.Content.ReadAsStreamAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<T?> SendAsync<T>(HttpRequestMessage request, CancellationToken cancellationToken)
        where T : class
    {
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var answer = await SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.NoContent || answer.Content.Headers.ContentLength == 0)
        {
            return null;
        }
        try
        {
            return await answer.Content.ReadFromJsonAsync<T>(ControlJson.Options, cancellationToken);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new ApiException($"What {Address} answered is not of Discovery's API; look at the address", answer.StatusCode, e);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        HttpResponseMessage answer;
        try
        {
            answer = await _http.SendAsync(request, completion, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw new ApiException($"{Address} cannot be reached: {PrintableText.Of((e.InnerException ?? e).Message).TrimEnd('.')}. Look whether ./discovery api runs there; --api names another address", status: null, e);
        }
        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }
        using (answer)
        {
            var reason = await ReasonAsync(answer, cancellationToken);
            throw new ApiException(answer.StatusCode == HttpStatusCode.Unauthorized ? $"{Address} asks for a token and takes none or another than this one: give it with --token-file" : reason, answer.StatusCode);
        }
    }

    // {"type":"about:blank","title":"Conflict","status":409,"detail":"The run has ended."}
    private static async Task<string> ReasonAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            if (answer.Content.Headers.ContentType?.MediaType is "application/problem+json" or "application/json")
            {
                using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
                foreach (var member in (string[])["detail", "title"])
                {
                    if (problem.RootElement.ValueKind == JsonValueKind.Object && problem.RootElement.TryGetProperty(member, out var text) && text.ValueKind == JsonValueKind.String)
                    {
                        return PrintableText.Of(text.GetString()!);
                    }
                }
            }
        }
        catch (Exception e) when (e is JsonException or HttpRequestException or IOException)
        {
            // The status alone has to do.
        }
        return $"{(int)answer.StatusCode} {PrintableText.Of(answer.ReasonPhrase ?? "")}".TrimEnd();
    }

    private static SocketsHttpHandler Sockets(Uri api, bool traced)
    {
        var handler = new SocketsHttpHandler
        {
            // A redirect would carry the token to another place.
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !api.IsLoopback,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            // A name that points elsewhere later, as those of clusters do, is looked up again.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (!traced)
        {
            handler.ActivityHeadersPropagator = null;
        }
        return handler;
    }
}
