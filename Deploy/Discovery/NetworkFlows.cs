using System.Text.Json.Nodes;
using Discovery.Deploy.Input;
using Discovery.Deploy.Kubernetes;

namespace Discovery.Deploy.Discovery;

/// <summary>Who may talk to whom in Discovery's namespace: nobody, but for the flows that have a name here.</summary>
internal static class NetworkFlows
{
    private const string NamespaceLabel = "kubernetes.io/metadata.name";

    // Google's load balancers and their health checks.
    private static readonly string[] LoadBalancers = ["35.191.0.0/16", "130.211.0.0/22"];

    // An issuer in the Internet is not inside.
    private static readonly string[] PrivateRanges = ["10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"];

    /// <summary>All policies.</summary>
    public static IEnumerable<Manifest> Of(DeployEnvironment environment)
    {
        var config = environment.Config;
        yield return Policy(environment, "default-deny", [], ("Ingress", null), ("Egress", null));
        yield return Policy(environment, "all-to-dns", [], ("Egress", Dns()));
        yield return Policy(environment, "worker-to-datahub", DiscoveryObject.Component(DiscoveryObject.Worker), ("Egress", Flow("to", [8080], InNamespace(config.DataHub.Namespace, Labels.DataHub("datahub-gms")))));
        if (config.Discovery.Sources.Count > 0)
        {
            yield return Policy(environment, "worker-to-sources", DiscoveryObject.Component(DiscoveryObject.Worker), ("Egress", new JsonArray([.. config.Discovery.Sources.Select(source => Rule("to", source.Ports, Range(source.Cidr)))])));
        }
        if (config.Discovery.Scheduling != Scheduling.ControlPlane)
        {
            yield break;
        }
        var oidc = config.Discovery.Api!.Oidc;
        yield return Policy(environment, "load-balancer-to-api", DiscoveryObject.Component(DiscoveryObject.Api), ("Ingress", Flow("from", [ApiManifests.Port], [.. LoadBalancers.Select(cidr => Range(cidr))])));
        yield return Policy(environment, "worker-to-api", DiscoveryObject.Component(DiscoveryObject.Worker), ("Egress", Flow("to", [ApiManifests.Port], Pods(DiscoveryObject.Component(DiscoveryObject.Api)))));
        yield return Policy(environment, "api-from-worker", DiscoveryObject.Component(DiscoveryObject.Api), ("Ingress", Flow("from", [ApiManifests.Port], Pods(DiscoveryObject.Component(DiscoveryObject.Worker)))));
        yield return Policy(environment, "api-to-issuer", DiscoveryObject.Component(DiscoveryObject.Api), ("Egress", Flow("to", [new Uri(oidc.Issuer).Port], oidc.Cidr is { } cidr ? Range(cidr) : Range("0.0.0.0/0", PrivateRanges))));
        if (config.Telemetry is { } telemetry)
        {
            yield return Policy(environment, "all-to-telemetry", [], ("Egress", Flow("to", [new Uri(telemetry.Endpoint).Port], InNamespace(telemetry.Namespace))));
        }
    }

    // Which of them answers is a setting of the cluster: kube-dns, its cache on each node, or Cloud DNS by the address of the metadata server.
    private static JsonArray Dns() => new(new JsonObject
    {
        ["to"] = new JsonArray(
            InNamespace("kube-system", new() { ["k8s-app"] = "kube-dns" }),
            InNamespace("kube-system", new() { ["k8s-app"] = "node-local-dns" }),
            Range("169.254.20.10/32"),
            Range("169.254.169.254/32")),
        ["ports"] = new JsonArray(Port("UDP", 53), Port("TCP", 53)),
    });

    private static Manifest Policy(DeployEnvironment environment, string name, JsonObject pods, params (string Direction, JsonArray? Rules)[] directions)
    {
        var spec = new JsonObject
        {
            ["podSelector"] = pods.Count == 0 ? [] : new JsonObject { ["matchLabels"] = pods },
            ["policyTypes"] = new JsonArray([.. directions.Select(direction => JsonValue.Create(direction.Direction))]),
        };
        foreach (var (direction, rules) in directions)
        {
            if (rules is not null)
            {
                spec[direction == "Ingress" ? "ingress" : "egress"] = rules;
            }
        }
        return DiscoveryObject.Of(environment, "network-policies.yaml", "networking.k8s.io/v1", "NetworkPolicy", name, new() { ["spec"] = spec });
    }

    private static JsonArray Flow(string side, IEnumerable<int> ports, params JsonObject[] peers) => new(Rule(side, ports, peers));

    private static JsonObject Rule(string side, IEnumerable<int> ports, params JsonObject[] peers) => new()
    {
        [side] = new JsonArray([.. peers]),
        ["ports"] = new JsonArray([.. ports.Select(port => Port("TCP", port))]),
    };

    private static JsonObject Port(string protocol, int port) => new() { ["protocol"] = protocol, ["port"] = port };

    private static JsonObject Pods(JsonObject labels) => new() { ["podSelector"] = new JsonObject { ["matchLabels"] = labels } };

    private static JsonObject InNamespace(string ns, JsonObject? labels = null)
    {
        var peer = new JsonObject { ["namespaceSelector"] = new JsonObject { ["matchLabels"] = new JsonObject { [NamespaceLabel] = ns } } };
        if (labels is not null)
        {
            peer["podSelector"] = new JsonObject { ["matchLabels"] = labels };
        }
        return peer;
    }

    private static JsonObject Range(string cidr, params string[] except)
    {
        var range = new JsonObject { ["cidr"] = cidr };
        if (except.Length > 0)
        {
            range["except"] = new JsonArray([.. except.Select(inner => JsonValue.Create(inner))]);
        }
        return new() { ["ipBlock"] = range };
    }
}
