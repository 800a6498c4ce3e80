using System.Text.Json.Nodes;
using Discovery.Deploy.Input;
using Discovery.Deploy.Kubernetes;

namespace Discovery.Deploy.Secrets;

/// <summary>The two namespaces and, where Google Secret Manager has the values, what fetches them.</summary>
internal static class SecretManifests
{
    private const string Reader = "external-secrets-reader";
    private const string Store = "google-secret-manager";

    /// <summary>Name, without environment, of the Google account that reads the secrets of DataHub's namespace.</summary>
    public const string DataHubReader = "datahub-secrets";

    /// <summary>Name, without environment, of the Google account that reads the secrets of Discovery's namespace.</summary>
    public const string DiscoveryReader = "discovery-secrets";

    /// <summary>All objects of the folder <c>secrets</c>.</summary>
    public static IEnumerable<Manifest> Of(DeployEnvironment environment)
    {
        (string Namespace, string Account)[] places =
        [
            (environment.Config.DataHub.Namespace, DataHubReader),
            (environment.Config.Discovery.Namespace, DiscoveryReader),
        ];
        foreach (var (ns, _) in places)
        {
            yield return new("secrets/namespaces.yaml", Namespace(ns));
        }
        if (environment.Config.Secrets.Source == SecretSource.Existing)
        {
            yield break;
        }
        var secrets = SecretPlan.Of(environment);
        foreach (var (ns, account) in places.Where(place => secrets.Any(secret => secret.Namespace == place.Namespace)))
        {
            var file = $"secrets/{account}.yaml";
            yield return new(file, ServiceAccount.Of(ns, Reader, environment.GoogleServiceAccount(account)));
            yield return new(file, SecretStore(environment, ns));
            foreach (var secret in secrets.Where(secret => secret.Namespace == ns))
            {
                yield return new(file, ExternalSecret(secret));
            }
        }
    }

    /// <summary>Pods that do not meet the level "restricted" are refused; the version is that of the rules, and holds on newer clusters too.</summary>
    private static JsonObject Namespace(string name) => Manifest.Head(
        "v1",
        "Namespace",
        ns: null,
        name,
        labels: new JsonObject
        {
            ["pod-security.kubernetes.io/enforce"] = "restricted",
            ["pod-security.kubernetes.io/enforce-version"] = "v1.33",
            ["pod-security.kubernetes.io/warn"] = "restricted",
        },
        // Whoever removes the application would remove the volumes with the namespace.
        annotations: new JsonObject { ["argocd.argoproj.io/sync-options"] = "Prune=false,Delete=false" });

    private static JsonObject SecretStore(DeployEnvironment environment, string ns)
    {
        var store = Manifest.Head("external-secrets.io/v1", "SecretStore", ns, Store);
        store["spec"] = new JsonObject
        {
            ["provider"] = new JsonObject
            {
                ["gcpsm"] = new JsonObject
                {
                    ["projectID"] = environment.Config.Google.Project,
                    ["auth"] = new JsonObject
                    {
                        ["workloadIdentity"] = new JsonObject
                        {
                            ["clusterLocation"] = environment.Config.Google.Region,
                            ["clusterName"] = environment.Config.Google.Cluster,
                            ["serviceAccountRef"] = new JsonObject { ["name"] = Reader },
                        },
                    },
                },
            },
        };
        return store;
    }

    private static JsonObject ExternalSecret(PlannedSecret secret)
    {
        var target = new JsonObject { ["name"] = secret.Name, ["creationPolicy"] = "Owner", ["deletionPolicy"] = "Retain" };
        if (secret.PlainKeys.Count > 0)
        {
            target["template"] = new JsonObject
            {
                ["mergePolicy"] = "Merge",
                ["data"] = new JsonObject(secret.PlainKeys.Select(key => KeyValuePair.Create<string, JsonNode?>(key.Key, key.Value))),
            };
        }
        // The token that recipes write with is made in DataHub, which a later application of Argo CD brings: who waits for it first waits for ever.
        JsonObject? annotations = secret.Name == SecretPlan.Variables ? new() { ["argocd.argoproj.io/ignore-healthcheck"] = "true" } : null;
        var external = Manifest.Head("external-secrets.io/v1", "ExternalSecret", secret.Namespace, secret.Name, annotations: annotations);
        external["spec"] = new JsonObject
        {
            ["refreshInterval"] = "1h",
            ["secretStoreRef"] = new JsonObject { ["kind"] = "SecretStore", ["name"] = Store },
            ["target"] = target,
            ["data"] = new JsonArray([.. secret.Keys.Select(key => new JsonObject
            {
                ["secretKey"] = key.Key,
                // The operator's defaults: where it writes them in itself, Argo CD would see a difference for ever.
                ["remoteRef"] = new JsonObject { ["key"] = key.RemoteName, ["conversionStrategy"] = "Default", ["decodingStrategy"] = "None", ["metadataPolicy"] = "None" },
            })]),
        };
        return external;
    }
}
