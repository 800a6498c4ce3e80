using System.Text.Json.Nodes;
using Discovery.Deploy.Input;
using Discovery.Deploy.Kubernetes;

namespace Discovery.Deploy.Discovery;

/// <summary>Control plane and workers, or CronJobs, with their recipes and all around them.</summary>
internal static class DiscoveryManifests
{
    /// <summary>Control plane and workers, or CronJobs, with their recipes and all around them. Airflow makes its pods itself.</summary>
    public static IEnumerable<Manifest> Of(DeployEnvironment environment)
    {
        var scheduling = environment.Config.Discovery.Scheduling;
        var isControlPlane = scheduling == Scheduling.ControlPlane;
        var recipes = isControlPlane
            ? RecipeConfigMaps.All(environment)
            : [.. environment.Scheduled.Select(run => RecipeConfigMaps.Of(environment, run.Recipe))];
        return
        [
            .. isControlPlane ? (Manifest[])[ServiceAccount(environment, DiscoveryObject.Api)] : [],
            ServiceAccount(environment, DiscoveryObject.Worker),
            .. NetworkFlows.Of(environment),
            .. recipes,
            .. isControlPlane ? [.. ApiManifests.Of(environment, recipes), .. WorkerManifests.Of(environment)] : (IEnumerable<Manifest>)[],
            .. scheduling == Scheduling.CronJob ? CronJobManifests.Of(environment) : [],
        ];
    }

    // Without a Google service account and without any right in the cluster: none of them asks for either.
    private static Manifest ServiceAccount(DeployEnvironment environment, string name) =>
        DiscoveryObject.Of(environment, "service-accounts.yaml", "v1", "ServiceAccount", name, new JsonObject { ["automountServiceAccountToken"] = false });
}
