using System.Text.Json.Nodes;

namespace Discovery.Deploy.DataHub;

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
}
