using System.Text.Json.Nodes;
using Discovery.Deploy.Input;

namespace Discovery.Deploy.Kubernetes;

/// <summary>Labels of what we write; each call makes new objects, since a JSON node has one parent.</summary>
internal static class Labels
{
    /// <summary>Name of a workload.</summary>
    public const string Name = "app.kubernetes.io/name";

    /// <summary>Its environment, or its release of a chart.</summary>
    public const string Instance = "app.kubernetes.io/instance";

    /// <summary>What it belongs to.</summary>
    public const string PartOf = "app.kubernetes.io/part-of";

    /// <summary>What it does.</summary>
    public const string Component = "app.kubernetes.io/component";

    /// <summary>Labels of an object of Discovery and of its pods.</summary>
    public static JsonObject Of(string name, DeployEnvironment environment) =>
        new() { [Name] = name, [Instance] = environment.Name, [PartOf] = DeployEnvironment.DiscoveryPartOf };

    /// <summary>Selects the pods of one workload of Discovery.</summary>
    public static JsonObject Selector(string name, DeployEnvironment environment) => new() { [Name] = name, [Instance] = environment.Name };

    /// <summary>Selects all pods of Discovery.</summary>
    public static JsonObject Discovery() => new() { [PartOf] = DeployEnvironment.DiscoveryPartOf };

    /// <summary>Selects all pods of the chart datahub, its jobs included.</summary>
    public static JsonObject DataHub() => new() { [PartOf] = DeployEnvironment.DataHubPartOf };

    /// <summary>Selects the pods of one workload of the chart datahub, such as <c>datahub-gms</c>.</summary>
    public static JsonObject DataHub(string name) => new() { [Name] = name, [Instance] = DeployEnvironment.DataHubRelease };
}
