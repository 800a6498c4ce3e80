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
        yield return DefaultDeny(config.Namespace);
        yield return Policy(
            environment,
            Workload.Gms(environment),
            ingress: [FromDataHub(8080), FromDiscovery(environment), .. BetweenMetadataServices(environment)],
            egress: [ToDns(), ToKafka(config.Kafka), ToSearch(config.Search), .. ToDatabase(environment), .. BetweenMetadataServices(environment)]);
        yield return Policy(
            environment,
            Workload.Frontend(environment),
            ingress: [FromLoadBalancer(9002)],
            egress: [ToDns(), ToMetadataService(), ToKafka(config.Kafka), ToIssuer(config.Oidc)]);
        yield return Policy(
            environment,
            Workload.Actions(environment),
            ingress: [],
            egress: [ToDns(), ToMetadataService(), ToKafka(config.Kafka)]);
        if (Workload.HasConsumers(environment))
        {
            yield return Policy(
                environment,
                Workload.MaeConsumer(environment),
                ingress: [],
                egress: [ToDns(), ToMetadataService(), ToKafka(config.Kafka), ToSearch(config.Search)]);
            yield return Policy(
                environment,
                Workload.MceConsumer(environment),
                ingress: [],
                egress: [ToDns(), ToMetadataService(), ToKafka(config.Kafka), ToSearch(config.Search), .. ToDatabase(environment)]);
        }
        yield return Policy(
            config.Namespace,
            "datahub-system-update",
            JobPods(),
            ingress: [],
            egress: [ToDns(), ToMetadataService(), ToKafka(config.Kafka), ToSearch(config.Search), .. ToDatabase(environment)]);
        if (config.Kafka.Bundled)
        {
            yield return Policy(config.Namespace, "kafka", Selector(KafkaPods()), ingress: [FromDataHub(9092), BetweenKafka()], egress: [ToDns(), BetweenKafka()]);
        }
        if (config.Search.Bundled)
        {
            yield return Policy(config.Namespace, "opensearch", Selector(OpenSearchPods()), ingress: [FromSearchClients(environment)], egress: [ToDns()]);
        }
    }

    /// <summary>Denies all traffic of a namespace that no other policy allows.</summary>
    public static JsonObject DefaultDeny(string ns)
    {
        var policy = Manifest.Head("networking.k8s.io/v1", "NetworkPolicy", ns, "default-deny");
        policy["spec"] = new JsonObject { ["podSelector"] = new JsonObject(), ["policyTypes"] = new JsonArray { "Ingress", "Egress" } };
        return policy;
    }

    /// <summary>Allows traffic of the pods that a selector selects; the reasons stand in its description.</summary>
    public static JsonObject Policy(string ns, string name, JsonObject pods, IReadOnlyList<Flow> ingress, IReadOnlyList<Flow> egress)
    {
        var description = string.Join("\n", ingress.Select(flow => $"In: {flow.Reason}.").Concat(egress.Select(flow => $"Out: {flow.Reason}."))) + "\n";
        var policy = Manifest.Head("networking.k8s.io/v1", "NetworkPolicy", ns, name, annotations: new JsonObject { ["kubernetes.io/description"] = description });
        var spec = new JsonObject { ["podSelector"] = pods, ["policyTypes"] = new JsonArray { "Ingress", "Egress" } };
        if (ingress.Count > 0)
        {
            spec["ingress"] = new JsonArray([.. ingress.Select(flow => new JsonObject { ["from"] = flow.Peers, ["ports"] = flow.Ports })]);
        }
        spec["egress"] = new JsonArray([.. egress.Select(flow => new JsonObject { ["to"] = flow.Peers, ["ports"] = flow.Ports })]);
        policy["spec"] = spec;
        return policy;
    }

    private static JsonObject Policy(DeployEnvironment environment, Workload workload, IReadOnlyList<Flow> ingress, IReadOnlyList<Flow> egress) =>
        Policy(environment.Config.DataHub.Namespace, workload.Name, Selector(Labels.DataHub(workload.Name)), ingress, egress);

    private static JsonObject Selector(JsonObject labels) => new() { ["matchLabels"] = labels };
}
