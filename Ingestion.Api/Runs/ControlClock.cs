using Discovery.Ingestion.Api.Diffs;
using Discovery.Ingestion.Api.Schedules;
using Discovery.Ingestion.Api.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Discovery.Ingestion.Api.Runs;

/// <summary>Does what has to be done as time goes by: each second looks for lost runs and slots that have come, each minute removes what no run is compared with, each hour what is old.</summary>
internal sealed class ControlClock(LostRuns lost, ScheduleFiring schedules, Retention retention, RunDiffs diffs, TimeProvider time, ILogger<ControlClock> logger) : BackgroundService
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        EachAsync(Second, "end lost runs", _ => lost.CheckAsync(), stoppingToken),
        EachAsync(Second, "fire schedules", _ => schedules.FireAsync(), stoppingToken),
        EachAsync(Minute, "remove what no run is compared with", diffs.RemoveUnusedAsync, stoppingToken),
        EachAsync(Hour, "remove what is old", retention.RunAsync, stoppingToken));

    private async Task EachAsync(TimeSpan interval, string work, Func<CancellationToken, Task> action, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        var isUnavailable = false;
        try
        {
            do
            {
                try
                {
                    await action(stoppingToken);
                    isUnavailable = false;
                }
                catch (StoreUnavailableException e)
                {
                    if (!isUnavailable)
                    {
                        ControlLog.StoreUnavailable(logger, work, e.Message);
                    }
                    isUnavailable = true;
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    ControlLog.Defect(logger, e);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }
}
