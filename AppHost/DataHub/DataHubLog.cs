using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.DataHub;

/// <summary>Messages of a DataHub in the dashboard.</summary>
internal static partial class DataHubLog
{
    [LoggerMessage(1, LogLevel.Error, "{DataHub} does not start.")]
    public static partial void FailedToStart(ILogger logger, string dataHub, Exception reason);
}
