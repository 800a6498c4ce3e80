using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Discovery.Ingestion.Control;
using Discovery.ServiceDefaults;

namespace Discovery.Ingestion.Worker.Api;

/// <summary>Runs, as people ask the API for them.</summary>
internal sealed class RunsClient(Uri api, string? token) : IDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    private static readonly ResilienceOptions Usual = new() { TryTimeout = TimeSpan.FromSeconds(15) };

    private readonly ApiConnection _connection = ApiConnection.Resilient(api, token, Usual, TimeProvider.System);

    // Whoever follows a run is not sent away by an API that starts again: about two minutes.
    private readonly ApiConnection _patient = ApiConnection.Resilient(api, token, Usual with { MaxRetries = 16, LongestPause = TimeSpan.FromSeconds(10) }, TimeProvider.System);

    /// <summary>The newest runs.</summary>
    /// <exception cref="ApiException">They could not be had.</exception>
    public async Task<Page<RunView>> ListAsync(string? recipe, string? state, int limit, CancellationToken cancellationToken)
    {
        var filters = new[] { ("recipe", recipe), ("state", state), ("limit", limit.ToString(CultureInfo.InvariantCulture)) };
        var query = string.Join('&', filters.Where(filter => filter.Item2 is not null).Select(filter => $"{filter.Item1}={Uri.EscapeDataString(filter.Item2!)}"));
        return await GetAsync<Page<RunView>>($"api/v1/runs?{query}", cancellationToken);
    }

    /// <summary>A run.</summary>
    /// <exception cref="ApiException">It could not be had.</exception>
    public Task<RunView> ShowAsync(string id, CancellationToken cancellationToken) => GetAsync<RunView>(Path(id), cancellationToken);

    /// <summary>Queues a run; once, also where the answer is lost.</summary>
    /// <exception cref="ApiException">It was refused.</exception>
    public async Task<RunView> StartAsync(RunRequest request, CancellationToken cancellationToken) =>
        await _connection.PostAsync<RunView>("api/v1/runs", request, cancellationToken, idempotencyKey: Guid.NewGuid().ToString("N")) ?? throw NoAnswer();

    /// <summary>Asks for the end of a run.</summary>
    /// <exception cref="ApiException">It was refused.</exception>
    public async Task<RunView> CancelAsync(string id, CancellationToken cancellationToken) =>
        await _connection.PostAsync<RunView>($"{Path(id)}/cancel", null, cancellationToken) ?? throw NoAnswer();

    /// <summary>The log of a run, each line once.</summary>
    /// <param name="id">Id of the run.</param>
    /// <param name="follow">Go on until the run has ended; a connection that is cut is opened again.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ApiException">It could not be had.</exception>
    public async IAsyncEnumerable<LogLine> LogAsync(string id, bool follow, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (last, connection, hasEnded) = (0L, _connection, false);
        while (true)
        {
            using var reader = new StreamReader(await connection.OpenAsync($"{Path(id)}/log?after={last.ToString(CultureInfo.InvariantCulture)}{(follow ? "&follow=true" : "")}", "application/x-ndjson", cancellationToken));
            while (await NextAsync(reader, follow && !hasEnded, cancellationToken) is { } line)
            {
                if (line.Number > last)
                {
                    last = line.Number;
                    yield return line;
                }
            }
            if (!follow || hasEnded)
            {
                yield break;
            }
            // A run that ended while the connection was cut wrote lines meanwhile, so that its log is read once more.
            connection = _patient;
            hasEnded = await HasEndedAsync(id, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _connection.Dispose();
        _patient.Dispose();
    }

    // Null at the end, and where the connection was cut, in the middle of a line too.
    private static async Task<LogLine?> NextAsync(StreamReader reader, bool follow, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadLineAsync(cancellationToken) is { } text ? JsonSerializer.Deserialize<LogLine>(text, ControlJson.Options) : null;
        }
        catch (Exception e) when (e is IOException or JsonException or HttpRequestException)
        {
            return follow ? null : throw new ApiException("The connection was cut before the end of the log", status: null, e);
        }
    }

    private async Task<bool> HasEndedAsync(string id, CancellationToken cancellationToken)
    {
        if ((await _patient.GetAsync<RunView>(Path(id), cancellationToken) ?? throw NoAnswer()).Ended is not null)
        {
            return true;
        }
        await Task.Delay(Between, cancellationToken);
        return false;
    }

    private async Task<T> GetAsync<T>(string path, CancellationToken cancellationToken)
        where T : class => await _connection.GetAsync<T>(path, cancellationToken) ?? throw NoAnswer();

    private ApiException NoAnswer() => new($"{api} answered with nothing; look at the address", status: null);

    private static string Path(string id) => $"api/v1/runs/{Uri.EscapeDataString(id)}";
}
