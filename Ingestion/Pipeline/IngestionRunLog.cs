using Microsoft.Extensions.Logging;

namespace Discovery.Ingestion.Pipeline;

/// <summary>Log messages of a run, ids 4000 to 4099.</summary>
internal static partial class IngestionRunLog
{
    [LoggerMessage(4000, LogLevel.Debug, "The run ended in a way that is not foreseen: {Fault}")]
    public static partial void Unforeseen(ILogger logger, string fault);
}
