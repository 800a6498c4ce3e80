using System.Text.Json.Nodes;
using Discovery.Deploy.Policy.Reading;

namespace Discovery.Deploy.Policy.Rules;

/// <summary>Which pods the objects select that stand around workloads.</summary>
internal static class SelectorTargets
{
    private static readonly string[] Kinds = ["Service", "PodDisruptionBudget", "NetworkPolicy", "PodMonitoring"];

    /// <summary>Pods that an object selects; null where nobody can tell: it selects nothing by labels, all of its namespace, or pods of a chart that is not in the set.</summary>
    public static IReadOnlyList<PodTemplate>? Of(ManifestSet set, ManifestObject item) => Selector(item) is { } selector ? set.Select(item.Namespace, selector) : null;

    /// <summary>How many objects select pods of charts that are not in the set.</summary>
    public static int Unchecked(ManifestSet set) => Kinds.SelectMany(set.OfKind).Count(item => Selector(item) is not null && Of(set, item) is null);

    private static JsonObject? Selector(ManifestObject item)
    {
        var selector = item.Kind switch
        {
            "Service" => item.Spec.Mapping("selector") is { Count: > 0 } labels ? new JsonObject { ["matchLabels"] = labels.DeepClone() } : null,
            "NetworkPolicy" => item.Spec.Mapping("podSelector"),
            _ => item.Spec.Mapping("selector"),
        };
        return selector is { Count: > 0 } ? selector : null;
    }
}
