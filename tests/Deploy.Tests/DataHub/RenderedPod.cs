using System.Text.Json.Nodes;

namespace Discovery.Deploy.Tests.DataHub;

/// <summary>The pod of a rendered workload or job.</summary>
/// <param name="Owner">What makes it, such as <c>Deployment/datahub-datahub-gms</c>.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Spec">Its specification.</param>
internal sealed record RenderedPod(string Owner, JsonObject Labels, JsonObject Spec)
{
    /// <summary>Its containers, those before the others first.</summary>
    public IEnumerable<JsonNode> Containers => (Spec["initContainers"] as JsonArray ?? []).Concat(Spec["containers"]!.AsArray()).Select(container => container!);

    /// <summary>The variables of all containers.</summary>
    public IEnumerable<JsonNode> Variables => Containers.SelectMany(container => container["env"] as JsonArray ?? []).Select(variable => variable!);

    /// <summary>The pods of rendered objects.</summary>
    public static IReadOnlyList<RenderedPod> In(IEnumerable<JsonObject> objects) =>
    [
        .. objects.Where(each => each["spec"]?["template"]?["spec"] is not null).Select(each => new RenderedPod(
            $"{each["kind"]}/{each["metadata"]!["name"]}",
            each["spec"]!["template"]!["metadata"]?["labels"] as JsonObject ?? [],
            each["spec"]!["template"]!["spec"]!.AsObject())),
    ];

    /// <summary>Whether a label selector takes it.</summary>
    public bool Matches(JsonNode selector) =>
        (selector["matchLabels"] as JsonObject ?? []).All(label => Labels[label.Key]?.ToString() == label.Value!.ToString())
        && (selector["matchExpressions"] as JsonArray ?? []).All(expression => expression!["operator"]!.ToString() switch
        {
            "DoesNotExist" => !Labels.ContainsKey(expression["key"]!.ToString()),
            var other => throw new NotSupportedException(other),
        });

    /// <summary>What the level "restricted" of Pod Security has against it.</summary>
    public IEnumerable<string> Violations()
    {
        foreach (var forbidden in (string[])["hostNetwork", "hostPID", "hostIPC"])
        {
            if (Spec[forbidden]?.ToString() == "true")
            {
                yield return $"{Owner}: {forbidden}";
            }
        }
        foreach (var volume in Spec["volumes"] as JsonArray ?? [])
        {
            if (!volume!.AsObject().Any(pair => pair.Key is "configMap" or "emptyDir" or "secret" or "persistentVolumeClaim" or "projected" or "downwardAPI" or "csi" or "ephemeral"))
            {
                yield return $"{Owner}: volume {volume["name"]}";
            }
        }
        foreach (var container in Containers)
        {
            var name = $"{Owner}: {container["name"]}";
            var (context, pod) = (container["securityContext"], Spec["securityContext"]);
            if ((context?["seccompProfile"] ?? pod?["seccompProfile"])?["type"]?.ToString() is not ("RuntimeDefault" or "Localhost"))
            {
                yield return $"{name}: seccompProfile";
            }
            if ((context?["runAsNonRoot"] ?? pod?["runAsNonRoot"])?.ToString() != "true" || (context?["runAsUser"] ?? pod?["runAsUser"])?.ToString() == "0")
            {
                yield return $"{name}: runAsNonRoot";
            }
            if (context?["allowPrivilegeEscalation"]?.ToString() != "false" || context["privileged"]?.ToString() == "true")
            {
                yield return $"{name}: allowPrivilegeEscalation";
            }
            if (context?["capabilities"]?["drop"] is not JsonArray drop || drop.All(each => each!.ToString() != "ALL") || context["capabilities"]!["add"] is not null)
            {
                yield return $"{name}: capabilities";
            }
        }
    }
}
