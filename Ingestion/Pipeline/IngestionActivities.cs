using System.Diagnostics;

namespace Discovery.Ingestion.Pipeline;

/// <summary>The spans of a run: the run itself, each statement on the source, each batch of the sink. They cost nothing where nobody listens.</summary>
internal static class IngestionActivities
{
    public static ActivitySource Source { get; } = new("Discovery.Ingestion");
}
