using System.Net;
using System.Net.Http.Headers;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Discovery.ServiceDefaults;

/// <summary>
/// Sends requests again that may be repeated, where the connection fails or the server says that it may work later (408, 429, 5xx but 501):
/// after a growing pause, or after that of <c>Retry-After</c>. What never gets an answer ends as <see cref="HttpRequestException"/>.
/// </summary>
/// <remarks>A request that is to be repeated needs content that can be written twice, as JSON and bytes can.</remarks>
public sealed class ResilienceHandler : DelegatingHandler
{
    /// <summary>Set to true on a request whose method is not idempotent (POST) and which may be repeated all the same.</summary>
    public static readonly HttpRequestOptionsKey<bool> Repeatable = new("discovery.repeatable");

    private readonly ResiliencePipeline<HttpResponseMessage> _once;
    private readonly ResiliencePipeline<HttpResponseMessage> _repeated;
    private readonly TimeSpan _tryTimeout;

    /// <summary>Makes the handler.</summary>
    /// <param name="options">How often and how long.</param>
    /// <param name="time">The clock of pauses and time-outs.</param>
    /// <param name="next">What sends.</param>
    public ResilienceHandler(ResilienceOptions options, TimeProvider time, HttpMessageHandler next)
        : base(next)
    {
        _tryTimeout = options.TryTimeout;
        _once = Pipeline(time).AddTimeout(options.TryTimeout).Build();
        _repeated = Pipeline(time).AddRetry(Retry(options, time)).AddTimeout(options.TryTimeout).Build();
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await (IsRepeatable(request) ? _repeated : _once).ExecuteAsync(
                static async (call, token) => await call.Handler.SendOnceAsync(call.Request, token), (Handler: this, Request: request), cancellationToken);
        }
        catch (TimeoutRejectedException e)
        {
            throw new HttpRequestException(HttpRequestError.Unknown, $"no answer within {_tryTimeout.TotalSeconds:0.#} s", e);
        }
    }

    private Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, CancellationToken cancellationToken) => base.SendAsync(request, cancellationToken);

    private static bool IsRepeatable(HttpRequestMessage request) =>
        request.Options.TryGetValue(Repeatable, out var repeatable) ? repeatable
        : request.Method == HttpMethod.Get || request.Method == HttpMethod.Head || request.Method == HttpMethod.Put || request.Method == HttpMethod.Delete || request.Method == HttpMethod.Options;

    private static ResiliencePipelineBuilder<HttpResponseMessage> Pipeline(TimeProvider time) => new() { TimeProvider = time };

    private static RetryStrategyOptions<HttpResponseMessage> Retry(ResilienceOptions options, TimeProvider time) => new()
    {
        MaxRetryAttempts = options.MaxRetries,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = options.FirstPause,
        MaxDelay = options.LongestPause,
        ShouldHandle = new PredicateBuilder<HttpResponseMessage>().Handle<HttpRequestException>().Handle<TimeoutRejectedException>().HandleResult(MayWorkLater),
        DelayGenerator = arguments =>
        {
            var asked = arguments.Outcome.Result?.Headers.RetryAfter is { } header ? Wait(header, time) : null;
            return ValueTask.FromResult<TimeSpan?>(asked > options.LongestPause ? options.LongestPause : asked);
        },
        OnRetry = arguments =>
        {
            arguments.Outcome.Result?.Dispose();
            return default;
        },
    };

    private static bool MayWorkLater(HttpResponseMessage answer) =>
        answer.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or (>= HttpStatusCode.InternalServerError and not HttpStatusCode.NotImplemented);

    // Retry-After: 5, or a date, which may have passed.
    private static TimeSpan? Wait(RetryConditionHeaderValue header, TimeProvider time) =>
        header.Delta ?? (header.Date is { } date ? TimeSpan.FromTicks(Math.Max(0, (date - time.GetUtcNow()).Ticks)) : null);
}
