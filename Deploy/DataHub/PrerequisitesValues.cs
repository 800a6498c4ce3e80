using System.Text.Json.Nodes;
using Discovery.Deploy.Input;

namespace Discovery.Deploy.DataHub;

/// <summary>Values of the chart datahub-prerequisites 0.3.0.</summary>
internal static class PrerequisitesValues
{
    /// <summary>Values of the chart datahub-prerequisites 0.3.0.</summary>
    public static JsonObject Of(DeployEnvironment environment) => new();
}
