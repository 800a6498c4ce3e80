using System.Text.Json.Nodes;
using Discovery.Deploy.Kubernetes;
using Discovery.Deploy.Secrets;

namespace Discovery.Deploy.Tests.Discovery;

/// <summary>What an object names is there.</summary>
public sealed class ReferenceTests
{
    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public void Every_volume_account_ConfigMap_and_port_that_a_pod_names_is_there(string name)
    {
        var manifests = Manifests(name);
        foreach (var (template, spec) in Pods(manifests))
        {
            Assert.Contains(spec["serviceAccountName"]!.GetValue<string>(), manifests.Where(manifest => manifest.Kind() == "ServiceAccount").Select(manifest => manifest.Name()));
            var container = Assert.Single(spec["containers"]!.AsArray())!;
            Assert.Equal(
                spec["volumes"]!.AsArray().Select(volume => volume!["name"]!.GetValue<string>()).Order(StringComparer.Ordinal),
                container["volumeMounts"]!.AsArray().Select(mount => mount!["name"]!.GetValue<string>()).Order(StringComparer.Ordinal));
            foreach (var map in Find(spec, "configMap"))
            {
                Assert.Contains(map["name"]!.GetValue<string>(), manifests.Where(manifest => manifest.Kind() == "ConfigMap").Select(manifest => manifest.Name()));
            }
            foreach (var claim in Find(spec, "persistentVolumeClaim"))
            {
                Assert.Contains(claim["claimName"]!.GetValue<string>(), manifests.Where(manifest => manifest.Kind() == "PersistentVolumeClaim").Select(manifest => manifest.Name()));
            }
            var ports = container["ports"]?.AsArray().Select(port => port!["name"]!.GetValue<string>()).ToList() ?? [];
            Assert.All(Find(template, "httpGet"), probe => Assert.Contains(probe["port"]!.GetValue<string>(), ports));
        }
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public void Every_key_of_a_Secret_that_a_pod_needs_is_planned(string name)
    {
        var environment = Schedulings.Named(name);
        var planned = SecretPlan.Of(environment).Where(secret => secret.Namespace == environment.Config.Discovery.Namespace).SelectMany(secret => secret.Keys.Select(key => new SecretReference(secret.Name, key.Key))).ToHashSet();
        var needed = Pods(Manifests(name)).SelectMany(pod =>
            Find(pod.Spec, "secretKeyRef").Select(key => new SecretReference(key["name"]!.GetValue<string>(), key["key"]!.GetValue<string>()))
                .Concat(Find(pod.Spec, "secret").SelectMany(volume => volume["items"]!.AsArray().Select(item => new SecretReference(volume["secretName"]!.GetValue<string>(), item!["key"]!.GetValue<string>()))))).ToHashSet();

        Assert.Equal(planned.OrderBy(key => $"{key}", StringComparer.Ordinal), needed.OrderBy(key => $"{key}", StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public void Every_selector_of_ours_selects_a_pod_of_ours(string name)
    {
        var manifests = Manifests(name);
        var pods = Pods(manifests).Select(pod => pod.Template["metadata"]!["labels"]!.AsObject()).ToList();
        var selectors = manifests.SelectMany<Manifest, JsonObject?>(manifest => manifest.Kind() switch
        {
            "Service" => [manifest.Body["spec"]!["selector"]!.AsObject()],
            "Deployment" or "PodDisruptionBudget" => [manifest.Body["spec"]!["selector"]!["matchLabels"]!.AsObject()],
            "NetworkPolicy" => [manifest.Body["spec"]!["podSelector"]!["matchLabels"]?.AsObject()],
            _ => [],
        }).OfType<JsonObject>().ToList();

        Assert.NotEmpty(selectors);
        Assert.All(selectors, selector => Assert.Contains(pods, labels => selector.All(wanted => JsonNode.DeepEquals(labels[wanted.Key], wanted.Value))));
    }

    private static List<Manifest> Manifests(string name) => [.. Deploy.Discovery.DiscoveryManifests.Of(Schedulings.Named(name))];

    private static IEnumerable<(JsonObject Template, JsonObject Spec)> Pods(IEnumerable<Manifest> manifests) =>
        manifests.Select(manifest => manifest.Template()).OfType<JsonObject>().Select(template => (template, template["spec"]!.AsObject()));

    private static IEnumerable<JsonObject> Find(JsonNode? node, string key) => node switch
    {
        JsonObject mapping => mapping.SelectMany(member => (member.Key == key && member.Value is JsonObject found ? [found] : Enumerable.Empty<JsonObject>()).Concat(Find(member.Value, key))),
        JsonArray list => list.SelectMany(item => Find(item, key)),
        _ => [],
    };
}
