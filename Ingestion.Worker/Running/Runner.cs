using System.Security.Cryptography;
using Discovery.Ingestion.Control;
using Discovery.Ingestion.Worker.Api;
using Microsoft.Extensions.Logging;

namespace Discovery.Ingestion.Worker.Running;

/// <summary>A worker: asks the API for runs and executes them, one at a time.</summary>
public sealed class Runner(RunnerOptions options)
{
    private const string LeaseCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>How long the API may be silent; its answers to claims wait up to 20 seconds.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(60);

    private readonly ILogger _logger = options.Loggers.CreateLogger<Runner>();
    private long _answered = options.Time.GetTimestamp() - (options.Time.TimestampFrequency * (long)LongestSilence.TotalSeconds);
    private bool _executes;

    /// <summary>Whether the API answered within the last minute, or a run is on whose lease says so itself. Thread-safe.</summary>
    public bool IsReady => Volatile.Read(ref _executes) || options.Time.GetElapsedTime(Interlocked.Read(ref _answered)) < LongestSilence;

    /// <summary>Works until the token is cancelled. A run that goes on then may end within the grace time and is handed back after it. Never throws.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var client = new WorkerClient(options.Api, options.Token, options.Time);
        RunnerLog.Started(_logger, options.Name, options.Api);
        if (options.Token is not null && options.Api is { Scheme: "http", IsLoopback: false })
        {
            RunnerLog.PlainHttp(_logger, options.Api.Host);
        }
        using var told = stopping.Register(() => RunnerLog.Stopping(_logger, options.Name, options.Grace.TotalSeconds));
        while (await ClaimAsync(client, stopping) is var (lease, run))
        {
            Volatile.Write(ref _executes, true);
            await new Execution(options, client, run, lease, _logger).RunAsync(stopping);
            Volatile.Write(ref _executes, false);
        }
    }

    /// <summary>Waits for a run; null when the worker is to end.</summary>
    private async Task<(string Lease, ClaimedRun Run)?> ClaimAsync(WorkerClient client, CancellationToken stopping)
    {
        // The same one until there is an answer, so that a run whose answer was lost comes again.
        var lease = NewLease();
        for (var failures = 0; ;)
        {
            try
            {
                stopping.ThrowIfCancellationRequested();
                var run = await client.ClaimAsync(new ClaimRequest(lease, options.Name, options.Labels), stopping);
                Interlocked.Exchange(ref _answered, options.Time.GetTimestamp());
                if (failures > 0)
                {
                    RunnerLog.ClaimWorks(_logger);
                    failures = 0;
                }
                if (run is not null)
                {
                    return (lease, run);
                }
                lease = NewLease();
            }
            catch (ApiException e)
            {
                if (failures++ == 0)
                {
                    RunnerLog.ClaimFailed(_logger, e.Message);
                }
                await PauseAsync(failures, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return null;
            }
        }
    }

    // 1, 2, 4, 8, 10, 10, ... seconds, each up to a quarter less, so that workers do not come back all at once.
    private async Task PauseAsync(int failures, CancellationToken stopping)
    {
        var seconds = Math.Min(Math.Pow(2, Math.Min(failures - 1, 10)), LongestPause.TotalSeconds) * (1 - (RandomNumberGenerator.GetInt32(250) / 1000.0));
        await Task.Delay(TimeSpan.FromSeconds(seconds), options.Time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static string NewLease() => RandomNumberGenerator.GetString(LeaseCharacters, 32);
}
