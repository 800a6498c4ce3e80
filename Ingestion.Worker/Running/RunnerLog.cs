using Microsoft.Extensions.Logging;

namespace Discovery.Ingestion.Worker.Running;

/// <summary>Log messages of a runner, ids 5000 to 5099. The log of a run itself goes to the API.</summary>
internal static partial class RunnerLog
{
    [LoggerMessage(5000, LogLevel.Information, "Worker {Worker} asks {Api} for runs")]
    public static partial void Started(ILogger logger, string worker, Uri api);

    [LoggerMessage(5001, LogLevel.Warning, "No runs can be had, and it is tried until it works: {Reason}")]
    public static partial void ClaimFailed(ILogger logger, string reason);

    [LoggerMessage(5002, LogLevel.Information, "The API answers")]
    public static partial void ClaimWorks(ILogger logger);

    [LoggerMessage(5003, LogLevel.Information, "Run {RunId} of {Recipe} begins")]
    public static partial void RunBegins(ILogger logger, string runId, string recipe);

    [LoggerMessage(5004, LogLevel.Information, "Run {RunId} ended: {State}")]
    public static partial void RunEnded(ILogger logger, string runId, string state);

    [LoggerMessage(5005, LogLevel.Warning, "Run {RunId}: a beat failed: {Reason}. If none works for {Seconds} s, the run stops writing")]
    public static partial void BeatFailed(ILogger logger, string runId, string reason, double seconds);

    [LoggerMessage(5006, LogLevel.Information, "Run {RunId}: the API answers again")]
    public static partial void ReachedAgain(ILogger logger, string runId);

    [LoggerMessage(5007, LogLevel.Warning, "Run {RunId} is not this worker's any more and stops writing: {Reason}")]
    public static partial void RunLost(ILogger logger, string runId, string reason);

    [LoggerMessage(5008, LogLevel.Information, "Run {RunId} was handed back: {Reason}")]
    public static partial void RunHandedBack(ILogger logger, string runId, string reason);

    [LoggerMessage(5009, LogLevel.Error, "The end of run {RunId} could not be told: {Reason}. The API ends the run when its lease is over")]
    public static partial void EndNotTold(ILogger logger, string runId, string reason);

    [LoggerMessage(5010, LogLevel.Error, "Run {RunId} does not end although it was told to")]
    public static partial void RunDoesNotEnd(ILogger logger, string runId);

    [LoggerMessage(5011, LogLevel.Error, "A defect of the worker in run {RunId}: {Fault}")]
    public static partial void Defect(ILogger logger, string runId, string fault);

    [LoggerMessage(5012, LogLevel.Information, "Worker {Worker} ends: no more runs are taken; one that goes on has {Seconds} s")]
    public static partial void Stopping(ILogger logger, string worker, double seconds);

    [LoggerMessage(5013, LogLevel.Warning, "The token goes over plain HTTP to {Host}. Whoever listens there can read it; use https beyond networks that you trust")]
    public static partial void PlainHttp(ILogger logger, string host);
}
