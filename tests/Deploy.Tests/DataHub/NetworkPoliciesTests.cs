using System.Text.Json.Nodes;
using Discovery.Deploy.DataHub;

namespace Discovery.Deploy.Tests.DataHub;

public sealed class NetworkPoliciesTests
{
    [Fact]
    public void Nothing_passes_by_default()
    {
        var spec = Policies("prod")["default-deny"]["spec"]!;

        Assert.Equal("""{"podSelector":{},"policyTypes":["Ingress","Egress"]}""", spec.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(ChartEnvironments.Names), MemberType = typeof(ChartEnvironments))]
    public void Each_flow_names_its_other_side_and_its_ports(string name) =>
        Assert.All(Policies(name).Values.SelectMany(policy => Flows(policy, "ingress", "from").Concat(Flows(policy, "egress", "to"))), flow =>
        {
            Assert.NotEmpty(flow.Peers);
            Assert.NotEmpty(flow.Ports);
            Assert.All(flow.Peers, peer => Assert.NotEmpty(peer!.AsObject()));
            Assert.DoesNotContain(flow.Peers, peer => peer!["ipBlock"]?["cidr"]?.ToString() == "0.0.0.0/0" && peer["ipBlock"]!["except"] is null);
        });

    [Theory]
    [MemberData(nameof(ChartEnvironments.Names), MemberType = typeof(ChartEnvironments))]
    public void Each_flow_says_what_it_is_for(string name) =>
        Assert.All(Policies(name).Where(policy => policy.Key != "default-deny"), policy =>
        {
            var lines = policy.Value["metadata"]!["annotations"]!["kubernetes.io/description"]!.ToString().TrimEnd('\n').Split('\n');
            Assert.Equal(Flows(policy.Value, "ingress", "from").Count(), lines.Count(line => line.StartsWith("In: ", StringComparison.Ordinal)));
            Assert.Equal(Flows(policy.Value, "egress", "to").Count(), lines.Count(line => line.StartsWith("Out: ", StringComparison.Ordinal)));
        });

    [Fact]
    public void Only_the_frontend_is_called_from_outside_the_cluster()
    {
        var called = Policies("prod").Where(policy => Flows(policy.Value, "ingress", "from").Any(flow => flow.Peers.Any(peer => peer!["ipBlock"] is not null))).ToList();

        var (name, frontend) = Assert.Single(called);
        Assert.Equal("datahub-frontend", name);
        var flow = Assert.Single(Flows(frontend, "ingress", "from"));
        Assert.Equal(["35.191.0.0/16", "130.211.0.0/22"], flow.Peers.Select(peer => peer!["ipBlock"]!["cidr"]!.ToString()));
        Assert.Equal([9002], Ports(flow.Ports));
    }

    [Fact]
    public void Discovery_reaches_the_metadata_service_and_nothing_else()
    {
        var reached = Policies("prod").Where(policy => Flows(policy.Value, "ingress", "from").Any(flow => flow.Peers.Any(IsDiscovery)));

        Assert.Equal(["datahub-gms"], reached.Select(policy => policy.Key));

        static bool IsDiscovery(JsonNode? peer) => peer!["namespaceSelector"]?["matchLabels"]?["kubernetes.io/metadata.name"]?.ToString() == "discovery";
    }

    [Fact]
    public void Only_pods_with_the_proxy_get_a_Google_identity_and_reach_Googles_APIs()
    {
        Assert.Equal(["datahub-gms", "datahub-mce-consumer", "datahub-system-update"], Reaching("prod", "169.254.169.252/32"));
        Assert.Equal(["datahub-frontend", "datahub-gms", "datahub-mce-consumer", "datahub-system-update"], Reaching("prod", "0.0.0.0/0"));
    }

    [Fact]
    public void Without_the_proxy_and_with_an_issuer_of_its_own_nobody_reaches_the_Internet()
    {
        Assert.Empty(Reaching("private-ip", "169.254.169.252/32"));
        Assert.Empty(Reaching("private-ip", "0.0.0.0/0"));
        Assert.Equal(["datahub-gms", "datahub-mce-consumer", "datahub-system-update"], Reaching("private-ip", "10.20.0.0/24"));
    }

    [Fact]
    public void Ports_come_from_what_is_called()
    {
        var frontend = Policies("private-ip")["datahub-frontend"];
        var gms = Policies("private-ip")["datahub-gms"];

        Assert.Equal([8443], Ports(To(frontend, "10.8.0.0/24").Ports));
        Assert.Equal([9092], Ports(To(gms, "10.30.0.0/24").Ports));
        Assert.Equal([9201], Ports(To(gms, "10.31.0.0/24").Ports));
        Assert.Equal([3306], Ports(To(gms, "10.20.0.0/24").Ports));
        Assert.Equal([3307], Ports(To(Policies("prod")["datahub-gms"], "10.20.0.0/24").Ports));
    }

    private static Dictionary<string, JsonObject> Policies(string environment) =>
        DataHubManifests.Of(ChartEnvironments.Named(environment)).Where(manifest => manifest.Body["kind"]!.ToString() == "NetworkPolicy").ToDictionary(
            manifest => manifest.Body["metadata"]!["name"]!.ToString(),
            manifest => manifest.Body);

    private static IEnumerable<string> Reaching(string environment, string range) =>
        Policies(environment).Where(policy => Flows(policy.Value, "egress", "to").Any(flow => IsRange(flow, range))).Select(policy => policy.Key).Order(StringComparer.Ordinal);

    private static (JsonArray Peers, JsonArray Ports) To(JsonObject policy, string range) => Flows(policy, "egress", "to").Single(flow => IsRange(flow, range));

    private static bool IsRange((JsonArray Peers, JsonArray Ports) flow, string range) => flow.Peers.Any(peer => peer!["ipBlock"]?["cidr"]?.ToString() == range);

    private static IEnumerable<(JsonArray Peers, JsonArray Ports)> Flows(JsonObject policy, string direction, string side) =>
        (policy["spec"]![direction] as JsonArray ?? []).Select(flow => (flow![side]!.AsArray(), flow["ports"]!.AsArray()));

    private static IEnumerable<int> Ports(JsonArray ports) => ports.Select(port => (int)port!["port"]!);
}
