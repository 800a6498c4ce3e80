using System.Net;
using System.Text;
using System.Text.Json;
using Discovery.Ingestion.Recipes;

namespace Discovery.Ingestion.Sinks.DataHubRest;

/// <summary>What the server answered.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">The first bytes of the body as text; null where it was not kept.</param>
internal sealed record RestAnswer(HttpStatusCode Status, string? Body)
{
    /// <summary>Longest message of a server that is passed on, in characters.</summary>
    public const int LongestMessage = 1000;

    private const int MostBytesKept = 64 * 1024;

    /// <summary>How long the server asks to wait, from <c>Retry-After</c>; null when it does not.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>What the server says of its limits (<c>X-DataHub-RateLimit-*</c>), empty for nothing.</summary>
    public string RateLimit { get; private init; } = "";

    /// <summary>Address that a redirect leads to, null for none.</summary>
    public Uri? Location { get; private init; }

    /// <summary>Whether the records were taken.</summary>
    public bool Accepted => (int)Status is >= 200 and < 300;

    /// <summary>Whether it is a page for people, such as a login page of something that stands before the server.</summary>
    public bool IsPage { get; private init; }

    /// <summary>Whether one record of several may be the reason; then they are worth sending apart.</summary>
    public bool MayBeOneRecord => (int)Status is 500 or (>= 400 and < 500 and not (404 or 405));

    /// <summary>Reads an answer; of a long body only the first part.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="keepBody">Whether the body is wanted even of a success.</param>
    /// <param name="now">For a <c>Retry-After</c> that is a date.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<RestAnswer> ReadAsync(HttpResponseMessage response, bool keepBody, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[keepBody || !response.IsSuccessStatusCode ? MostBytesKept : 0];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            // Read to the end, so that the connection can be used again.
            await stream.CopyToAsync(Stream.Null, cancellationToken);
        }
        return new RestAnswer(response.StatusCode, buffer.Length == 0 ? null : Encoding.UTF8.GetString(buffer, 0, length))
        {
            RetryAfter = response.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - now : null,
            RateLimit = string.Join(", ", response.Headers
                .Where(header => header.Key.StartsWith("X-DataHub-RateLimit-", StringComparison.OrdinalIgnoreCase))
                .Select(header => $"{header.Key}: {string.Join(' ', header.Value)}")),
            Location = response.Headers.Location,
            IsPage = response.Content.Headers.ContentType?.MediaType == "text/html",
        };
    }

    /// <summary>
    /// What the server said, fit to be shown: <c>message</c> or <c>error</c> of its JSON without the stack trace, else
    /// the text; masked, without control characters, at most <see cref="LongestMessage"/> characters.
    /// </summary>
    public string Message(SecretMasker secrets)
    {
        var text = Body?.Trim() switch
        {
            null or "" => "no explanation",
            ['{', ..] json => FromJson(json) ?? json,
            ['<', ..] => "a page in HTML",
            var other => other,
        };
        return Clean(text, secrets);
    }

    /// <summary>A text of the server, fit to be shown.</summary>
    public static string Clean(string text, SecretMasker secrets)
    {
        var clean = string.Concat(secrets.Mask(text).Select(c => char.IsControl(c) ? ' ' : c));
        return clean.Length <= LongestMessage ? clean : string.Concat(clean.AsSpan(0, LongestMessage), "...");
    }

    // {"exceptionClass":"...","message":"Unknown aspect nosuch","status":422,"stackTrace":"..."}
    // {"error":"Validation Error","message":"..."}
    private static string? FromJson(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return Text(json.RootElement, "message") ?? Text(json.RootElement, "error") ?? "no explanation";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, cut off, or half a surrogate pair: the text may hold a stack trace from there on.
            var trace = body.IndexOf("stackTrace", StringComparison.OrdinalIgnoreCase);
            return trace < 0 ? null : body[..trace];
        }
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}
