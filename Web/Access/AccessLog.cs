using Microsoft.Extensions.Logging;

namespace Discovery.Web.Access;

internal static partial class AccessLog
{
    // Messages of these exceptions may quote the token: their type has to do.
    public static void TokenRefused(ILogger logger, Exception reason)
    {
        var kind = reason.GetType().Name;
        TokenRefused(logger, kind);
    }

    [LoggerMessage(EventId = 1001, Level = LogLevel.Information, Message = "A token was refused: {Reason}")]
    private static partial void TokenRefused(ILogger logger, string reason);

    [LoggerMessage(EventId = 1002, Level = LogLevel.Warning, Message = "The issuer of tokens does not answer as it should at {Address}")]
    public static partial void IssuerUnavailable(ILogger logger, string address, Exception exception);

    [LoggerMessage(EventId = 1003, Level = LogLevel.Information, Message = "Refused a request to the host {Host}, which is not one of this server's names")]
    public static partial void ForeignHost(ILogger logger, string host);

    [LoggerMessage(EventId = 1004, Level = LogLevel.Error, Message = "The file of tokens was changed to what cannot be taken; those that it had before still hold. {Problem}")]
    public static partial void TokenFileNotTaken(ILogger logger, string problem);

    [LoggerMessage(EventId = 1005, Level = LogLevel.Warning, Message = "The issuer refused a log-in: {Error}")]
    public static partial void LoginRefused(ILogger logger, string error);
}
