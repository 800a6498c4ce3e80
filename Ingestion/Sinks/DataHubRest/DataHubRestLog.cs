using Microsoft.Extensions.Logging;

namespace Discovery.Ingestion.Sinks.DataHubRest;

/// <summary>Log messages of the <c>datahub-rest</c> sink and of the run reporter, ids 4100 to 4199.</summary>
internal static partial class DataHubRestLog
{
    [LoggerMessage(4100, LogLevel.Information, "Connected to DataHub {Version} at {Address}")]
    public static partial void Connected(ILogger logger, string version, string address);

    [LoggerMessage(4101, LogLevel.Warning, "The server asked us to wait {Seconds} s (status {Status}). {RateLimit}")]
    public static partial void AskedToWait(ILogger logger, int seconds, int status, string rateLimit);

    [LoggerMessage(4102, LogLevel.Warning, "{Method} {Target} failed ({Fault}); sending it again in {Seconds} s")]
    public static partial void Retrying(ILogger logger, string method, string target, string fault, int seconds);

    [LoggerMessage(4103, LogLevel.Debug, "The server refused {Count} records with status {Status}; sending them apart")]
    public static partial void SendingApart(ILogger logger, int count, int status);

    [LoggerMessage(4104, LogLevel.Debug, "A record of {Urn} was refused: {Reason}")]
    public static partial void Refused(ILogger logger, string urn, string reason);

    [LoggerMessage(4105, LogLevel.Error, "Sending stopped: {Reason}")]
    public static partial void Stopped(ILogger logger, string reason);

    [LoggerMessage(4110, LogLevel.Warning, "The run could not be shown in DataHub's list of runs: {Reason}")]
    public static partial void RunNotReported(ILogger logger, string reason);
}
