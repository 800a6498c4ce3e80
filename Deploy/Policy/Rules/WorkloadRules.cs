using System.Globalization;
using System.Text.Json.Nodes;
using Discovery.Deploy.Policy.Reading;

namespace Discovery.Deploy.Policy.Rules;

/// <summary>Workloads and what stands around them: selectors, budgets, network policies, spreading, scaling.</summary>
internal static class WorkloadRules
{
    private static readonly string[] Directions = ["ingress", "egress"];
    private static readonly string[] Scalable = ["Deployment", "StatefulSet"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Rule> All { get; } =
    [
        Rule.OfPods("selector-mismatch", "A workload whose selector does not take its own pods", SelectorMismatch),
        Rule.OfPods("anti-affinity-others", "Anti-affinity or topology spread that selects other pods, and spreads nothing", AntiAffinityOthers),
        Rule.OfPods("not-spread", "Several replicas that may all land on one node", NotSpread),
        Rule.OfPods("budget-missing", "Several replicas without a PodDisruptionBudget", BudgetMissing) with { WarnsInCharts = true },
        Rule.OfObjects("budget-target", "A PodDisruptionBudget that selects no pod", BudgetTarget, "PodDisruptionBudget"),
        Rule.OfObjects("budget-blocks-drain", "A PodDisruptionBudget that never lets a node be drained", BudgetBlocksDrain, "PodDisruptionBudget"),
        Rule.OfPods("network-policy-missing", "Pods that no NetworkPolicy selects", NetworkPolicyMissing),
        Rule.OfObjects("network-policy-target", "A NetworkPolicy that selects no pod", NetworkPolicyTarget, "NetworkPolicy"),
        Rule.OfObjects("network-policy-open", "A NetworkPolicy with an empty rule, which allows everything", NetworkPolicyOpen, "NetworkPolicy"),
        Rule.OfObjects("scaler-target", "A HorizontalPodAutoscaler whose target is not in the set", ScalerTarget, "HorizontalPodAutoscaler"),
        Rule.OfPods("scaler-and-replicas", "Fixed replicas and a HorizontalPodAutoscaler, which fight", ScalerAndReplicas) with { WarnsInCharts = true },
        Rule.OfObjects("monitoring-target", "A PodMonitoring that selects no pod, or a port that it lacks", MonitoringTarget, "PodMonitoring"),
    ];

    private static IEnumerable<Fault> SelectorMismatch(ManifestSet set, PodTemplate pod) =>
        Faults.If(
            pod.Owner.Kind is "Deployment" or "StatefulSet" or "DaemonSet" or "ReplicaSet" && !LabelSelector.Matches(pod.Owner.Spec.Mapping("selector"), pod.Labels),
            pod.Owner,
            pod.Owner.Spec.At("selector"),
            "spec.selector does not match the labels of spec.template; Kubernetes refuses it");

    private static IEnumerable<Fault> AntiAffinityOthers(ManifestSet set, PodTemplate pod)
    {
        var affinity = pod.Spec.Mapping("affinity", "podAntiAffinity");
        var terms = affinity.Mappings("requiredDuringSchedulingIgnoredDuringExecution")
            .Concat(affinity.Mappings("preferredDuringSchedulingIgnoredDuringExecution").Select(term => term.Mapping("podAffinityTerm")).OfType<JsonObject>())
            .Concat(pod.Spec.Mappings("topologySpreadConstraints"));
        return terms.Select(term => term.Mapping("labelSelector"))
            .Where(selector => selector is not null && !LabelSelector.Matches(selector, pod.Labels))
            .Select(selector => new Fault(pod.Owner, selector, "this selector does not match the pod's own labels, so its replicas are not kept apart"));
    }

    private static IEnumerable<Fault> NotSpread(ManifestSet set, PodTemplate pod) =>
        Faults.If(
            Replicas(set, pod.Owner) > 1 && !pod.Spec.Has("affinity", "podAntiAffinity") && !pod.Spec.Has("topologySpreadConstraints"),
            pod.Owner,
            pod.Owner.Spec.At("replicas"),
            "its replicas may land on one node; add topologySpreadConstraints or podAntiAffinity");

    private static IEnumerable<Fault> BudgetMissing(ManifestSet set, PodTemplate pod) =>
        Faults.If(
            Replicas(set, pod.Owner) > 1 && !set.OfKind("PodDisruptionBudget").Any(budget => Selects(budget, budget.Spec.Mapping("selector"), pod)),
            pod.Owner,
            pod.Owner.Spec.At("replicas"),
            "has several replicas and no PodDisruptionBudget; draining nodes may stop all of them");

    private static IEnumerable<Fault> BudgetTarget(ManifestSet set, ManifestObject item) => NoTarget(set, item, "selects no pod of the set, and protects nothing");

    private static IEnumerable<Fault> BudgetBlocksDrain(ManifestSet set, ManifestObject item)
    {
        var (available, unavailable) = (item.Spec.At("minAvailable"), item.Spec.At("maxUnavailable"));
        var replicas = (SelectorTargets.Of(set, item) ?? []).Select(pod => Replicas(set, pod.Owner)).DefaultIfEmpty(double.MaxValue).Sum();
        return
        [
            .. Faults.If(available.Text() == "100%" || available.Number() >= replicas, item, available, $"minAvailable is all of the {(replicas < double.MaxValue ? replicas.ToString(CultureInfo.InvariantCulture) : "")} replicas; no node with such a pod can ever be drained"),
            .. Faults.If(unavailable.Text() == "0%" || unavailable.Number() == 0, item, unavailable, "maxUnavailable is 0; no node with such a pod can ever be drained"),
        ];
    }

    private static IEnumerable<Fault> NetworkPolicyMissing(ManifestSet set, PodTemplate pod) =>
        Faults.If(
            !set.OfKind("NetworkPolicy").Any(policy => Selects(policy, policy.Spec.Mapping("podSelector"), pod)),
            pod.Owner,
            null,
            "no NetworkPolicy selects its pods, so they may reach, and be reached by, everything");

    private static IEnumerable<Fault> NetworkPolicyTarget(ManifestSet set, ManifestObject item) =>
        NoTarget(set, item, "selects no pod of the set, and allows and denies nothing");

    private static IEnumerable<Fault> NetworkPolicyOpen(ManifestSet set, ManifestObject item) =>
        Directions.SelectMany(direction => item.Spec.Mappings(direction).Where(rule => !rule.List("from").Any() && !rule.List("to").Any() && !rule.List("ports").Any())
            .Select(rule => new Fault(item, rule, $"an empty {direction} rule allows everything; name the peers and ports"))
            .Concat(item.Spec.Mappings(direction).Select(rule => rule.At("ports")).Where(ports => ports is JsonArray { Count: 0 }).Select(ports => new Fault(item, ports, "an empty list of ports allows all of them; name those that are meant"))));

    private static IEnumerable<Fault> ScalerTarget(ManifestSet set, ManifestObject item)
    {
        var target = item.Spec.Mapping("scaleTargetRef");
        return Faults.If(
            set.Find(target.Text("kind") ?? "", item.Namespace, target.Text("name") ?? "") is null,
            item,
            target,
            $"its target {Shown.Of(target.Text("kind") ?? "")} '{Shown.Of(target.Text("name") ?? "")}' is not in the set");
    }

    private static IEnumerable<Fault> ScalerAndReplicas(ManifestSet set, PodTemplate pod) =>
        ScalerOf(set, pod.Owner) is { } scaler
            ? Faults.If(pod.Owner.Spec.Has("replicas"), pod.Owner, pod.Owner.Spec.At("replicas"), $"spec.replicas is set although {scaler.Subject} scales it; remove it")
            : [];

    private static IEnumerable<Fault> MonitoringTarget(ManifestSet set, ManifestObject item)
    {
        if (SelectorTargets.Of(set, item) is not { } pods)
        {
            return [];
        }
        return NoTarget(set, item, "selects no pod of the set").Concat(item.Spec.Mappings("endpoints").Select(endpoint => endpoint.At("port"))
            .Where(port => port.Text() is { } name && pods.Any(pod => !HasPort(pod, name)))
            .Select(port => new Fault(item, port, $"the port '{Shown.Of(port.Text() ?? "")}' is none of the pods that it selects")));
    }

    /// <summary>Whether a pod has a port of this name.</summary>
    public static bool HasPort(PodTemplate pod, string name) => pod.Containers.Any(container => container.Body.Mappings("ports").Any(port => port.Text("name") == name));

    private static IEnumerable<Fault> NoTarget(ManifestSet set, ManifestObject item, string message) =>
        Faults.If(SelectorTargets.Of(set, item) is { Count: 0 }, item, item.Spec.At("selector") ?? item.Spec.At("podSelector"), message);

    private static bool Selects(ManifestObject item, JsonObject? selector, PodTemplate pod) => item.Namespace == pod.Owner.Namespace && LabelSelector.Matches(selector, pod.Labels);

    private static ManifestObject? ScalerOf(ManifestSet set, ManifestObject owner) =>
        set.OfKind("HorizontalPodAutoscaler").FirstOrDefault(scaler =>
            scaler.Namespace == owner.Namespace && scaler.Spec.Text("scaleTargetRef", "kind") == owner.Kind && scaler.Spec.Text("scaleTargetRef", "name") == owner.Name);

    // The least number that there will be.
    private static double Replicas(ManifestSet set, ManifestObject owner) =>
        Scalable.Contains(owner.Kind) ? (ScalerOf(set, owner)?.Spec.Number("minReplicas") ?? owner.Spec.Number("replicas") ?? 1) : 1;
}
