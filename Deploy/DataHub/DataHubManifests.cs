using Discovery.Deploy.Input;
using Discovery.Deploy.Kubernetes;

namespace Discovery.Deploy.DataHub;

/// <summary>What stands around the chart in its namespace: service accounts, edge, disruption budgets, network policies.</summary>
internal static class DataHubManifests
{
    /// <summary>What stands around the chart in its namespace: service accounts, edge, disruption budgets, network policies.</summary>
    public static IEnumerable<Manifest> Of(DeployEnvironment environment) => [];
}
