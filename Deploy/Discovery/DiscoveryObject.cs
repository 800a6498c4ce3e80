using System.Text.Json.Nodes;
using Discovery.Deploy.Input;
using Discovery.Deploy.Kubernetes;

namespace Discovery.Deploy.Discovery;

/// <summary>An object in Discovery's namespace, and how its pods are told apart.</summary>
internal static class DiscoveryObject
{
    /// <summary>Name of the control plane's objects.</summary>
    public const string Api = "discovery-api";

    /// <summary>Name of what workers and jobs have in common.</summary>
    public const string Worker = "discovery-worker";

    /// <summary>Makes an object.</summary>
    /// <param name="environment">Where it belongs.</param>
    /// <param name="file">Its file, such as <c>api.yaml</c>.</param>
    /// <param name="apiVersion">Such as <c>apps/v1</c>.</param>
    /// <param name="kind">Such as <c>Deployment</c>.</param>
    /// <param name="name">Its name.</param>
    /// <param name="content">What comes after its metadata; is copied.</param>
    /// <param name="annotations">Annotations; null for none.</param>
    public static Manifest Of(DeployEnvironment environment, string file, string apiVersion, string kind, string name, JsonObject content, JsonObject? annotations = null)
    {
        var body = Manifest.Head(apiVersion, kind, environment.Config.Discovery.Namespace, name, Labels.Of(name, environment), annotations);
        foreach (var (key, value) in content)
        {
            body[key] = value?.DeepClone();
        }
        return new Manifest($"discovery/{file}", body);
    }

    /// <summary>Labels of the pods of a workload, which network policies select by <see cref="Component"/>.</summary>
    public static JsonObject PodLabels(DeployEnvironment environment, string name, string component)
    {
        var labels = Labels.Of(name, environment);
        foreach (var (key, value) in Component(component))
        {
            labels[key] = value!.DeepClone();
        }
        return labels;
    }

    /// <summary>Selects the pods of <see cref="Api"/>, or those of <see cref="Worker"/>: all that execute recipes.</summary>
    public static JsonObject Component(string component) => new() { [Labels.Component] = component };
}
