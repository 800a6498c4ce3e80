using System.Text.Json.Nodes;
using Discovery.Deploy.Input;

namespace Discovery.Deploy.DataHub;

/// <summary>Values of the chart datahub-prerequisites 0.3.0, beside its defaults: one broker and one search node, for development.</summary>
internal static class PrerequisitesValues
{
    /// <summary>The values of an environment.</summary>
    public static JsonObject Of(DeployEnvironment environment) => new()
    {
        ["mysql"] = Off(),
        ["kafka"] = environment.Config.DataHub.Kafka.Bundled ? KafkaValues.Of() : Off(),
        ["opensearch"] = environment.Config.DataHub.Search.Bundled ? OpenSearchValues.Of() : Off(),
    };

    private static JsonObject Off() => new() { ["enabled"] = false };
}
