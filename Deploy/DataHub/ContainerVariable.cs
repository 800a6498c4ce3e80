using System.Text.Json.Nodes;

namespace Discovery.Deploy.DataHub;

/// <summary>
/// Variables of <c>extraEnvs</c>. The charts append them, so only names that they do not set themselves may stand there: a name that stands twice is refused
/// by server-side apply.
/// </summary>
internal static class ContainerVariable
{
    /// <summary>A variable.</summary>
    public static JsonObject Variable(string name, string value) => new() { ["name"] = name, ["value"] = value };

    /// <summary>No usage statistics for the makers of DataHub.</summary>
    public static JsonObject NoTelemetry() => Variable("DATAHUB_TELEMETRY_ENABLED", "false");

    /// <summary>What requests to the search engine look like; the application takes Elasticsearch where it is not told, and the chart's key for it reaches no pod.</summary>
    public static JsonObject OpenSearch() => Variable("ELASTICSEARCH_IMPLEMENTATION", "opensearch");

    /// <summary>
    /// Heap of a JVM: two thirds of the container's memory. The rest is for classes, threads, buffers and the metrics agent. A JVM takes a quarter where it is not told;
    /// one that ran out ends, so that it is started anew and does not hang.
    /// </summary>
    /// <param name="name">Variable that the image's start script reads.</param>
    public static JsonObject Heap(string name) => Variable(name, "-XX:MaxRAMPercentage=66.0 -XX:+ExitOnOutOfMemoryError");
}
