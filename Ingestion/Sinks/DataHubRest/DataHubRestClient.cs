using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Text.Json;
using Discovery.Ingestion.Pipeline;
using Microsoft.Extensions.Logging;

namespace Discovery.Ingestion.Sinks.DataHubRest;

/// <summary>
/// Speaks to one DataHub server: asks what it is, sends requests, sends them again where that can help. Thread-safe.
/// </summary>
/// <remarks>
/// A fault that other records would meet too (server gone, token refused, certificate wrong) is a
/// <see cref="SinkException"/>; an answer that refuses these records is returned.
/// </remarks>
internal sealed class DataHubRestClient : IDisposable
{
    /// <summary>So many answers 500 in a row, without a success, mean that it is not the records.</summary>
    private const int MostServerErrorsInARow = 16;

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly DataHubRestConfig _config;
    private readonly RunContext _context;
    private readonly ILogger _logger;
    private readonly Func<double> _jitter;
    private readonly ServerPause _pause;
    private readonly Lazy<HttpClient> _http;
    private int _serverErrorsInARow;

    /// <summary>Makes a client; connects to nothing yet.</summary>
    public DataHubRestClient(DataHubRestConfig config, RunContext context, Func<double> jitter)
    {
        _config = config;
        _context = context;
        _logger = context.Loggers.CreateLogger<DataHubRestClient>();
        _jitter = jitter;
        _pause = new ServerPause(context.Time);
        if (config.BearerToken is { } token)
        {
            context.Secrets.Add("token", token);
        }
        // A header may carry a key. Short values are words like true, which must stay readable elsewhere.
        foreach (var (name, value) in (config.ExtraHeaders ?? new Dictionary<string, string>()).Where(header => header.Value.Length >= 8))
        {
            context.Secrets.Add(name, value);
        }
        _http = new Lazy<HttpClient>(() => RestConnection.Create(config, context.Confinement));
    }

    /// <summary>Asks the server what it is (<c>GET /config</c>).</summary>
    /// <returns>Its version, such as <c>v1.7.0</c>; a question mark where it does not say.</returns>
    /// <exception cref="SinkException">It cannot be reached, is not DataHub's metadata service, or a certificate or key file cannot be read.</exception>
    public async Task<string> HandshakeAsync(CancellationToken cancellationToken)
    {
        var answer = await SendAsync(HttpMethod.Get, "/config", request: null, cancellationToken);
        if (answer.Accepted && ServerVersion(answer.Body) is { } version)
        {
            DataHubRestLog.Connected(_logger, version, _config.Address);
            return version;
        }
        if ((int)answer.Status >= 500)
        {
            throw new SinkException($"DataHub at {_config.Address} answers GET /config with status {(int)answer.Status}: {answer.Message(_context.Secrets)}. See the server's own log.");
        }
        var found = answer.Accepted ? "an answer without \"noCode\": \"true\"" : $"status {(int)answer.Status}";
        throw new SinkException(
            $"{_config.Address} is not DataHub's metadata service: GET /config gave {found}. "
            + "Most often server holds the address of the web front end (port 9002, or without /gms or /api/gms); "
            + "give the address of the metadata service, such as http://localhost:8080.");
    }

    /// <summary>Sends records until the server has taken or refused them.</summary>
    /// <exception cref="SinkException">The server cannot be reached or refuses us; the message says what to do.</exception>
    public async Task<RestAnswer> SendAsync(RestRequest request, CancellationToken cancellationToken)
    {
        using var activity = IngestionTelemetry.Batch(_config.Address, request.Count, request.Length);
        try
        {
            var answer = await SendAsync(request.Route.Method, request.Route.Target, request, cancellationToken, activity);
            if (!answer.Accepted)
            {
                IngestionTelemetry.Failed(activity, $"status {(int)answer.Status}: {answer.Message(_context.Secrets)}");
            }
            return answer;
        }
        catch (SinkException exception)
        {
            IngestionTelemetry.Failed(activity, _context.Secrets.Mask(exception.Message));
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_http.IsValueCreated)
        {
            _http.Value.Dispose();
        }
    }

    private async Task<RestAnswer> SendAsync(HttpMethod method, string target, RestRequest? request, CancellationToken cancellationToken, Activity? activity = null)
    {
        var schedule = new RetrySchedule(_config.Retries, _jitter);
        for (var retry = false; ; retry = true)
        {
            await _pause.WaitAsync(cancellationToken);
            RestAnswer? answer = null;
            Exception? fault = null;
            try
            {
                answer = await SendOnceAsync(method, target, request, retry, cancellationToken);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or TimeoutException)
            {
                fault = e;
            }
            if (answer is { Accepted: true })
            {
                if (request is not null && answer.IsPage)
                {
                    throw new SinkException($"{_config.Address} answers {target} with status {(int)answer.Status} and a page in HTML, so it took no record. "
                        + "A login page or a proxy may stand before DataHub; give the address of the metadata service itself, such as http://localhost:8080.");
                }
                Volatile.Write(ref _serverErrorsInARow, 0);
                return answer;
            }
            if (!MayRetry(method, request, answer, fault) || !schedule.TryNext(answer?.Status == HttpStatusCode.TooManyRequests, out var pause))
            {
                return Judge(answer, fault);
            }
            activity?.AddEvent(new ActivityEvent("retry", tags: new() { ["discovery.reason"] = answer is null ? Explain(fault) : $"status {(int)answer.Status}" }));
            await PauseAsync(method, target, answer, fault, pause, cancellationToken);
        }
    }

    private async Task<RestAnswer> SendOnceAsync(HttpMethod method, string target, RestRequest? request, bool retry, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_config.Timeout, _context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var message = new HttpRequestMessage(method, _config.Address + target);
        if (request is { } records)
        {
            message.Content = new RestRequestContent(records) { Headers = { ContentType = Json } };
            _context.SinkReport.AddBytes(records.Length);
        }
        _context.SinkReport.RequestSent(retry);
        try
        {
            using var response = await _http.Value.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return await RestAnswer.ReadAsync(response, keepBody: request is null, _context.Time.GetUtcNow(), either.Token);
        }
        catch (HttpRequestException e) when (e.InnerException is RefusedHostException refused)
        {
            throw new SinkException($"{refused.Message}. Give the address of the metadata service as server.", refused);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"no answer within {_config.Timeout.TotalSeconds} s", e);
        }
    }

    private bool MayRetry(HttpMethod method, RestRequest? request, RestAnswer? answer, Exception? fault)
    {
        if (answer is null)
        {
            // A patch whose answer was lost may have been applied.
            return !IsCertificateFault(fault) && (method != HttpMethod.Patch || WasNeverSent(fault));
        }
        return _config.RetryStatuses.Contains((int)answer.Status)
            && (method != HttpMethod.Patch || answer.Status == HttpStatusCode.TooManyRequests)
            && (answer.Status != HttpStatusCode.InternalServerError || request is null or { RetryServerErrors: true });
    }

    private async Task PauseAsync(HttpMethod method, string target, RestAnswer? answer, Exception? fault, TimeSpan pause, CancellationToken cancellationToken)
    {
        if (answer is { RetryAfter: { Ticks: > 0 } wait, Status: HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable })
        {
            if (_pause.Extend(wait))
            {
                DataHubRestLog.AskedToWait(_logger, (int)wait.TotalSeconds, (int)answer.Status, RestAnswer.Clean(answer.RateLimit, _context.Secrets));
            }
            return;
        }
        DataHubRestLog.Retrying(_logger, method.Method, target, answer is null ? Explain(fault) : $"status {(int)answer.Status}", (int)pause.TotalSeconds);
        await Task.Delay(pause, _context.Time, cancellationToken);
    }

    private RestAnswer Judge(RestAnswer? answer, Exception? fault)
    {
        if (answer is null)
        {
            throw new SinkException($"DataHub at {_config.Address} cannot be reached: {Explain(fault)}. {Advice(fault)}", fault);
        }
        var said = answer.Message(_context.Secrets);
        switch ((int)answer.Status)
        {
            case 401:
                throw new SinkException($"DataHub at {_config.Address} does not accept the token (status 401): {said}. "
                    + (_config.BearerToken is null ? "The sink has no token; create one in DataHub and give it as token." : "Create a new token in DataHub; this one may have expired."));
            case 403:
                throw new SinkException($"DataHub at {_config.Address} does not let this token's owner write (status 403): {said}. Give the owner the privilege to edit metadata, or use another token.");
            case >= 300 and < 400:
                throw new SinkException($"{_config.Address} answers with a redirect to {Origin(answer.Location)} (status {(int)answer.Status}). Redirects are not followed, because the token would go along; give the final address as server.");
            case 429 or 502 or 503 or 504:
                throw new SinkException($"DataHub at {_config.Address} is not available (status {(int)answer.Status}): {said}. Try again later, or see the server's own log.");
            case 500 when Interlocked.Increment(ref _serverErrorsInARow) >= MostServerErrorsInARow:
                throw new SinkException($"DataHub at {_config.Address} answered {MostServerErrorsInARow} requests in a row with status 500, lastly: {said}. See the server's own log.");
            default:
                return answer;
        }
    }

    private string Explain(Exception? fault) => IsCertificateFault(fault)
        ? "TLS failed, " + RestAnswer.Clean(fault!.InnerException!.Message, _context.Secrets)
        : RestAnswer.Clean(fault!.Message, _context.Secrets);

    private static string Advice(Exception? fault) => IsCertificateFault(fault)
        ? "If the server's certificate comes from an authority of your own, name its file in ca_certificate_path; the host name in server must stand in the certificate, and its port must speak TLS."
        : "Check that it runs, that server holds its address and port, and that nothing between blocks it.";

    private static bool IsCertificateFault(Exception? fault) => fault?.InnerException is AuthenticationException;

    private static bool WasNeverSent(Exception? fault) =>
        fault is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.ProxyTunnelError };

    private string Origin(Uri? location) =>
        location is null ? "an unnamed place" : location.IsAbsoluteUri ? location.GetLeftPart(UriPartial.Authority) : new Uri(_config.Address).GetLeftPart(UriPartial.Authority);

    // {"noCode": "true", "versions": {"acryldata/datahub": {"version": "v1.7.0", "commit": "..."}}, ...}
    private static string? ServerVersion(string? body)
    {
        try
        {
            using var json = JsonDocument.Parse(body ?? "");
            if (json.RootElement.ValueKind != JsonValueKind.Object
                || !json.RootElement.TryGetProperty("noCode", out var noCode)
                || noCode.ValueKind != JsonValueKind.String
                || noCode.GetString() != "true")
            {
                return null;
            }
            return json.RootElement.TryGetProperty("versions", out var versions)
                && versions.ValueKind == JsonValueKind.Object
                && versions.TryGetProperty("acryldata/datahub", out var datahub)
                && datahub.ValueKind == JsonValueKind.Object
                && datahub.TryGetProperty("version", out var version)
                    ? version.ToString()
                    : "?";
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
