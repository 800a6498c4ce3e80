using System.Text.Json.Nodes;
using Discovery.Deploy.Policy.Reading;

namespace Discovery.Deploy.Policy;

/// <summary>Keys of a Secret or ConfigMap.</summary>
/// <param name="Keys">Those that are known.</param>
/// <param name="IsOpen">Whether there may be others.</param>
internal sealed record KeySet(IReadOnlySet<string> Keys, bool IsOpen)
{
    /// <summary>Whether it may have a key.</summary>
    public bool MayHave(string key) => IsOpen || Keys.Contains(key);
}

/// <summary>All objects that are checked together, and what refers to what.</summary>
internal sealed class ManifestSet
{
    private readonly ILookup<string, ManifestObject> _byKind;
    private readonly Dictionary<(string Kind, string Namespace, string Name), ManifestObject> _byName = [];
    private readonly ILookup<string, PodTemplate> _podsByNamespace;
    private readonly ILookup<(string Namespace, string Name), KeySet> _secrets;
    private readonly ChartPods _charts;

    /// <summary>Takes objects in the order of their files.</summary>
    public ManifestSet(IReadOnlyList<ManifestObject> objects)
    {
        Objects = objects;
        Pods = [.. objects.Select(item => item.Pod).OfType<PodTemplate>()];
        _byKind = objects.ToLookup(item => item.Kind, StringComparer.Ordinal);
        _podsByNamespace = Pods.ToLookup(pod => pod.Owner.Namespace, StringComparer.Ordinal);
        foreach (var item in objects)
        {
            _byName.TryAdd((item.Kind, item.Namespace, item.Name), item);
        }
        _secrets = objects.SelectMany(Secrets).ToLookup(secret => (secret.Namespace, secret.Name), secret => secret.Keys);
        _charts = new ChartPods(this);
    }

    /// <summary>All objects.</summary>
    public IReadOnlyList<ManifestObject> Objects { get; }

    /// <summary>The pods of all workloads.</summary>
    public IReadOnlyList<PodTemplate> Pods { get; }

    /// <summary>Whether any Secret is made by the set; where none is, somebody else makes them.</summary>
    public bool MakesSecrets => _secrets.Count > 0;

    /// <summary>All objects of a kind, in any version.</summary>
    public IEnumerable<ManifestObject> OfKind(string kind) => _byKind[kind];

    /// <summary>An object by name; null where it is not in the set.</summary>
    public ManifestObject? Find(string kind, string ns, string name) => _byName.GetValueOrDefault((kind, ns, name));

    /// <summary>Pods of a namespace.</summary>
    public IEnumerable<PodTemplate> PodsOf(string ns) => _podsByNamespace[ns];

    /// <summary>Keys of a Secret, whoever makes it; null where nobody of the set does.</summary>
    public KeySet? SecretKeys(string ns, string name) =>
        _secrets[(ns, name)].ToList() is { Count: > 0 } all ? new KeySet(all.SelectMany(keys => keys.Keys).ToHashSet(StringComparer.Ordinal), all.Exists(keys => keys.IsOpen)) : null;

    /// <summary>Keys of a ConfigMap; null where it is not in the set.</summary>
    public KeySet? ConfigMapKeys(string ns, string name) => Find("ConfigMap", ns, name) is { } map ? Keys(map.Body.Mapping("data"), map.Body.Mapping("binaryData")) : null;

    /// <summary>Pods that a selector takes; null where it aims at pods of a chart that is not in the set, or of an account whose pods are not, so that nobody can tell.</summary>
    public IReadOnlyList<PodTemplate>? Select(string ns, JsonObject? selector)
    {
        List<PodTemplate> pods = [.. PodsOf(ns).Where(pod => LabelSelector.Matches(selector, pod.Labels))];
        return pods.Count == 0 && (_charts.AreMissingFor(selector.Mapping("matchLabels")) || ArePodsElsewhere(ns, selector.Mapping("matchLabels"))) ? null : pods;
    }

    // A namespace with no pod of the set, and a label that is the name of an account there: Airflow makes the pods that run as it.
    private bool ArePodsElsewhere(string ns, JsonObject? labels) =>
        !PodsOf(ns).Any() && _byKind["ServiceAccount"].Any(account => account.Namespace == ns && labels?.Any(label => label.Value.Text() == account.Name) == true);

    private static IEnumerable<(string Namespace, string Name, KeySet Keys)> Secrets(ManifestObject item)
    {
        switch (item.Kind)
        {
            case "Secret":
                yield return (item.Namespace, item.Name, Keys(item.Body.Mapping("data"), item.Body.Mapping("stringData")));
                break;
            case "SealedSecret":
                yield return (item.Namespace, item.Spec.Text("template", "metadata", "name") ?? item.Name, Keys(item.Spec.Mapping("encryptedData")));
                break;
            case "ExternalSecret":
                yield return (item.Namespace, item.Spec.Text("target", "name") ?? item.Name, OfExternalSecret(item.Spec));
                break;
        }
    }

    // With a template that has data the operator writes what the template says, and not what it read.
    private static KeySet OfExternalSecret(JsonObject? spec)
    {
        var template = spec.Mapping("target", "template");
        var isReplaced = (template.Has("data") || template.Has("templateFrom")) && template.Text("mergePolicy") != "Merge";
        var read = isReplaced ? [] : spec.Mappings("data").Select(item => item.Text("secretKey")).OfType<string>();
        return new KeySet(
            read.Concat(template.Mapping("data")?.Select(entry => entry.Key) ?? []).ToHashSet(StringComparer.Ordinal),
            template.List("templateFrom").Any() || (!isReplaced && spec.List("dataFrom").Any()));
    }

    private static KeySet Keys(params IEnumerable<JsonObject?> mappings) =>
        new(mappings.SelectMany(mapping => mapping?.Select(entry => entry.Key) ?? []).ToHashSet(StringComparer.Ordinal), IsOpen: false);
}
