using System.Text.Json.Nodes;

namespace Discovery.Deploy.Kubernetes;

/// <summary>Network policies, each of which says what its rules are for.</summary>
internal static class NetworkPolicy
{
    /// <summary>Denies all traffic of a namespace that no other policy allows.</summary>
    public static JsonObject DefaultDeny(string ns)
    {
        var policy = Manifest.Head("networking.k8s.io/v1", "NetworkPolicy", ns, "default-deny");
        policy["spec"] = new JsonObject { ["podSelector"] = new JsonObject(), ["policyTypes"] = new JsonArray { "Ingress", "Egress" } };
        return policy;
    }

    /// <summary>Allows traffic of the pods that a selector selects; the reasons stand in its description.</summary>
    public static JsonObject Allow(string ns, string name, JsonObject pods, IReadOnlyList<Flow> ingress, IReadOnlyList<Flow> egress)
    {
        var description = string.Join("\n", ingress.Select(flow => $"In: {flow.Reason}.").Concat(egress.Select(flow => $"Out: {flow.Reason}."))) + "\n";
        var policy = Manifest.Head("networking.k8s.io/v1", "NetworkPolicy", ns, name, annotations: new JsonObject { ["kubernetes.io/description"] = description });
        var spec = new JsonObject { ["podSelector"] = pods, ["policyTypes"] = new JsonArray { "Ingress", "Egress" } };
        if (ingress.Count > 0)
        {
            spec["ingress"] = new JsonArray([.. ingress.Select(flow => new JsonObject { ["from"] = flow.Peers, ["ports"] = flow.Ports })]);
        }
        spec["egress"] = new JsonArray([.. egress.Select(flow => new JsonObject { ["to"] = flow.Peers, ["ports"] = flow.Ports })]);
        policy["spec"] = spec;
        return policy;
    }

    /// <summary>A selector of pods by their labels.</summary>
    public static JsonObject Selector(JsonObject labels) => new() { ["matchLabels"] = labels };
}
