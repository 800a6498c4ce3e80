using System.Text.Json.Nodes;
using Discovery.Deploy.Policy.Reading;

namespace Discovery.Deploy.Policy;

/// <summary>One Kubernetes object of a set.</summary>
internal sealed class ManifestObject
{
    /// <summary>Takes an object.</summary>
    /// <param name="file">The file that it is in.</param>
    /// <param name="body">The object.</param>
    /// <param name="lines">Where its values stand.</param>
    /// <param name="defaultNamespace">Namespace where it names none; null for none.</param>
    /// <param name="hasNamespace">Whether objects of its kind have one.</param>
    public ManifestObject(string file, JsonObject body, SourceLines lines, string? defaultNamespace, bool hasNamespace)
    {
        (File, Body, Lines) = (file, body, lines);
        ApiVersion = body.Text("apiVersion") ?? "";
        Kind = body.Text("kind") ?? "";
        Name = body.Text("metadata", "name") ?? "";
        Namespace = hasNamespace ? body.Text("metadata", "namespace") ?? defaultNamespace ?? "" : "";
        HasNamespace = hasNamespace;
        Pod = PodTemplate.Of(this);
    }

    /// <summary>The file that it is in.</summary>
    public string File { get; }

    /// <summary>The object.</summary>
    public JsonObject Body { get; }

    /// <summary>Where its values stand.</summary>
    public SourceLines Lines { get; }

    /// <summary>Such as <c>apps/v1</c>.</summary>
    public string ApiVersion { get; }

    /// <summary>The group of <see cref="ApiVersion"/>; empty for the core.</summary>
    public string Group => ApiVersion.Contains('/', StringComparison.Ordinal) ? ApiVersion[..ApiVersion.IndexOf('/', StringComparison.Ordinal)] : "";

    /// <summary>Kind.</summary>
    public string Kind { get; }

    /// <summary>Name; empty where it has none.</summary>
    public string Name { get; }

    /// <summary>Namespace; empty where none is known.</summary>
    public string Namespace { get; }

    /// <summary>Whether objects of its kind have a namespace.</summary>
    public bool HasNamespace { get; }

    /// <summary>The pods that it makes; null where it makes none.</summary>
    public PodTemplate? Pod { get; }

    /// <summary>Its specification.</summary>
    public JsonObject? Spec => Body.Mapping("spec");

    /// <summary>Its annotations.</summary>
    public JsonObject? Annotations => Body.Mapping("metadata", "annotations");

    /// <summary>Whether Helm made it from a chart, so that nobody can change it but by values of that chart.</summary>
    public bool IsFromChart => Chart is not null || Body.Text("metadata", "labels", "app.kubernetes.io/managed-by") == "Helm";

    /// <summary>Name and version of the chart that it is from, as its label says; null where it says none.</summary>
    public string? Chart => Body.Text("metadata", "labels", "helm.sh/chart");

    /// <summary><c>Deployment/discovery/api</c>, <c>Namespace/discovery</c>.</summary>
    public string Subject => string.Join('/', new[] { Kind, Namespace, Name.Length > 0 ? Name : "(no name)" }.Where(part => part.Length > 0).Select(Shown.Of));
}
