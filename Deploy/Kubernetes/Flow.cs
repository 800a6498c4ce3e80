using System.Text.Json.Nodes;
using Discovery.Deploy.Input;

namespace Discovery.Deploy.Kubernetes;

/// <summary>Traffic that a network policy lets through.</summary>
/// <param name="Reason">What it is for, which stands in the policy's description.</param>
/// <param name="Peers">The other side: any of these.</param>
/// <param name="Ports">Ports of the side that is called.</param>
internal sealed record Flow(string Reason, JsonArray Peers, JsonArray Ports)
{
    /// <summary>To or from one other side, by TCP.</summary>
    public static Flow Tcp(string reason, JsonObject peer, params IEnumerable<int> ports) => new(reason, new JsonArray { peer }, TcpPorts(ports));

    /// <summary>TCP ports.</summary>
    public static JsonArray TcpPorts(params IEnumerable<int> ports) => [.. ports.Select(port => Port("TCP", port))];

    /// <summary>A port.</summary>
    public static JsonObject Port(string protocol, int port) => new() { ["protocol"] = protocol, ["port"] = port };

    /// <summary>Pods of the policy's own namespace.</summary>
    public static JsonObject Pods(JsonObject labels) => new() { ["podSelector"] = new JsonObject { ["matchLabels"] = labels } };

    /// <summary>Pods of another namespace.</summary>
    public static JsonObject Pods(string ns, JsonObject selector) => new()
    {
        ["namespaceSelector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["kubernetes.io/metadata.name"] = ns } },
        ["podSelector"] = selector,
    };

    /// <summary>A range of addresses.</summary>
    public static JsonObject Range(string cidr) => new() { ["ipBlock"] = new JsonObject { ["cidr"] = cidr } };

    /// <summary>The Internet: all but the ranges of private networks, of carriers and of links.</summary>
    public static JsonObject Internet() => new()
    {
        ["ipBlock"] = new JsonObject
        {
            ["cidr"] = "0.0.0.0/0",
            ["except"] = new JsonArray { "10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16" },
        },
    };

    /// <summary>Google's load balancers and their health checks call from these ranges, straight to the pod.</summary>
    public static Flow FromLoadBalancer(int port) =>
        new("from Google's load balancer and its health checks", new JsonArray { Range("35.191.0.0/16"), Range("130.211.0.0/22") }, TcpPorts(port));

    /// <summary>The cluster's name service: its pods, the cache on each node, and the node's own server where the cluster uses Cloud DNS.</summary>
    public static Flow ToDns() => new(
        "to the cluster's DNS",
        new JsonArray
        {
            Pods("kube-system", new JsonObject
            {
                ["matchExpressions"] = new JsonArray
                {
                    new JsonObject { ["key"] = "k8s-app", ["operator"] = "In", ["values"] = new JsonArray { "kube-dns", "node-local-dns" } },
                },
            }),
            Range("169.254.20.10/32"),
            Range("169.254.169.254/32"),
        },
        new JsonArray { Port("UDP", 53), Port("TCP", 53) });

    /// <summary>The issuer, where the frontend exchanges codes for tokens.</summary>
    public static Flow ToIssuer(OidcConfig oidc) =>
        Tcp("to the OpenID Connect issuer", oidc.Cidr is { } range ? Range(range) : Internet(), new Uri(oidc.Issuer).Port);
}
