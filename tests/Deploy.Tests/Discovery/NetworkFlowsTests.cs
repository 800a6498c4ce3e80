using System.Text.Json.Nodes;
using Discovery.Deploy.Discovery;
using Discovery.Deploy.Input;

namespace Discovery.Deploy.Tests.Discovery;

public sealed class NetworkFlowsTests
{
    [Fact]
    public void Everything_that_has_no_name_is_denied()
    {
        foreach (var environment in (DeployEnvironment[])[SampleEnvironments.Dev, SampleEnvironments.Prod, Schedulings.Airflow])
        {
            var deny = NetworkFlows.Of(environment).One("NetworkPolicy", "default-deny")["spec"]!;
            Assert.Equal("""{"podSelector":{},"policyTypes":["Ingress","Egress"]}""", deny.ToJsonString());
        }
    }

    [Fact]
    public void A_control_plane_has_these_flows()
    {
        Assert.Equal(
            [
                "discovery-api Ingress: 35.191.0.0/16 | 130.211.0.0/22: TCP 8090",
                "discovery-api Ingress: app.kubernetes.io/component=discovery-worker: TCP 8090",
                $"discovery-api Egress: {Dns}",
                "discovery-api Egress: 0.0.0.0/0 except 10.0.0.0/8,100.64.0.0/10,169.254.0.0/16,172.16.0.0/12,192.168.0.0/16: TCP 443",
                $"discovery-worker Egress: {Dns}",
                "discovery-worker Egress: datahub app.kubernetes.io/name=datahub-gms,app.kubernetes.io/instance=datahub: TCP 8080",
                "discovery-worker Egress: 10.40.0.0/16: TCP 3306",
                "discovery-worker Egress: app.kubernetes.io/component=discovery-api: TCP 8090",
            ],
            Flows(SampleEnvironments.Prod));
    }

    [Fact]
    public void Jobs_reach_names_DataHub_and_sources_alone() =>
        Assert.Equal(Flows(SampleEnvironments.Prod)[4..7], Flows(SampleEnvironments.Dev));

    [Fact]
    public void An_issuer_inside_is_reached_at_its_range_and_port()
    {
        var environment = Schedulings.Change(SampleEnvironments.Prod, discovery => discovery with
        {
            Api = discovery.Api! with { Oidc = discovery.Api!.Oidc with { Issuer = "https://login.internal.example:8443/realms/data", Cidr = "10.8.0.0/24" } },
        });

        Assert.Contains("discovery-api Egress: 10.8.0.0/24: TCP 8443", Flows(environment));
    }

    private const string Dns = "kube-system k8s-app in kube-dns,node-local-dns | 169.254.20.10/32 | 169.254.169.254/32: UDP 53, TCP 53";

    private static List<string> Flows(DeployEnvironment environment) =>
    [
        .. from manifest in NetworkFlows.Of(environment)
           let spec = manifest.Body["spec"]!
           from direction in spec["policyTypes"].Texts()
           from rule in spec[direction.ToLowerInvariant()]?.AsArray() ?? []
           select $"{spec["podSelector"]!["matchLabels"]!["app.kubernetes.io/component"]} {direction}: "
               + string.Join(" | ", rule[direction == "Ingress" ? "from" : "to"]!.AsArray().Select(peer => Peer(peer!)))
               + ": " + string.Join(", ", rule["ports"]!.AsArray().Select(port => $"{port!["protocol"]} {port["port"]}")),
    ];

    private static string Peer(JsonNode peer) => peer["ipBlock"] is { } range
        ? $"{range["cidr"]}{(range["except"] is { } except ? $" except {string.Join(',', except.Texts())}" : "")}"
        : string.Join(' ', ((string?[])[peer["namespaceSelector"]?["matchLabels"]?["kubernetes.io/metadata.name"]?.GetValue<string>(), Pods(peer["podSelector"])]).OfType<string>());

    private static string? Pods(JsonNode? selector) =>
        selector?["matchLabels"] is JsonObject labels ? string.Join(',', labels.Select(label => $"{label.Key}={label.Value}"))
        : selector?["matchExpressions"]?[0] is { } expression ? $"{expression["key"]} in {string.Join(',', expression["values"].Texts())}"
        : null;
}
