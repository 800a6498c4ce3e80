using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Discovery.Deploy.Policy.Reading;

namespace Discovery.Deploy.Policy.Rules;

/// <summary>Argo CD's Applications and projects.</summary>
internal static partial class ArgoRules
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Rule> All { get; } =
    [
        Rule.OfObjects("argo-destination", "An Application that does not say, or says twice, which cluster it is for", Destination, "Application"),
        Rule.OfObjects("argo-floating-chart", "A chart whose version floats", FloatingChart, "Application"),
        Rule.OfObjects("argo-floating-revision", "A repository without a branch or tag", FloatingRevision, "Application") with { IsWarning = true },
        Rule.OfObjects("argo-values", "A file of values from a source that the Application does not have", Values, "Application"),
        Rule.OfObjects("argo-project", "An Application whose project is 'default', or is not in a set that has projects", Project, "Application"),
        Rule.OfObjects("argo-project-open", "An AppProject that allows every destination or every kind of the cluster", ProjectOpen, "AppProject"),
        Rule.OfObjects("argo-release-name", "A release named otherwise than its Application", ReleaseName, "Application") with { IsWarning = true },
    ];

    private static bool IsArgo(ManifestObject item) => item.Group == "argoproj.io";

    private static IEnumerable<JsonObject> Sources(ManifestObject item) => item.Spec.Mappings("sources").Concat(item.Spec.Mapping("source") is { } single ? [single] : Array.Empty<JsonObject>());

    private static IEnumerable<Fault> Destination(ManifestSet set, ManifestObject item) =>
        Faults.If(
            IsArgo(item) && item.Spec.Has("destination") && item.Spec.Has("destination", "server") == item.Spec.Has("destination", "name"),
            item,
            item.Spec.At("destination"),
            "exactly one of destination.server and destination.name must be set");

    private static IEnumerable<Fault> FloatingChart(ManifestSet set, ManifestObject item) =>
        Sources(item).Where(source => source.Has("chart") && !Version().IsMatch(source.Text("targetRevision") ?? ""))
            .Select(source => new Fault(item, source.At("targetRevision") ?? source, $"the chart {Shown.Of(source.Text("chart") ?? "")} has the version '{Shown.Of(source.Text("targetRevision") ?? "")}'; pin one, such as 1.1.0, or each sync may install another"));

    private static IEnumerable<Fault> FloatingRevision(ManifestSet set, ManifestObject item) =>
        Sources(item).Where(source => IsArgo(item) && !source.Has("chart") && source.Text("targetRevision") is null or "" or "HEAD")
            .Select(source => new Fault(item, source.At("targetRevision") ?? source, "names no branch or tag of its repository (targetRevision)"));

    private static IEnumerable<Fault> Values(ManifestSet set, ManifestObject item)
    {
        var sources = Sources(item).Select(source => source.Text("ref")).ToHashSet(StringComparer.Ordinal);
        return Sources(item).SelectMany(source => source.List("helm", "valueFiles"))
            .Where(file => file.Text() is ['$', ..] path && !sources.Contains(path[1..].Split('/')[0]))
            .Select(file => new Fault(item, file, $"'{Shown.Of(file.Text() ?? "")}' is of a source that the Application does not have; give one of its sources that ref"));
    }

    private static IEnumerable<Fault> Project(ManifestSet set, ManifestObject item)
    {
        var project = item.Spec.Text("project") ?? "";
        var projects = set.OfKind("AppProject").Select(known => known.Name).ToList();
        return
        [
            .. Faults.If(IsArgo(item) && project == "default", item, item.Spec.At("project"), "is of the project 'default', which may do everything; make an AppProject with the rights that it needs"),
            .. Faults.If(IsArgo(item) && project is not ("default" or "") && projects.Count > 0 && !projects.Contains(project), item, item.Spec.At("project"), $"is of the project '{Shown.Of(project)}', and the set has {Shown.Of(string.Join(", ", projects))}"),
        ];
    }

    private static IEnumerable<Fault> ProjectOpen(ManifestSet set, ManifestObject item) =>
    [
        .. item.Spec.Mappings("destinations").Where(destination => destination.Text("namespace") == "*" || destination.Text("server") == "*")
            .Select(destination => new Fault(item, destination, "allows every namespace or cluster; name those that it needs")),
        .. item.Spec.Mappings("clusterResourceWhitelist").Where(kind => kind.Text("kind") == "*" && kind.Text("group") == "*")
            .Select(kind => new Fault(item, kind, "allows every kind of the cluster; name those that it needs")),
    ];

    private static IEnumerable<Fault> ReleaseName(ManifestSet set, ManifestObject item) =>
        Sources(item).Select(source => source.At("helm", "releaseName")).Where(release => release.Text() is { } name && name != item.Name && !item.Name.StartsWith($"{name}-", StringComparison.Ordinal) && !item.Name.EndsWith($"-{name}", StringComparison.Ordinal))
            .Select(release => new Fault(item, release, $"the release '{Shown.Of(release.Text() ?? "")}' is named otherwise than the Application; people look for one name"));

    [GeneratedRegex(@"\Av?[0-9]+\.[0-9]+\.[0-9]+([-+][0-9A-Za-z.+-]+)?\z")]
    private static partial Regex Version();
}
