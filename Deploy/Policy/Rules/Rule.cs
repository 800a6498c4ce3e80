using System.Text.Json.Nodes;

namespace Discovery.Deploy.Policy.Rules;

/// <summary>Something that a rule found.</summary>
/// <param name="Object">The object.</param>
/// <param name="At">The value in it; null for the object as a whole.</param>
/// <param name="Message">What is wrong and what to do, without a secret value.</param>
internal sealed record Fault(ManifestObject Object, JsonNode? At, string Message);

/// <summary>One rule.</summary>
/// <param name="Name">Its name, such as <c>unknown-secret</c>.</param>
/// <param name="Catches">What it catches, one line for the documentation.</param>
/// <param name="Check">Finds all faults of a set.</param>
internal sealed record Rule(string Name, string Catches, Func<ManifestSet, IEnumerable<Fault>> Check)
{
    /// <summary>Whether what it finds may stay.</summary>
    public bool IsWarning { get; init; }

    /// <summary>Whether what it finds in objects that Helm made from somebody's chart is a warning, since no value of the chart may be able to change it.</summary>
    public bool WarnsInCharts { get; init; }

    /// <summary>A rule that looks at each object of some kinds; of all kinds where none is given.</summary>
    public static Rule OfObjects(string name, string catches, Func<ManifestSet, ManifestObject, IEnumerable<Fault>> check, params string[] kinds) =>
        new(name, catches, set => (kinds.Length == 0 ? set.Objects : kinds.SelectMany(set.OfKind)).SelectMany(item => check(set, item)));

    /// <summary>A rule that looks at the pods of each workload.</summary>
    public static Rule OfPods(string name, string catches, Func<ManifestSet, PodTemplate, IEnumerable<Fault>> check) =>
        new(name, catches, set => set.Pods.SelectMany(pod => check(set, pod)));

    /// <summary>A rule that looks at each container.</summary>
    public static Rule OfContainers(string name, string catches, Func<Container, IEnumerable<Fault>> check) =>
        new(name, catches, set => set.Pods.SelectMany(pod => pod.Containers).SelectMany(check));
}

/// <summary>Shortens rules: a fault where something holds.</summary>
internal static class Faults
{
    /// <summary>A fault of an object where a condition holds.</summary>
    public static IEnumerable<Fault> If(bool condition, ManifestObject item, JsonNode? at, string message) => condition ? [new Fault(item, at, message)] : [];

    /// <summary>A fault of a container where a condition holds.</summary>
    public static IEnumerable<Fault> If(bool condition, Container container, JsonNode? at, string message) =>
        condition ? [new Fault(container.Pod.Owner, at ?? container.Body, $"{container.Title}: {message}")] : [];
}
