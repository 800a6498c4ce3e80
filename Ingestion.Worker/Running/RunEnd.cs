using System.Text.Json;
using Discovery.Ingestion.Control;
using Discovery.Ingestion.Reports;
using Discovery.Ingestion.Worker.Api;
using Microsoft.Extensions.Logging;

namespace Discovery.Ingestion.Worker.Running;

/// <summary>What came of a run.</summary>
/// <param name="Report">Its report; null where the engine did not begin.</param>
/// <param name="ReportJson">The report as JSON, masked.</param>
/// <param name="Datasets">How many different datasets were handed in for comparison; null where they are not compared.</param>
/// <param name="Fault">Why it could not run, in words for people.</param>
internal sealed record RunOutcome(RunReport? Report, string? ReportJson, int? Datasets, string? Fault)
{
    /// <summary>It was told to end before it began.</summary>
    public static RunOutcome Stopped { get; } = new(null, null, null, null);

    /// <summary>It could not run.</summary>
    public static RunOutcome NotRun(string fault) => new(null, null, null, fault);
}

/// <summary>Tells the API how a run ended, or gives it back.</summary>
internal sealed class RunEnd(RunnerOptions options, WorkerClient client, ClaimedRun run, string leaseId, RunLog log, ILogger logger)
{
    /// <summary>How long an API is waited for that does not take the end. The run writes no more, so that there is no harm in waiting.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>The longest report that the API takes, in characters.</summary>
    private const int LongestReport = 7 << 20;

    /// <summary>Tells it, as soon as the API answers.</summary>
    /// <param name="outcome">What came of the run.</param>
    /// <param name="stop">What it was told meanwhile.</param>
    /// <param name="giveUp">Ends the wait for the API.</param>
    public async Task TellAsync(RunOutcome outcome, RunStop stop, CancellationToken giveUp)
    {
        using var patience = new CancellationTokenSource(Patience, options.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(giveUp, patience.Token);
        try
        {
            await SendLongLogAsync(stop, both.Token);
            if (stop.Cause is (StopKind.Lost, var reason))
            {
                RunnerLog.RunLost(logger, run.RunId, reason);
            }
            else if (stop.Cause is (StopKind.HandBack, var why) && outcome.Fault is null && outcome.Report?.Status is null or RunStatus.Cancelled)
            {
                await ReleaseAsync(why, both.Token);
            }
            else
            {
                await FinishAsync(outcome, stop.Cause, both.Token);
            }
        }
        catch (LeaseLostException e)
        {
            RunnerLog.RunLost(logger, run.RunId, e.Message);
        }
        catch (ApiException e)
        {
            RunnerLog.EndNotTold(logger, run.RunId, e.Message);
        }
        catch (OperationCanceledException) when (both.IsCancellationRequested)
        {
            RunnerLog.EndNotTold(logger, run.RunId, "the API did not answer");
        }
    }

    // The beats, which go on, take all but the last lines.
    private async Task SendLongLogAsync(RunStop stop, CancellationToken cancellationToken)
    {
        while (log.Count > LogLine.MostAtOnce && !stop.Abandoned.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromSeconds(run.BeatSeconds), options.Time, cancellationToken);
        }
    }

    private async Task ReleaseAsync(string reason, CancellationToken cancellationToken)
    {
        log.Add(LogLineLevel.Warning, reason);
        await client.ReleaseAsync(run.RunId, new ReleaseRequest(leaseId, reason, log.Next(LogLine.MostAtOnce)), cancellationToken);
        RunnerLog.RunHandedBack(logger, run.RunId, reason);
    }

    private async Task FinishAsync(RunOutcome outcome, (StopKind Kind, string Reason)? cause, CancellationToken cancellationToken)
    {
        var (state, reason) = Judge(outcome, cause);
        if (reason is not null)
        {
            log.Add(state == RunState.Failed ? LogLineLevel.Error : LogLineLevel.Warning, reason);
        }
        var finish = new FinishRequest
        {
            Lease = leaseId,
            State = state,
            Reason = reason,
            WasCutOff = state == RunState.Failed && cause is (StopKind.OutOfReach, _),
            Report = outcome.ReportJson is { Length: <= LongestReport } json ? JsonSerializer.Deserialize<JsonElement>(json) : null,
            Progress = outcome.Report is { } report ? ReportWatch.Progress(report) : null,
            Datasets = outcome.Datasets,
            Log = log.Next(LogLine.MostAtOnce),
        };
        try
        {
            await client.FinishAsync(run.RunId, finish, cancellationToken);
        }
        catch (ApiException e) when (!e.MayPass && finish.Report is not null)
        {
            // Better an end without its report than none.
            await client.FinishAsync(run.RunId, finish with { Report = null, Reason = $"{reason}{(reason is null ? "" : ". ")}The report was not taken: {e.Message}" }, cancellationToken);
        }
        RunnerLog.RunEnded(logger, run.RunId, state.ToString());
    }

    private static (RunState State, string? Reason) Judge(RunOutcome outcome, (StopKind Kind, string Reason)? cause) => (outcome.Report?.Status, cause) switch
    {
        (RunStatus.Success, _) => (RunState.Succeeded, outcome.ReportJson!.Length > LongestReport ? "The report is too long to be kept" : null),
        (_, (StopKind.Cancelled, var reason)) => (RunState.Cancelled, reason),
        (_, (StopKind.OutOfReach, var reason)) => (RunState.Failed, reason),
        _ => (RunState.Failed, outcome.Fault),
    };
}
