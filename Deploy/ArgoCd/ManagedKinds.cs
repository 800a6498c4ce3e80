using System.Text.Json.Nodes;
using Discovery.Deploy.Input;
using Discovery.Deploy.Kubernetes;

namespace Discovery.Deploy.ArgoCd;

/// <summary>Kinds of objects that the applications of an environment make: their project allows these and no other.</summary>
internal static class ManagedKinds
{
    // What the charts render with our values; a rendered chart is compared with it in a test.
    private static readonly (string Group, string Kind)[] DataHubChart = [("", "Service"), ("apps", "Deployment"), ("batch", "Job"), ("networking.k8s.io", "Ingress")];

    private static readonly (string Group, string Kind)[] KafkaChart = [("", "ConfigMap"), ("", "Service"), ("apps", "StatefulSet")];

    private static readonly (string Group, string Kind)[] OpenSearchChart = [("", "Service"), ("apps", "StatefulSet"), ("policy", "PodDisruptionBudget")];

    /// <summary>Kinds without a namespace.</summary>
    public static JsonArray OfCluster(IEnumerable<Manifest> manifests) => Write(manifests.Where(manifest => !HasNamespace(manifest)).Select(KindOf));

    /// <summary>Kinds in namespaces.</summary>
    public static JsonArray OfNamespaces(DeployEnvironment environment, IEnumerable<Manifest> manifests) => Write(
    [
        .. manifests.Where(HasNamespace).Select(KindOf),
        .. DataHubChart,
        .. environment.Config.DataHub.Kafka.Bundled ? KafkaChart : [],
        .. environment.Config.DataHub.Search.Bundled ? OpenSearchChart : [],
    ]);

    private static bool HasNamespace(Manifest manifest) => manifest.Body["metadata"]!["namespace"] is not null;

    private static (string Group, string Kind) KindOf(Manifest manifest)
    {
        var apiVersion = manifest.Body["apiVersion"]!.GetValue<string>();
        // apps/v1, v1
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        return (slash < 0 ? "" : apiVersion[..slash], manifest.Body["kind"]!.GetValue<string>());
    }

    private static JsonArray Write(IEnumerable<(string Group, string Kind)> kinds) =>
        new([.. kinds.Distinct().OrderBy(kind => kind.Group, StringComparer.Ordinal).ThenBy(kind => kind.Kind, StringComparer.Ordinal).Select(kind => new JsonObject { ["group"] = kind.Group, ["kind"] = kind.Kind })]);
}
