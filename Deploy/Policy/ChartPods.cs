using System.Text.Json.Nodes;
using Discovery.Deploy.Discovery;
using Discovery.Deploy.Input;
using Discovery.Deploy.Kubernetes;
using Discovery.Deploy.Policy.Reading;

namespace Discovery.Deploy.Policy;

/// <summary>
/// Pods that Helm charts make in the cluster, and Airflow. A selector that aims at them finds nothing in a set without the rendered chart, or one whose
/// runs are started by Airflow, which is no fault; with the pods in the set (<c>helm template</c>) it is checked like any other.
/// </summary>
internal sealed class ChartPods
{
    // Workloads of the charts datahub and datahub-prerequisites, as their label says.
    private static readonly string[] DataHubNames = ["acryl-datahub-actions", "datahub-frontend", "datahub-gms", "datahub-mae-consumer", "datahub-mce-consumer"];
    private static readonly string[] PrerequisiteNames = ["elasticsearch", "kafka", "mysql", "neo4j", "opensearch", "postgresql"];

    // Releases that the set installs, or that are ours, and whether their pods are in the set.
    private readonly Dictionary<string, bool> _releases;
    private readonly bool _hasRuns;

    /// <summary>Finds the releases of a set.</summary>
    public ChartPods(ManifestSet set)
    {
        _releases = set.OfKind("Application")
            .SelectMany(application => application.Spec.Mappings("sources").Append(application.Spec.Mapping("source"))
                .Where(source => source.Has("chart")).Select(source => source.Text("helm", "releaseName") ?? application.Name))
            .Append(DeployEnvironment.DataHubRelease).Append(DeployEnvironment.PrerequisitesRelease).Distinct(StringComparer.Ordinal)
            .ToDictionary(release => release, release => set.Pods.Any(pod => IsOf(pod, release)), StringComparer.Ordinal);
        _hasRuns = set.Pods.Any(pod => pod.Labels.Text(Labels.Component) == DiscoveryObject.Worker);
    }

    /// <summary>Whether labels aim at pods of a chart that is not in the set, or at pods of runs where none is.</summary>
    public bool AreMissingFor(JsonObject? labels) =>
        (labels.Text(Labels.Component) == DiscoveryObject.Worker && !_hasRuns) || (Release(labels) is { } release && _releases.TryGetValue(release, out var isThere) && !isThere);

    private static string? Release(JsonObject? labels) =>
        labels.Text(Labels.Instance)
        ?? (labels.Text(Labels.PartOf) == DeployEnvironment.DataHubPartOf || DataHubNames.Contains(labels.Text(Labels.Name)) ? DeployEnvironment.DataHubRelease
            : PrerequisiteNames.Contains(labels.Text(Labels.Name)) ? DeployEnvironment.PrerequisitesRelease
            : null);

    private static bool IsOf(PodTemplate pod, string release) =>
        pod.Owner.IsFromChart && (pod.Labels.Text(Labels.Instance) == release || pod.Owner.Body.Text("metadata", "labels", Labels.Instance) == release);
}
