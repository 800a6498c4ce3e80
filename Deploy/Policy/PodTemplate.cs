using System.Text.Json.Nodes;
using Discovery.Deploy.Policy.Reading;

namespace Discovery.Deploy.Policy;

/// <summary>The pods of a workload.</summary>
/// <param name="Owner">The workload.</param>
/// <param name="Labels">Labels of the pods; null for none.</param>
/// <param name="Spec">Specification of the pods.</param>
internal sealed record PodTemplate(ManifestObject Owner, JsonObject? Labels, JsonObject Spec)
{
    /// <summary>Whether the pods end, as those of jobs do.</summary>
    public bool IsJob => Owner.Kind is "Job" or "CronJob";

    /// <summary>Init containers, then the others, as in the manifest.</summary>
    public IEnumerable<Container> Containers =>
    [
        .. Spec.Mappings("initContainers").Select(body => new Container(this, body, IsInit: true)),
        .. Spec.Mappings("containers").Select(body => new Container(this, body, IsInit: false)),
    ];

    /// <summary>The pods of a workload; null for objects of other kinds.</summary>
    public static PodTemplate? Of(ManifestObject owner)
    {
        var template = owner.Kind switch
        {
            "Deployment" or "StatefulSet" or "DaemonSet" or "ReplicaSet" or "Job" => owner.Body.Mapping("spec", "template"),
            "CronJob" => owner.Body.Mapping("spec", "jobTemplate", "spec", "template"),
            "Pod" => owner.Body,
            _ => null,
        };
        return template?.Mapping("spec") is { } spec ? new PodTemplate(owner, template.Mapping("metadata", "labels"), spec) : null;
    }
}

/// <summary>One container of a pod.</summary>
/// <param name="Pod">The pod.</param>
/// <param name="Body">The container.</param>
/// <param name="IsInit">Whether it is an init container.</param>
internal sealed record Container(PodTemplate Pod, JsonObject Body, bool IsInit)
{
    /// <summary><c>container api</c>, <c>init container migrate</c>.</summary>
    public string Title => $"{(IsInit ? "init container" : "container")} {Shown.Of(Body.Text("name") ?? "(no name)")}";

    /// <summary>Whether it runs beside the others although it is an init container.</summary>
    public bool IsSidecar => IsInit && Body.Text("restartPolicy") == "Always";

    /// <summary>A setting of the container's security context, or that of the pod where it has none.</summary>
    public JsonNode? Security(string key) => Body.At("securityContext", key) ?? Pod.Spec.At("securityContext", key);
}
