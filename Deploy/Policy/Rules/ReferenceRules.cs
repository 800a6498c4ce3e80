using System.Text.Json.Nodes;
using Discovery.Deploy.Kubernetes;
using Discovery.Deploy.Policy.Reading;

namespace Discovery.Deploy.Policy.Rules;

/// <summary>Names that must lead to something: Secrets, ConfigMaps, claims, accounts, stores.</summary>
internal static class ReferenceRules
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Rule> All { get; } =
    [
        Rule.OfPods("unknown-secret", "A Secret, or a key of it, that nothing in the set makes: the pod never starts", UnknownSecret),
        Rule.OfPods("secret-elsewhere", "Secrets that pods need while the set makes none at all", SecretElsewhere) with { IsWarning = true },
        Rule.OfPods("unknown-config-map", "A ConfigMap, or a key of it, that is not in the set", UnknownConfigMap),
        Rule.OfPods("unknown-claim", "A PersistentVolumeClaim that is not in the set", UnknownClaim),
        new("unknown-account", "A ServiceAccount that is not in the set: no pod is ever made", UnknownAccount),
        Rule.OfObjects("secret-store", "An ExternalSecret whose store is not in the set, or is of the other kind", SecretStore, "ExternalSecret"),
        Rule.OfObjects("workload-identity", "A Google service account that is no full address", WorkloadIdentity, "ServiceAccount"),
    ];

    private static IEnumerable<Fault> UnknownSecret(ManifestSet set, PodTemplate pod) =>
        !set.MakesSecrets ? [] : References(pod, "secretKeyRef", "secretRef", "secret", "secretName").SelectMany(reference => Missing(pod, reference, "Secret", set.SecretKeys(pod.Owner.Namespace, reference.Name), "no Secret or ExternalSecret of the set makes it"));

    private static IEnumerable<Fault> SecretElsewhere(ManifestSet set, PodTemplate pod)
    {
        var names = References(pod, "secretKeyRef", "secretRef", "secret", "secretName").Select(reference => reference.Name).Distinct(StringComparer.Ordinal).ToList();
        return Faults.If(!set.MakesSecrets && names.Count > 0, pod.Owner, null, $"needs Secrets that somebody else makes: {Shown.Of(string.Join(", ", names))}; the set makes none, so their keys are not checked");
    }

    private static IEnumerable<Fault> UnknownConfigMap(ManifestSet set, PodTemplate pod) =>
        References(pod, "configMapKeyRef", "configMapRef", "configMap", "name").SelectMany(reference => Missing(pod, reference, "ConfigMap", set.ConfigMapKeys(pod.Owner.Namespace, reference.Name), "it is not in the set"));

    private static IEnumerable<Fault> UnknownClaim(ManifestSet set, PodTemplate pod) =>
        pod.Spec.Mappings("volumes").Select(volume => volume.At("persistentVolumeClaim", "claimName"))
            .Where(claim => claim.Text() is { } name && set.Find("PersistentVolumeClaim", pod.Owner.Namespace, name) is null)
            .Select(claim => new Fault(pod.Owner, claim, $"needs the PersistentVolumeClaim '{Shown.Of(claim.Text() ?? "")}', which is not in the set"));

    private static IEnumerable<Fault> UnknownAccount(ManifestSet set)
    {
        var ofPods = set.Pods.Select(pod => (pod.Owner, pod.Owner.Namespace, At: pod.Spec.At("serviceAccountName")));
        var ofStores = set.OfKind("SecretStore").Select(store => (Owner: store, store.Namespace, At: store.Spec.At("provider", "gcpsm", "auth", "workloadIdentity", "serviceAccountRef", "name")));
        var ofBindings = set.OfKind("RoleBinding").Concat(set.OfKind("ClusterRoleBinding")).SelectMany(binding => binding.Body.Mappings("subjects")
            .Where(subject => subject.Text("kind") == "ServiceAccount").Select(subject => (Owner: binding, Namespace: subject.Text("namespace") ?? binding.Namespace, At: subject.At("name"))));
        return ofPods.Concat(ofStores).Concat(ofBindings)
            .Where(reference => reference.At.Text() is { } name && name != "default" && set.Find("ServiceAccount", reference.Namespace, name) is null)
            .Select(reference => new Fault(reference.Owner, reference.At, $"names the ServiceAccount '{Shown.Of(reference.At.Text() ?? "")}', which is not in the namespace {Shown.Of(reference.Namespace)} of the set"));
    }

    private static IEnumerable<Fault> SecretStore(ManifestSet set, ManifestObject item)
    {
        var reference = item.Spec.Mapping("secretStoreRef");
        var (kind, name) = (reference.Text("kind") ?? "SecretStore", reference.Text("name"));
        return Faults.If(
            name is not null && set.Find(kind, kind == "ClusterSecretStore" ? "" : item.Namespace, name) is null,
            item,
            reference,
            $"there is no {Shown.Of(kind)} '{Shown.Of(name ?? "")}' in the set{(set.OfKind("SecretStore").Concat(set.OfKind("ClusterSecretStore")).FirstOrDefault(store => store.Name == name) is { } other ? $"; {other.Subject} is of another kind or namespace" : "")}");
    }

    private static IEnumerable<Fault> WorkloadIdentity(ManifestSet set, ManifestObject item)
    {
        var account = item.Annotations.At(ServiceAccount.GoogleAnnotation);
        return Faults.If(
            account is not null && !GoogleNames.IsServiceAccount(account.Text() ?? ""),
            item,
            account,
            $"the annotation {ServiceAccount.GoogleAnnotation} is '{Shown.Of(account.Text() ?? "")}'; it must be NAME@PROJECT.iam.gserviceaccount.com");
    }

    /// <summary>A name that a pod refers to, with a key of it or without.</summary>
    private sealed record Reference(string Name, string? Key, JsonNode At, string Where);

    private static IEnumerable<Reference> References(PodTemplate pod, string keyOf, string allOf, string volume, string volumeName)
    {
        foreach (var container in pod.Containers)
        {
            foreach (var variable in container.Body.Mappings("env").Select(variable => variable.Mapping("valueFrom", keyOf)).Where(IsNeeded))
            {
                yield return new Reference(variable.Text("name") ?? "", variable.Text("key"), variable!, container.Title);
            }
            foreach (var source in container.Body.Mappings("envFrom").Select(source => source.Mapping(allOf)).Where(IsNeeded))
            {
                yield return new Reference(source.Text("name") ?? "", null, source!, container.Title);
            }
        }
        var sources = pod.Spec.Mappings("volumes").Select(item => (Source: item.Mapping(volume), Name: volumeName, Title: item.Text("name")))
            .Concat(pod.Spec.Mappings("volumes").SelectMany(item => item.Mappings("projected", "sources").Select(source => (Source: source.Mapping(volume), Name: "name", Title: item.Text("name")))));
        foreach (var (source, nameKey, title) in sources.Where(item => IsNeeded(item.Source)))
        {
            var keys = source.Mappings("items").Select(item => item.Text("key")).DefaultIfEmpty(null);
            foreach (var key in keys)
            {
                yield return new Reference(source.Text(nameKey) ?? "", key, source!, $"volume {Shown.Of(title ?? "")}");
            }
        }
    }

    private static bool IsNeeded(JsonObject? reference) => reference is not null && reference.Switch("optional") != true;

    private static IEnumerable<Fault> Missing(PodTemplate pod, Reference reference, string kind, KeySet? keys, string otherwise)
    {
        if (keys is null)
        {
            yield return new Fault(pod.Owner, reference.At, $"{reference.Where}: needs the {kind} '{Shown.Of(reference.Name)}', and {otherwise}");
        }
        else if (reference.Key is { } key && !keys.MayHave(key))
        {
            yield return new Fault(pod.Owner, reference.At, $"{reference.Where}: needs the key '{Shown.Of(key)}' of the {kind} '{Shown.Of(reference.Name)}', which has {(keys.Keys.Count == 0 ? "none" : Shown.Of(string.Join(", ", keys.Keys.Order(StringComparer.Ordinal))))}");
        }
    }
}
