using System.Text.Json.Nodes;
using Discovery.Deploy.Input;
using Discovery.Deploy.Kubernetes;

namespace Discovery.Deploy.DataHub;

/// <summary>A budget for each workload of several pods, one pod at a time. A workload of one pod has none: it would hold up each drain of a node.</summary>
internal static class DisruptionBudgets
{
    /// <summary>The budgets of an environment.</summary>
    public static IEnumerable<JsonObject> Of(DeployEnvironment environment) =>
        Workload.All(environment).Where(workload => workload.Replicas > 1).Select(workload => Budget(environment.Config.DataHub.Namespace, workload.Name));

    private static JsonObject Budget(string ns, string name)
    {
        var budget = Manifest.Head("policy/v1", "PodDisruptionBudget", ns, name);
        budget["spec"] = new JsonObject { ["maxUnavailable"] = 1, ["selector"] = new JsonObject { ["matchLabels"] = Labels.DataHub(name) } };
        return budget;
    }
}
