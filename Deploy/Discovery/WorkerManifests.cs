using System.Globalization;
using System.Text.Json.Nodes;
using Discovery.Deploy.Input;
using Discovery.Deploy.Kubernetes;
using Discovery.Deploy.Secrets;

namespace Discovery.Deploy.Discovery;

/// <summary>A Deployment for each group of workers. Their number is fixed: each has one run at a time, and the control plane queues the others.</summary>
internal static class WorkerManifests
{
    private const string File = "workers.yaml";
    private const string SecretFolder = "/run/secrets/discovery";
    private const string NameVariable = "DISCOVERY_WORKER_NAME";
    private const int HealthPort = 8091;

    // A run that goes on when its worker is told to end may take so long; most end within it, and the others begin anew elsewhere.
    private const int GraceSeconds = 300;

    // After the grace time a worker hands its run back and ends, which takes 4 s at most.
    private const int TerminationSeconds = GraceSeconds + 30;

    /// <summary>All groups, with their disruption budgets.</summary>
    public static IEnumerable<Manifest> Of(DeployEnvironment environment) => environment.Config.Discovery.Workers.SelectMany(worker => Of(environment, worker));

    private static IEnumerable<Manifest> Of(DeployEnvironment environment, WorkerConfig worker)
    {
        var name = $"{DiscoveryObject.Worker}-{worker.Name}";
        yield return Deployment(environment, worker, name);
        if (worker.Replicas > 1)
        {
            yield return DiscoveryObject.Of(environment, File, "policy/v1", "PodDisruptionBudget", name, new()
            {
                ["spec"] = new JsonObject
                {
                    ["maxUnavailable"] = 1,
                    // Workers that cannot reach the control plane are not ready; they must not keep a node from being drained.
                    ["unhealthyPodEvictionPolicy"] = "AlwaysAllow",
                    ["selector"] = new JsonObject { ["matchLabels"] = Labels.Selector(name, environment) },
                },
            });
        }
    }

    private static Manifest Deployment(DeployEnvironment environment, WorkerConfig worker, string name) => DiscoveryObject.Of(environment, File, "apps/v1", "Deployment", name, new()
    {
        ["spec"] = new JsonObject
        {
            ["replicas"] = worker.Replicas,
            ["revisionHistoryLimit"] = 5,
            ["strategy"] = new JsonObject { ["type"] = "RollingUpdate", ["rollingUpdate"] = new JsonObject { ["maxSurge"] = 1, ["maxUnavailable"] = 0 } },
            ["selector"] = new JsonObject { ["matchLabels"] = Labels.Selector(name, environment) },
            ["template"] = new JsonObject
            {
                ["metadata"] = new JsonObject { ["labels"] = DiscoveryObject.PodLabels(environment, name, DiscoveryObject.Worker) },
                ["spec"] = Spreading(environment, name, RestrictedPod.Spec(
                    DiscoveryObject.Worker,
                    TerminationSeconds,
                    worker.Scratch,
                    Container(environment, worker),
                    SecretFiles.Volume(SecretPlan.WorkerToken))),
            },
        },
    });

    private static JsonObject Container(DeployEnvironment environment, WorkerConfig worker) => RestrictedPod.WithProbes(
        RestrictedPod.Container(
            "worker",
            environment.Config.Discovery.Images.Worker,
            Arguments(environment, worker),
            [
                new() { ["name"] = NameVariable, ["valueFrom"] = new JsonObject { ["fieldRef"] = new JsonObject { ["apiVersion"] = "v1", ["fieldPath"] = "metadata.name" } } },
                .. PodText.Telemetry(environment),
                .. PodText.Variables(environment, RecipesOf(environment, worker).SelectMany(recipe => recipe.Variables).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)),
            ],
            worker.Cpu,
            worker.Memory,
            worker.Scratch,
            RestrictedPod.ReadOnlyMount(SecretFiles.VolumeName, SecretFolder)),
        "health",
        HealthPort);

    private static IEnumerable<string> Arguments(DeployEnvironment environment, WorkerConfig worker) =>
    [
        "worker",
        PodText.Literal($"--api={environment.ApiUrl}"),
        $"--token-file={SecretFolder}/{SecretPlan.WorkerToken.Key}",
        // Kubernetes puts the value in.
        $"--name=$({NameVariable})",
        .. worker.Labels.Select(label => PodText.Literal($"--label={label}")),
        // What the image has there, such as certificates of an authority; it is read only, since a pod keeps nothing.
        $"--file-root={DeployEnvironment.RecipeFiles}",
        string.Create(CultureInfo.InvariantCulture, $"--grace={GraceSeconds}s"),
        string.Create(CultureInfo.InvariantCulture, $"--health-urls=http://0.0.0.0:{HealthPort}"),
    ];

    // A worker gets the runs of recipes for one of its labels and of those for any worker, and no password of others.
    private static IEnumerable<DeployRecipe> RecipesOf(DeployEnvironment environment, WorkerConfig worker) => environment.Recipes.Where(recipe =>
        recipe.Recipe.Deployment?.Label is not { } label || label == "default" || worker.Labels.Contains(label, StringComparer.Ordinal));

    // Over zones and hosts, but rather on one host than not at all.
    private static JsonObject Spreading(DeployEnvironment environment, string name, JsonObject pod)
    {
        pod["affinity"] = Spread.Apart(Labels.Selector(name, environment), (100, "kubernetes.io/hostname"));
        pod["topologySpreadConstraints"] = new JsonArray(new JsonObject
        {
            ["maxSkew"] = 1,
            ["topologyKey"] = "topology.kubernetes.io/zone",
            ["whenUnsatisfiable"] = "ScheduleAnyway",
            ["labelSelector"] = new JsonObject { ["matchLabels"] = Labels.Selector(name, environment) },
        });
        return pod;
    }
}
