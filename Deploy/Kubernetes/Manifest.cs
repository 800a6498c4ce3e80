using System.Text.Json.Nodes;

namespace Discovery.Deploy.Kubernetes;

/// <summary>One Kubernetes object of the output.</summary>
/// <param name="File">File below the folder of the environment, such as <c>discovery/api.yaml</c>; objects of one file stand there in the order in which they are given.</param>
/// <param name="Body">The object, its keys in the order in which they are written.</param>
public sealed record Manifest(string File, JsonObject Body)
{
    /// <summary>An object's head: apiVersion, kind and metadata; further keys are added by an initialiser or later.</summary>
    /// <param name="apiVersion">Such as <c>apps/v1</c>.</param>
    /// <param name="kind">Such as <c>Deployment</c>.</param>
    /// <param name="ns">Namespace; null for an object that has none.</param>
    /// <param name="name">Name.</param>
    /// <param name="labels">Labels; null for none.</param>
    /// <param name="annotations">Annotations; null for none.</param>
    public static JsonObject Head(string apiVersion, string kind, string? ns, string name, JsonObject? labels = null, JsonObject? annotations = null)
    {
        var metadata = new JsonObject { ["name"] = name };
        if (ns is not null)
        {
            metadata["namespace"] = ns;
        }
        if (labels is not null)
        {
            metadata["labels"] = labels;
        }
        if (annotations is not null)
        {
            metadata["annotations"] = annotations;
        }
        return new JsonObject { ["apiVersion"] = apiVersion, ["kind"] = kind, ["metadata"] = metadata };
    }
}
