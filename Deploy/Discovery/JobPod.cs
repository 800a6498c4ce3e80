using System.Text.Json.Nodes;
using Discovery.Deploy.Input;

namespace Discovery.Deploy.Discovery;

/// <summary>The pod that runs one recipe and ends, for CronJobs and for Airflow.</summary>
internal static class JobPod
{
    /// <summary>Name of its container.</summary>
    public const string ContainerName = "ingest";

    // An interrupt ends a run in order; a run that is cut off is begun anew.
    private const int TerminationSeconds = 30;

    /// <summary>Name of a recipe's CronJob or task.</summary>
    public static string NameOf(DeployRecipe recipe) => $"ingest-{recipe.Name}";

    /// <summary>Metadata and spec of the pod.</summary>
    public static JsonObject Template(DeployEnvironment environment, DeployRecipe recipe)
    {
        var jobs = environment.Config.Discovery.Jobs;
        var pod = RestrictedPod.Spec(
            DiscoveryObject.Worker,
            TerminationSeconds,
            jobs.Scratch,
            RestrictedPod.Container(
                ContainerName,
                environment.Config.Discovery.Images.Worker,
                ["ingest", PodText.Literal($"--config={RecipeConfigMaps.Folder}/{recipe.FileName}")],
                PodText.Variables(environment, recipe.Variables),
                jobs.Cpu,
                jobs.Memory,
                jobs.Scratch,
                RestrictedPod.ReadOnlyMount(RecipeConfigMaps.Volume, RecipeConfigMaps.Folder)),
            RecipeConfigMaps.VolumeOf([RecipeConfigMaps.Of(environment, recipe)]));
        pod["restartPolicy"] = "Never";
        return new()
        {
            ["metadata"] = new JsonObject { ["labels"] = DiscoveryObject.PodLabels(environment, NameOf(recipe), DiscoveryObject.Worker) },
            ["spec"] = pod,
        };
    }
}
