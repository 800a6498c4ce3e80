namespace Discovery.Catalog.Store;

/// <summary>How many versions before the current one are kept of an aspect.</summary>
internal static class Retention
{
    // DataHub's own default policies: results of runs are written over and over, and nobody asks for the ones before.
    private static readonly HashSet<string> WithoutHistory = new(StringComparer.Ordinal) { "dataHubExecutionRequestResult" };

    public static int Versions(string aspect) => WithoutHistory.Contains(aspect) ? 0 : 20;
}
