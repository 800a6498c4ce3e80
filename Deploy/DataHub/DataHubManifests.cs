using Discovery.Deploy.Input;
using Discovery.Deploy.Kubernetes;

namespace Discovery.Deploy.DataHub;

/// <summary>What stands around the charts in DataHub's namespace: service accounts, edge, disruption budgets, network policies.</summary>
internal static class DataHubManifests
{
    /// <summary>The objects of an environment.</summary>
    public static IEnumerable<Manifest> Of(DeployEnvironment environment) =>
    [
        .. ServiceAccounts.Of(environment).Select(account => new Manifest("infrastructure/service-accounts.yaml", account)),
        .. FrontendEdge.Of(environment).Select(edge => new Manifest("infrastructure/edge.yaml", edge)),
        .. DisruptionBudgets.Of(environment).Select(budget => new Manifest("infrastructure/disruption-budgets.yaml", budget)),
        .. NetworkPolicies.Of(environment).Select(policy => new Manifest("infrastructure/network-policies.yaml", policy)),
    ];
}
