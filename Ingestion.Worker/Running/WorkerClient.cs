using System.Net;
using Discovery.Ingestion.Control;
using Discovery.Ingestion.Worker.Api;
using Discovery.ServiceDefaults;

namespace Discovery.Ingestion.Worker.Running;

/// <summary>The API as a worker sees it. Each call can be made again.</summary>
internal sealed class WorkerClient(Uri api, string? token, TimeProvider time) : IDisposable
{
    /// <summary>The longest wait for a run (20 s), and time for the answer.</summary>
    private static readonly TimeSpan ClaimTimeout = TimeSpan.FromSeconds(35);

    // Both are asked again by who asks: claims for ever, beats all the time.
    private readonly ApiConnection _plain = ApiConnection.Plain(api, token);
    private readonly ApiConnection _resilient = ApiConnection.Resilient(
        api, token, new ResilienceOptions { MaxRetries = int.MaxValue, LongestPause = TimeSpan.FromSeconds(10), TryTimeout = TimeSpan.FromSeconds(60) }, time);

    /// <summary>Asks for a run; null where there is none now.</summary>
    /// <exception cref="ApiException">The API does not answer, or refuses.</exception>
    public async Task<ClaimedRun?> ClaimAsync(ClaimRequest claim, CancellationToken cancellationToken) =>
        await WithinAsync(ClaimTimeout, token => _plain.PostAsync<ClaimedRun>("api/v1/worker/claims", claim, token), cancellationToken);

    /// <summary>Says that the worker still has the run.</summary>
    /// <exception cref="LeaseLostException">It has it no more.</exception>
    /// <exception cref="ApiException">The API does not answer, or refuses.</exception>
    public async Task<BeatAnswer> BeatAsync(string runId, BeatRequest beat, TimeSpan timeout, CancellationToken cancellationToken) =>
        await WithinAsync(timeout, token => OfRunAsync<BeatAnswer>(_plain, runId, "beat", beat, token), cancellationToken) ?? new BeatAnswer(null);

    /// <summary>Hands in structures of datasets; tried until it works or the token is cancelled.</summary>
    /// <exception cref="LeaseLostException">The worker has the run no more.</exception>
    /// <exception cref="ApiException">The API refuses them.</exception>
    public Task SendAsync(string runId, StructureBatch structures, CancellationToken cancellationToken) => OfRunAsync<object>(_resilient, runId, "structures", structures, cancellationToken);

    /// <summary>Ends the run; tried until it works or the token is cancelled.</summary>
    /// <exception cref="LeaseLostException">The worker has the run no more.</exception>
    /// <exception cref="ApiException">The API refuses it.</exception>
    public Task FinishAsync(string runId, FinishRequest finish, CancellationToken cancellationToken) => OfRunAsync<object>(_resilient, runId, "finish", finish, cancellationToken);

    /// <summary>Gives the run back; tried until it works or the token is cancelled.</summary>
    /// <exception cref="LeaseLostException">The worker has the run no more; after a lost answer, because it was given back.</exception>
    /// <exception cref="ApiException">The API refuses it.</exception>
    public Task ReleaseAsync(string runId, ReleaseRequest release, CancellationToken cancellationToken) => OfRunAsync<object>(_resilient, runId, "release", release, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _plain.Dispose();
        _resilient.Dispose();
    }

    private static async Task<T?> OfRunAsync<T>(ApiConnection connection, string runId, string verb, object body, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await connection.PostAsync<T>($"api/v1/worker/runs/{Uri.EscapeDataString(runId)}/{verb}", body, cancellationToken);
        }
        catch (ApiException e) when (e.Status is HttpStatusCode.Conflict or HttpStatusCode.NotFound)
        {
            throw new LeaseLostException(e.Message);
        }
    }

    private async Task<T> WithinAsync<T>(TimeSpan timeout, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var clock = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellationToken);
        try
        {
            return await call(both.Token);
        }
        catch (OperationCanceledException e) when (clock.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ApiException($"{api} did not answer within {timeout.TotalSeconds:0.#} s", status: null, e);
        }
    }
}

/// <summary>The API says that the worker does not have the run, or not any more.</summary>
internal sealed class LeaseLostException(string message) : Exception(message);
