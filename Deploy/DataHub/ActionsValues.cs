using System.Text.Json.Nodes;
using Discovery.Deploy.Input;

namespace Discovery.Deploy.DataHub;

/// <summary>The actions framework, which executes DataHub's own housekeeping recipes.</summary>
internal static class ActionsValues
{
    /// <summary>The block <c>acryl-datahub-actions</c>.</summary>
    public static JsonObject Of(DeployEnvironment environment)
    {
        var values = Workload.Actions(environment).Values();
        values["extraEnvs"] = new JsonArray { ContainerVariable.NoTelemetry() };
        return values;
    }
}
