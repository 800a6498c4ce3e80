using Microsoft.Extensions.Logging;

namespace Discovery.Catalog.Endpoints;

/// <summary>Log messages of the endpoints.</summary>
internal static partial class EndpointLog
{
    [LoggerMessage(3001, LogLevel.Error, "{Method} {Path} failed.")]
    public static partial void RequestFailed(this ILogger logger, Exception exception, string method, string path);
}
