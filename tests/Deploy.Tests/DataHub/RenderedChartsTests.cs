using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Discovery.Deploy.DataHub;
using Discovery.Deploy.Input;
using Discovery.Deploy.Secrets;

namespace Discovery.Deploy.Tests.DataHub;

/// <summary>What the real charts make of our values, and how our manifests fit to it.</summary>
public sealed partial class RenderedChartsTests
{
    [Theory]
    [MemberData(nameof(ChartEnvironments.Names), MemberType = typeof(ChartEnvironments))]
    public void Two_renders_are_the_same_to_the_byte(string name) =>
        Assert.Equal(Helm.Texts(ChartEnvironments.Named(name)), Helm.Texts(ChartEnvironments.Named(name)));

    [Theory]
    [MemberData(nameof(ChartEnvironments.Names), MemberType = typeof(ChartEnvironments))]
    public void No_container_has_a_variable_twice(string name) =>
        Assert.All(Pods(name).SelectMany(pod => pod.Containers), container =>
        {
            var names = (container["env"] as JsonArray ?? []).Select(variable => variable!["name"]!.ToString()).ToList();
            Assert.Distinct(names);
        });

    [Theory]
    [MemberData(nameof(ChartEnvironments.Names), MemberType = typeof(ChartEnvironments))]
    public void Pods_meet_the_level_restricted_of_pod_security(string name) => Assert.Empty(Pods(name).SelectMany(pod => pod.Violations()));

    [Theory]
    [MemberData(nameof(ChartEnvironments.Names), MemberType = typeof(ChartEnvironments))]
    public void All_memory_is_reserved(string name) =>
        Assert.All(Pods(name).SelectMany(pod => pod.Containers), container =>
        {
            Assert.NotNull(container["resources"]!["requests"]!["memory"]);
            Assert.Equal(container["resources"]!["requests"]!["memory"]!.ToString(), container["resources"]!["limits"]!["memory"]!.ToString());
        });

    [Theory]
    [MemberData(nameof(ChartEnvironments.Names), MemberType = typeof(ChartEnvironments))]
    public void Each_selector_of_ours_takes_a_rendered_pod(string name)
    {
        var pods = Pods(name);

        Assert.All(Own(name).Where(body => body["kind"]!.ToString() is "NetworkPolicy" or "PodDisruptionBudget").SelectMany(Selectors), selector =>
            Assert.Contains(pods, pod => pod.Matches(selector)));
    }

    [Theory]
    [MemberData(nameof(ChartEnvironments.Names), MemberType = typeof(ChartEnvironments))]
    public void Each_pod_has_a_policy_of_its_own(string name)
    {
        var selectors = Own(name).Where(body => body["kind"]!.ToString() == "NetworkPolicy").Select(body => body["spec"]!["podSelector"]!).Where(selector => selector.AsObject().Count > 0).ToList();

        Assert.All(Pods(name), pod => Assert.Single(selectors, pod.Matches));
    }

    [Theory]
    [MemberData(nameof(ChartEnvironments.Names), MemberType = typeof(ChartEnvironments))]
    public void Each_key_of_a_secret_that_a_pod_reads_is_planned_and_each_planned_key_is_read(string name)
    {
        var environment = ChartEnvironments.Named(name);
        var planned = SecretPlan.Of(environment).Where(secret => secret.Namespace == environment.Config.DataHub.Namespace).SelectMany(secret => secret.Keys.Select(key => $"{secret.Name}/{key.Key}"));
        var read = Pods(name).SelectMany(pod => pod.Variables).Select(variable => variable["valueFrom"]?["secretKeyRef"]).OfType<JsonNode>().Select(key => $"{key["name"]}/{key["key"]}");

        Assert.Equal(planned.Order(StringComparer.Ordinal), read.Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(ChartEnvironments.Names), MemberType = typeof(ChartEnvironments))]
    public void No_secret_value_is_in_a_render(string name)
    {
        Assert.DoesNotContain(Objects(name), each => each["kind"]!.ToString() == "Secret");
        Assert.DoesNotContain(Pods(name).SelectMany(pod => pod.Variables), variable => SecretName().IsMatch(variable["name"]!.ToString()) && variable["value"] is not null);
    }

    [Theory]
    [MemberData(nameof(ChartEnvironments.Names), MemberType = typeof(ChartEnvironments))]
    public void The_proxy_is_beside_what_opens_SQL_connections_and_nowhere_else(string name)
    {
        var hasProxy = ChartEnvironments.Named(name).Config.DataHub.Database.Connection == DatabaseConnection.AuthProxy;

        Assert.All(Pods(name), pod =>
        {
            var opensSql = pod.Variables.Any(variable => variable["name"]!.ToString() == "EBEAN_DATASOURCE_URL");
            var proxy = pod.Containers.SingleOrDefault(container => container["name"]!.ToString() == "cloud-sql-proxy");
            Assert.Equal(hasProxy && opensSql, proxy is not null);
            if (proxy is not null)
            {
                // A native sidecar: an init container that goes on.
                Assert.Contains(proxy, pod.Spec["initContainers"]!.AsArray());
                Assert.Equal("Always", proxy["restartPolicy"]!.ToString());
                Assert.Distinct(pod.Containers.SelectMany(container => container["ports"] as JsonArray ?? []).Select(port => port!["containerPort"]!.ToString()));
            }
        });
    }

    [Theory]
    [MemberData(nameof(ChartEnvironments.Names), MemberType = typeof(ChartEnvironments))]
    public void Services_are_reached_inside_the_cluster_alone(string name) =>
        Assert.All(
            Objects(name).Where(each => each["kind"]!.ToString() == "Service"),
            service => Assert.Equal("ClusterIP", service["spec"]!["type"]?.ToString() ?? "ClusterIP"));

    [Theory]
    [MemberData(nameof(ChartEnvironments.Names), MemberType = typeof(ChartEnvironments))]
    public void Images_are_pinned(string name) =>
        Assert.All(Pods(name).SelectMany(pod => pod.Containers), container => Assert.Matches(@":v?\d+\.\d+\.\d+", container["image"]!.ToString()));

    private static readonly ConcurrentDictionary<string, IReadOnlyList<JsonObject>> rendered = new();

    private static IReadOnlyList<JsonObject> Objects(string name) => rendered.GetOrAdd(name, name => Helm.Objects(ChartEnvironments.Named(name)));

    private static IReadOnlyList<RenderedPod> Pods(string name) => RenderedPod.In(Objects(name));

    private static IEnumerable<JsonObject> Own(string name) => DataHubManifests.Of(ChartEnvironments.Named(name)).Select(manifest => manifest.Body);

    // Those of the object itself, and those of the other side of a flow in its own namespace.
    private static IEnumerable<JsonNode> Selectors(JsonObject body)
    {
        var spec = body["spec"]!;
        var flows = (spec["ingress"] as JsonArray ?? []).SelectMany(flow => flow!["from"]!.AsArray()).Concat((spec["egress"] as JsonArray ?? []).SelectMany(flow => flow!["to"]!.AsArray()));
        return flows.Where(peer => peer!["namespaceSelector"] is null).Select(peer => peer!["podSelector"]).Append(spec["podSelector"] ?? spec["selector"]).OfType<JsonNode>();
    }

    [GeneratedRegex("(PASSWORD|SECRET|SALT|_KEY|TOKEN)$")]
    private static partial Regex SecretName();
}
