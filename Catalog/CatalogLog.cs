using Microsoft.Extensions.Logging;

namespace Discovery.Catalog;

/// <summary>What the catalog logs.</summary>
internal static partial class CatalogLog
{
    [LoggerMessage(100, LogLevel.Warning, "The search index cannot be saved, so that the next start takes longer: {Reason}")]
    public static partial void SearchNotSaved(ILogger logger, string reason);

    [LoggerMessage(101, LogLevel.Warning, "The search index in {File} cannot be read and is made anew: {Reason}")]
    public static partial void SearchNotLoaded(ILogger logger, string file, string reason);
}
