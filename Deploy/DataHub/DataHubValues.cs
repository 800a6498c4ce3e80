using System.Text.Json.Nodes;
using Discovery.Deploy.Input;

namespace Discovery.Deploy.DataHub;

/// <summary>Values of the chart datahub 1.1.0.</summary>
internal static class DataHubValues
{
    /// <summary>Values of the chart datahub 1.1.0.</summary>
    public static JsonObject Of(DeployEnvironment environment) => new();
}
