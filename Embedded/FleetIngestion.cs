using Discovery.Embedded.LocalMySql;
using Discovery.Ingestion.Reports;

namespace Discovery.Embedded;

/// <summary>What came of an ingestion.</summary>
/// <param name="ExitCode">As <c>ingest</c> would have ended with.</param>
/// <param name="Emitted">Entities that the source gave.</param>
/// <param name="Source">What was read.</param>
/// <param name="Sink">What was written, and where to.</param>
internal sealed record FleetRun(int ExitCode, EntityCounts Emitted, SourceReport Source, SinkReport Sink);

/// <summary>Runs a recipe with the engine, in this process.</summary>
internal static class FleetIngestion
{
    /// <param name="recipe">Path of the recipe.</param>
    /// <param name="variables">Win over the environment.</param>
    /// <param name="defaultOutput">File to which a recipe without a sink writes. DATAHUB_GMS_URL and ~/.datahubenv are not looked at.</param>
    /// <param name="cancellationToken">Interrupts the run.</param>
    public static Task<FleetRun> RunAsync(string recipe, IReadOnlyDictionary<string, string> variables, string defaultOutput, CancellationToken cancellationToken) =>
        throw new LocalMySqlException($"{recipe} was not run: this build has no ingestion engine.");
}
