using Microsoft.Extensions.Logging;

namespace Discovery.Ingestion.Api;

/// <summary>What the control plane logs.</summary>
internal static partial class ControlLog
{
    [LoggerMessage(2000, LogLevel.Error, "The folder of the recipes, {Folder}, cannot be read; what it had last stays in use: {Reason}")]
    public static partial void FolderUnreadable(ILogger logger, string folder, string reason);

    [LoggerMessage(2001, LogLevel.Warning, "Recipe {Recipe} is bad, and {Consequence}: {Problem}")]
    public static partial void RecipeBad(ILogger logger, string recipe, string problem, string consequence);

    [LoggerMessage(2002, LogLevel.Error, "The store does not let the control plane {Work}; it tries again: {Reason}")]
    public static partial void StoreUnavailable(ILogger logger, string work, string reason);

    [LoggerMessage(2003, LogLevel.Warning, "Run {Run} of recipe {Recipe} ended without its worker: {Reason}")]
    public static partial void RunLost(ILogger logger, string run, string recipe, string reason);

    [LoggerMessage(2005, LogLevel.Warning, "Run {Run} of recipe {Recipe} was not begun and waits again: {Reason}")]
    public static partial void RunNotBegun(ILogger logger, string run, string recipe, string reason);

    [LoggerMessage(2004, LogLevel.Error, "The background work of the control plane failed, which is a defect; it goes on")]
    public static partial void Defect(ILogger logger, Exception exception);

    [LoggerMessage(2020, LogLevel.Error, "Run {Run} could not be compared, which is a defect; it ends without a diff")]
    public static partial void DiffDefect(ILogger logger, string run, Exception exception);
}
