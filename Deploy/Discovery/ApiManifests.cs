using System.Text.Json.Nodes;
using Discovery.Deploy.Input;
using Discovery.Deploy.Kubernetes;
using Discovery.Deploy.Secrets;

namespace Discovery.Deploy.Discovery;

/// <summary>The control plane: its store, its one pod and its Service.</summary>
internal static class ApiManifests
{
    /// <summary>Port that it listens on.</summary>
    public const int Port = 8090;

    /// <summary>Name of that port.</summary>
    public const string PortName = "http";

    private const string File = "api.yaml";
    private const string Name = DiscoveryObject.Api;
    private const string Scratch = "1Gi";
    private const string DataFolder = "/data";
    private const string SecretFolder = "/run/secrets/discovery";

    /// <summary>All of it.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="recipes">The ConfigMaps with the recipes.</param>
    public static IEnumerable<Manifest> Of(DeployEnvironment environment, IReadOnlyList<Manifest> recipes) =>
        [Store(environment), Deployment(environment, recipes), Service(environment), .. ApiEdge.Of(environment)];

    private static Manifest Store(DeployEnvironment environment) => DiscoveryObject.Of(
        environment,
        File,
        "v1",
        "PersistentVolumeClaim",
        Name,
        new()
        {
            ["spec"] = new JsonObject
            {
                // One pod at a time, not only one node: the store is a file that one process opens.
                ["accessModes"] = new JsonArray("ReadWriteOncePod"),
                ["storageClassName"] = "standard-rwo",
                ["resources"] = new JsonObject { ["requests"] = new JsonObject { ["storage"] = environment.Config.Discovery.Api!.Storage } },
            },
        },
        // Neither a change in Git nor the removal of the application takes the history of runs along.
        new() { ["argocd.argoproj.io/sync-options"] = "Prune=false,Delete=false" });

    private static Manifest Deployment(DeployEnvironment environment, IReadOnlyList<Manifest> recipes) => DiscoveryObject.Of(
        environment,
        File,
        "apps/v1",
        "Deployment",
        Name,
        new()
        {
            ["spec"] = new JsonObject
            {
                ["replicas"] = 1,
                ["revisionHistoryLimit"] = 5,
                // The old pod lets go of the store before the new one opens it.
                ["strategy"] = new JsonObject { ["type"] = "Recreate" },
                ["selector"] = new JsonObject { ["matchLabels"] = Labels.Selector(Name, environment) },
                ["template"] = new JsonObject
                {
                    ["metadata"] = new JsonObject { ["labels"] = DiscoveryObject.PodLabels(environment, Name, DiscoveryObject.Api) },
                    ["spec"] = RestrictedPod.Spec(
                        Name,
                        // It takes up to 30 s to end the requests that are on.
                        graceSeconds: 45,
                        Scratch,
                        Container(environment),
                        new() { ["name"] = "data", ["persistentVolumeClaim"] = new JsonObject { ["claimName"] = Name } },
                        RecipeConfigMaps.VolumeOf(recipes),
                        SecretFiles.Volume(SecretPlan.ApiTokens, SecretPlan.DiscoveryOidcSecret)),
                },
            },
        },
        // One process opens the store, so that there is one pod, and no second one beside it for a moment.
        new() { ["kube-score/ignore"] = "deployment-replicas,deployment-strategy" });

    private static JsonObject Container(DeployEnvironment environment)
    {
        var api = environment.Config.Discovery.Api!;
        return RestrictedPod.WithProbes(
            RestrictedPod.Container(
                "api",
                environment.Config.Discovery.Images.Api!,
                Arguments(environment).Select(PodText.Literal),
                PodText.Telemetry(environment),
                api.Cpu,
                api.Memory,
                Scratch,
                new JsonObject { ["name"] = "data", ["mountPath"] = DataFolder },
                RestrictedPod.ReadOnlyMount(RecipeConfigMaps.Volume, RecipeConfigMaps.Folder),
                RestrictedPod.ReadOnlyMount(SecretFiles.VolumeName, SecretFolder)),
            PortName,
            Port);
    }

    // A value stands behind = so that none is taken for another option, or for a file of arguments.
    private static IEnumerable<string> Arguments(DeployEnvironment environment)
    {
        var api = environment.Config.Discovery.Api!;
        return
        [
            "api",
            $"--data={DataFolder}/control",
            $"--recipes={RecipeConfigMaps.Folder}",
            $"--urls=http://0.0.0.0:{Port}",
            $"--allow-host={api.Host}",
            $"--allow-host={new Uri(environment.ApiUrl).Host}",
            $"--tokens={SecretFolder}/{SecretPlan.ApiTokens.Key}",
            $"--oidc-issuer={api.Oidc.Issuer}",
            $"--oidc-client-id={api.Oidc.ClientId}",
            $"--oidc-client-secret-file={SecretFolder}/{SecretPlan.DiscoveryOidcSecret.Key}",
            $"--groups-claim={api.Oidc.GroupsClaim}",
            .. api.Operators.Select(group => $"--operators={group}"),
            .. api.Viewers.Select(group => $"--viewers={group}"),
        ];
    }

    private static Manifest Service(DeployEnvironment environment) => DiscoveryObject.Of(
        environment,
        File,
        "v1",
        "Service",
        Name,
        new()
        {
            ["spec"] = new JsonObject
            {
                ["type"] = "ClusterIP",
                ["selector"] = Labels.Selector(Name, environment),
                ["ports"] = new JsonArray(new JsonObject { ["name"] = PortName, ["port"] = ApiEdge.ServicePort, ["targetPort"] = PortName, ["protocol"] = "TCP" }),
            },
        },
        LoadBalancer.OfService(Name));
}
