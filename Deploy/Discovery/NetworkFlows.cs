using System.Text.Json.Nodes;
using Discovery.Deploy.Input;
using Discovery.Deploy.Kubernetes;

namespace Discovery.Deploy.Discovery;

/// <summary>Network policies of Discovery's namespace: nothing passes but what stands here.</summary>
internal static class NetworkFlows
{
    private const int GmsPort = 8080;

    /// <summary>All policies.</summary>
    public static IEnumerable<Manifest> Of(DeployEnvironment environment)
    {
        var config = environment.Config.Discovery;
        var isControlPlane = config.Scheduling == Scheduling.ControlPlane;
        JsonObject[] policies =
        [
            NetworkPolicy.DefaultDeny(config.Namespace),
            .. isControlPlane ? [Api(environment)] : Array.Empty<JsonObject>(),
            Policy(
                environment,
                DiscoveryObject.Worker,
                ingress: [],
                egress:
                [
                    Flow.ToDns(),
                    Flow.Tcp("to DataHub's metadata service", Flow.Pods(environment.Config.DataHub.Namespace, NetworkPolicy.Selector(Labels.DataHub("datahub-gms"))), GmsPort),
                    .. config.Sources.Select(source => Flow.Tcp($"to the sources in {source.Cidr}", Flow.Range(source.Cidr), source.Ports)),
                    .. isControlPlane ? [Flow.Tcp("to the control plane", Flow.Pods(DiscoveryObject.Component(DiscoveryObject.Api)), ApiManifests.Port), .. ToTelemetry(environment)] : Array.Empty<Flow>(),
                ]),
        ];
        return policies.Select(policy => new Manifest("discovery/network-policies.yaml", policy));
    }

    private static JsonObject Api(DeployEnvironment environment) => Policy(
        environment,
        DiscoveryObject.Api,
        ingress: [Flow.FromLoadBalancer(ApiManifests.Port), Flow.Tcp("from workers", Flow.Pods(DiscoveryObject.Component(DiscoveryObject.Worker)), ApiManifests.Port)],
        egress: [Flow.ToDns(), Flow.ToIssuer(environment.Config.Discovery.Api!.Oidc), .. ToTelemetry(environment)]);

    private static IEnumerable<Flow> ToTelemetry(DeployEnvironment environment) => environment.Config.Telemetry is { } telemetry
        ? [Flow.Tcp("to the collector of telemetry", Flow.Pods(telemetry.Namespace, []), new Uri(telemetry.Endpoint).Port)]
        : [];

    private static JsonObject Policy(DeployEnvironment environment, string component, IReadOnlyList<Flow> ingress, IReadOnlyList<Flow> egress) =>
        NetworkPolicy.Allow(environment.Config.Discovery.Namespace, component, NetworkPolicy.Selector(DiscoveryObject.Component(component)), ingress, egress);
}
