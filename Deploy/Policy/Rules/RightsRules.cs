using Discovery.Deploy.Policy.Reading;

namespace Discovery.Deploy.Policy.Rules;

/// <summary>Rights in the cluster.</summary>
internal static class RightsRules
{
    private static readonly string[] Parts = ["apiGroups", "resources", "verbs"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Rule> All { get; } =
    [
        Rule.OfObjects("wildcard-rights", "A role with a star, or that reads all Secrets", WildcardRights, "Role", "ClusterRole") with { WarnsInCharts = true },
        Rule.OfObjects("cluster-admin", "A binding to cluster-admin", ClusterAdmin, "RoleBinding", "ClusterRoleBinding"),
        Rule.OfObjects("pod-security", "A namespace that does not enforce Pod Security 'restricted'", PodSecurity, "Namespace"),
    ];

    private static IEnumerable<Fault> WildcardRights(ManifestSet set, ManifestObject item) =>
        item.Body.Mappings("rules").SelectMany(rule =>
            Faults.If(Parts.Any(part => rule.Texts(part).Contains("*")), item, rule, "grants everything of its sort ('*'); name what is needed")
                .Concat(Faults.If(rule.Texts("resources").Contains("secrets") && !rule.List("resourceNames").Any(), item, rule, "grants all Secrets; name them in resourceNames")));

    private static IEnumerable<Fault> ClusterAdmin(ManifestSet set, ManifestObject item) =>
        Faults.If(item.Body.Text("roleRef", "name") == "cluster-admin", item, item.Body.At("roleRef"), "grants the whole cluster (cluster-admin)");

    private static IEnumerable<Fault> PodSecurity(ManifestSet set, ManifestObject item) =>
        Faults.If(
            item.Body.Text("metadata", "labels", "pod-security.kubernetes.io/enforce") != "restricted",
            item,
            item.Body.At("metadata", "labels") ?? item.Body.At("metadata"),
            "does not enforce Pod Security; set the label pod-security.kubernetes.io/enforce: restricted");
}
