using Discovery.Ingestion.Control;
using Discovery.Ingestion.Worker.Api;
using Microsoft.Extensions.Logging;

namespace Discovery.Ingestion.Worker.Running;

/// <summary>Tells the API all the time that the run goes on, with its progress and its log, and learns from it whether it is to end.</summary>
internal sealed class Heartbeat(WorkerClient client, ClaimedRun run, string leaseId, RunLog log, ReportWatch watch, Lease lease, RunStop stop, TimeProvider time, ILogger logger)
{
    // As long as an API asks to be spared whose store takes nothing.
    private static readonly TimeSpan LinesHeldBack = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeSpan _interval = TimeSpan.FromSeconds(run.BeatSeconds);
    private readonly TimeSpan _timeout = TimeSpan.FromSeconds(Math.Min(10, run.LeaseSeconds / 3));
    private RunProgress? _told;
    private long? _linesRefused;
    private bool _holdsLinesBack;
    private int _failures;
    private bool _isFaultTold;

    /// <summary>Ends with the first beat that was answered well. Before it nothing is written: the answer to the claim may be old.</summary>
    public Task First => _first.Task;

    /// <summary>Beats until the run is lost or the token is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await BeatAsync(cancellationToken))
            {
                // After a fault a little less often: the server has enough to do.
                var pause = _failures == 0 && !_holdsLinesBack && log.Count > LogLine.MostAtOnce ? TimeSpan.Zero : _interval * Math.Min(_failures + 1, 4);
                await Task.Delay(pause, time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The run has ended.
        }
    }

    private async Task<bool> BeatAsync(CancellationToken cancellationToken)
    {
        var progress = watch.Look();
        // Without lines the API has nothing to store, and hears of the run also where its store is full or locked.
        var lines = _holdsLinesBack ? [] : log.Next(LogLine.MostAtOnce);
        var sent = time.GetTimestamp();
        try
        {
            var answer = await client.BeatAsync(run.RunId, new BeatRequest(leaseId, IsNews(progress) ? progress : null, lines), _timeout, cancellationToken);
            lease.Renew(sent);
            log.Acknowledge(lines);
            (_told, _) = (progress, _first.TrySetResult());
            (_failures, _linesRefused) = (0, lines.Count > 0 ? null : _linesRefused);
            _holdsLinesBack = _linesRefused is { } refused && time.GetElapsedTime(refused) < LinesHeldBack;
            if (_isFaultTold)
            {
                _isFaultTold = false;
                RunnerLog.ReachedAgain(logger, run.RunId);
            }
            if (answer.CancelReason is { } reason)
            {
                stop.Ask(StopKind.Cancelled, reason);
            }
        }
        catch (LeaseLostException e)
        {
            stop.Ask(StopKind.Lost, e.Message);
            return false;
        }
        catch (ApiException e)
        {
            _failures++;
            var isRefusedAgain = lines.Count > 0 && _linesRefused is not null;
            if (lines.Count > 0)
            {
                (_linesRefused, _holdsLinesBack) = (time.GetTimestamp(), true);
            }
            if (!_isFaultTold && !isRefusedAgain)
            {
                _isFaultTold = true;
                RunnerLog.BeatFailed(logger, run.RunId, e.Message, lease.Length.TotalSeconds);
            }
        }
        return true;
    }

    private bool IsNews(RunProgress? progress) =>
        progress is not null && (_told is null || progress.Records != _told.Records || progress.Failures != _told.Failures || progress.Warnings != _told.Warnings
            || progress.Entities.Count != _told.Entities.Count || progress.Entities.Any(entity => _told.Entities.GetValueOrDefault(entity.Key) != entity.Value));
}
