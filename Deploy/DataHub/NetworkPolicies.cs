using System.Text.Json.Nodes;
using Discovery.Deploy.Input;
using Discovery.Deploy.Kubernetes;
using static Discovery.Deploy.DataHub.DataHubFlows;

namespace Discovery.Deploy.DataHub;

/// <summary>
/// Network policies of DataHub's namespace: nothing passes but what stands here, by workload. Probes need no rule, since a node may always reach its own pods.
/// </summary>
internal static class NetworkPolicies
{
    /// <summary>The policies of an environment.</summary>
    public static IEnumerable<JsonObject> Of(DeployEnvironment environment)
    {
        var config = environment.Config.DataHub;
        yield return NetworkPolicy.DefaultDeny(config.Namespace);
        yield return Policy(
            environment,
            Workload.Gms(environment),
            ingress: [FromDataHub(8080), FromDiscovery(environment), .. BetweenMetadataServices(environment)],
            egress: [Flow.ToDns(), ToKafka(config.Kafka), ToSearch(config.Search), .. ToDatabase(environment), .. BetweenMetadataServices(environment)]);
        yield return Policy(
            environment,
            Workload.Frontend(environment),
            ingress: [Flow.FromLoadBalancer(9002)],
            egress: [Flow.ToDns(), ToMetadataService(), ToKafka(config.Kafka), Flow.ToIssuer(config.Oidc)]);
        yield return Policy(
            environment,
            Workload.Actions(environment),
            ingress: [],
            egress: [Flow.ToDns(), ToMetadataService(), ToKafka(config.Kafka)]);
        if (Workload.HasConsumers(environment))
        {
            yield return Policy(
                environment,
                Workload.MaeConsumer(environment),
                ingress: [],
                egress: [Flow.ToDns(), ToMetadataService(), ToKafka(config.Kafka), ToSearch(config.Search)]);
            yield return Policy(
                environment,
                Workload.MceConsumer(environment),
                ingress: [],
                egress: [Flow.ToDns(), ToMetadataService(), ToKafka(config.Kafka), ToSearch(config.Search), .. ToDatabase(environment)]);
        }
        yield return NetworkPolicy.Allow(
            config.Namespace,
            "datahub-system-update",
            JobPods(),
            ingress: [],
            egress: [Flow.ToDns(), ToMetadataService(), ToKafka(config.Kafka), ToSearch(config.Search), .. ToDatabase(environment)]);
        if (config.Kafka.Bundled)
        {
            yield return NetworkPolicy.Allow(config.Namespace, "kafka", NetworkPolicy.Selector(KafkaPods()), ingress: [FromDataHub(9092), BetweenKafka()], egress: [Flow.ToDns(), BetweenKafka()]);
        }
        if (config.Search.Bundled)
        {
            yield return NetworkPolicy.Allow(config.Namespace, "opensearch", NetworkPolicy.Selector(OpenSearchPods()), ingress: [FromSearchClients(environment)], egress: [Flow.ToDns()]);
        }
    }

    private static JsonObject Policy(DeployEnvironment environment, Workload workload, IReadOnlyList<Flow> ingress, IReadOnlyList<Flow> egress) =>
        NetworkPolicy.Allow(environment.Config.DataHub.Namespace, workload.Name, NetworkPolicy.Selector(Labels.DataHub(workload.Name)), ingress, egress);
}
