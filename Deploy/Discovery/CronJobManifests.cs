using System.Text.Json.Nodes;
using Discovery.Deploy.Input;
using Discovery.Deploy.Kubernetes;
using Discovery.Ingestion.Recipes;

namespace Discovery.Deploy.Discovery;

/// <summary>A CronJob for each recipe with a schedule.</summary>
internal static class CronJobManifests
{
    // A run that could not begin for so long, as while the cluster was upgraded, waits for its next time.
    private const int StartingSeconds = 3600;

    private const int KeptSeconds = 7 * 24 * 3600;

    /// <summary>All of them.</summary>
    public static IEnumerable<Manifest> Of(DeployEnvironment environment) => environment.Scheduled.Select(run => Of(environment, run.Recipe, run.Schedule));

    private static Manifest Of(DeployEnvironment environment, DeployRecipe recipe, CronSchedule schedule)
    {
        var jobs = environment.Config.Discovery.Jobs;
        return DiscoveryObject.Of(environment, "cron-jobs.yaml", "batch/v1", "CronJob", JobPod.NameOf(recipe), new()
        {
            ["spec"] = new JsonObject
            {
                ["schedule"] = schedule.Portable,
                ["timeZone"] = schedule.TimeZone,
                ["suspend"] = jobs.Suspended,
                ["concurrencyPolicy"] = "Forbid",
                ["startingDeadlineSeconds"] = StartingSeconds,
                ["successfulJobsHistoryLimit"] = 3,
                ["failedJobsHistoryLimit"] = 3,
                ["jobTemplate"] = new JsonObject
                {
                    ["metadata"] = new JsonObject { ["labels"] = Labels.Of(JobPod.NameOf(recipe), environment) },
                    ["spec"] = new JsonObject
                    {
                        ["backoffLimit"] = 1,
                        // A node that goes away is no failure of the run.
                        ["podFailurePolicy"] = new JsonObject
                        {
                            ["rules"] = new JsonArray(new JsonObject
                            {
                                ["action"] = "Ignore",
                                // The status is the server's default, which Argo CD would see as a difference in a list.
                                ["onPodConditions"] = new JsonArray(new JsonObject { ["type"] = "DisruptionTarget", ["status"] = "True" }),
                            }),
                        },
                        ["activeDeadlineSeconds"] = jobs.DeadlineSeconds,
                        ["ttlSecondsAfterFinished"] = KeptSeconds,
                        ["template"] = JobPod.Template(environment, recipe),
                    },
                },
            },
        });
    }
}
