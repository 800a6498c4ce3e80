using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Discovery.Deploy.Policy.Reading;
using Discovery.Deploy.Policy.Shapes;

namespace Discovery.Deploy.Policy.Rules;

/// <summary>What an object is made of: kind, version, fields, names, labels.</summary>
internal static partial class StructureRules
{
    private const int LongestLabel = 63;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Rule> All { get; } =
    [
        Rule.OfObjects("structure", "Fields that the kind does not have, that are missing, of a wrong type, outside their range, or no quantity", Structure),
        Rule.OfObjects("api-version", "A version of the kind that clusters of today do not serve", ApiVersion),
        Rule.OfObjects("unknown-kind", "A kind whose fields are not known here, so that only its references are checked", UnknownKind) with { IsWarning = true },
        Rule.OfObjects("object-name", "A name that Kubernetes refuses", ObjectName),
        Rule.OfObjects("label-value", "A label, or a selector of labels, that Kubernetes refuses", LabelValue),
        Rule.OfObjects("namespace-missing", "An object that names no namespace and lands in whatever is current", NamespaceMissing) with { WarnsInCharts = true },
        new("duplicate-object", "The same object twice, of which the last one wins", DuplicateObject),
    ];

    /// <summary>Whether a text is a DNS label of at most 63 characters.</summary>
    public static bool IsDnsLabel(string text) => text.Length <= LongestLabel && DnsLabel().IsMatch(text);

    private static IEnumerable<Fault> Structure(ManifestSet set, ManifestObject item) =>
        ShapeCatalog.BuiltIn.Find(item.ApiVersion, item.Kind) is { } known ? new ShapeCheck(ShapeCatalog.BuiltIn, item).Run(known.Shape) : [];

    private static IEnumerable<Fault> ApiVersion(ManifestSet set, ManifestObject item) =>
        Faults.If(
            ShapeCatalog.BuiltIn.Find(item.ApiVersion, item.Kind) is null && Successor(item) is not null,
            item,
            item.Body.At("apiVersion"),
            $"{Shown.Of(item.ApiVersion)} is not served for the kind {Shown.Of(item.Kind)}; write apiVersion: {Successor(item)}");

    private static IEnumerable<Fault> UnknownKind(ManifestSet set, ManifestObject item) =>
        Faults.If(
            ShapeCatalog.BuiltIn.Find(item.ApiVersion, item.Kind) is null && Successor(item) is null,
            item,
            item.Body.At("kind"),
            $"the fields of {Shown.Of(item.Kind)} ({Shown.Of(item.ApiVersion)}) are not known here; check them with kubeconform or a dry run");

    // extensions/v1beta1 was the group of many kinds once.
    private static string? Successor(ManifestObject item) =>
        ShapeCatalog.BuiltIn.Kinds.Where(known => known.Kind == item.Kind && (GroupOf(known.ApiVersion) == item.Group || item.Group == "extensions")).Select(known => known.ApiVersion).FirstOrDefault();

    private static string GroupOf(string apiVersion) => apiVersion.Contains('/', StringComparison.Ordinal) ? apiVersion[..apiVersion.IndexOf('/', StringComparison.Ordinal)] : "";

    private static IEnumerable<Fault> ObjectName(ManifestSet set, ManifestObject item)
    {
        var at = item.Body.At("metadata", "name");
        if (item.Name.Length == 0)
        {
            return Faults.If(!item.Body.Has("metadata", "generateName"), item, item.Body.At("metadata"), "has no metadata.name");
        }
        // Names of jobs and of stateful pods become labels; a CronJob adds eleven characters.
        var longest = item.Kind switch { "CronJob" => 52, "Service" or "Namespace" or "Job" or "StatefulSet" => LongestLabel, _ => 253 };
        var isColonAllowed = item.Group == "rbac.authorization.k8s.io";
        var isFormed = item.Kind is "Service" or "Namespace" ? DnsLabel().IsMatch(item.Name) && (item.Kind != "Service" || !char.IsAsciiDigit(item.Name[0]))
            : isColonAllowed ? item.Name.IndexOfAny(['/', '%']) < 0
            : DnsName().IsMatch(item.Name);
        return
        [
            .. Faults.If(item.Name.Length > longest, item, at, $"the name has {item.Name.Length} characters; {longest} is the most for the kind {item.Kind}"),
            .. Faults.If(!isFormed, item, at, "the name must be of lower-case letters, digits and '-' (and '.' for most kinds), beginning and ending with a letter or digit"),
        ];
    }

    private static IEnumerable<Fault> LabelValue(ManifestSet set, ManifestObject item)
    {
        JsonObject?[] labels =
        [
            item.Body.Mapping("metadata", "labels"), item.Pod?.Labels, item.Spec.Mapping("selector", "matchLabels"), item.Spec.Mapping("podSelector", "matchLabels"),
            item.Kind == "Service" ? item.Spec.Mapping("selector") : null,
        ];
        foreach (var (key, value) in labels.OfType<JsonObject>().Distinct().SelectMany(mapping => mapping))
        {
            if (!LabelKey().IsMatch(key) || key[(key.IndexOf('/', StringComparison.Ordinal) + 1)..].Length > LongestLabel)
            {
                yield return new Fault(item, value, $"'{Shown.Of(key)}' is no key of a label");
            }
            if (value.Text() is not { } text)
            {
                yield return new Fault(item, value, $"the label {Shown.Of(key)} must be text, and is {value.TypeName()}; put it in quotes");
            }
            else if (text.Length > LongestLabel || !LabelText().IsMatch(text))
            {
                yield return new Fault(item, value, $"the label {Shown.Of(key)} has the value '{Shown.Of(text)}'; at most 63 letters, digits, '-', '_' and '.' are allowed (a digest of an image is none)");
            }
        }
    }

    private static IEnumerable<Fault> NamespaceMissing(ManifestSet set, ManifestObject item) =>
        Faults.If(item.HasNamespace && item.Namespace.Length == 0 && ShapeCatalog.BuiltIn.Kinds.Any(known => known.Kind == item.Kind), item, item.Body.At("metadata"), "names no namespace; set metadata.namespace");

    private static IEnumerable<Fault> DuplicateObject(ManifestSet set) =>
        set.Objects.Where(item => item.Name.Length > 0).GroupBy(item => (item.Group, item.Kind, item.Namespace, item.Name))
            .SelectMany(same => same.Skip(1).Select(item => new Fault(item, null, $"is there a second time; the first is in {same.First().File}, line {same.First().Lines.Of(same.First().Body)}; remove one")));

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex DnsLabel();

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex DnsName();

    [GeneratedRegex(@"\A([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?\z")]
    private static partial Regex LabelKey();

    [GeneratedRegex(@"\A([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?\z")]
    private static partial Regex LabelText();
}
