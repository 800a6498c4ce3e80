using Discovery.Deploy.Input;
using Discovery.Deploy.Kubernetes;

namespace Discovery.Deploy.Discovery;

/// <summary>Control plane and workers, or CronJobs, with their recipes and all around them.</summary>
internal static class DiscoveryManifests
{
    /// <summary>Control plane and workers, or CronJobs, with their recipes and all around them.</summary>
    public static IEnumerable<Manifest> Of(DeployEnvironment environment) => [];
}
