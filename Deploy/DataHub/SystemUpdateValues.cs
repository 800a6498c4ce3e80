using System.Text.Json.Nodes;
using Discovery.Deploy.Input;
using Discovery.Deploy.Kubernetes;
using Discovery.Deploy.Secrets;
using static Discovery.Deploy.DataHub.ContainerVariable;

namespace Discovery.Deploy.DataHub;

/// <summary>The jobs before and after each installation, which make tables, topics and indices and migrate them.</summary>
internal static class SystemUpdateValues
{
    /// <summary>The block <c>datahubSystemUpdate</c>.</summary>
    public static JsonObject Of(DeployEnvironment environment) => new JsonObject
    {
        // The first job runs before any object of the release is there, so the account is ours. Its role would let it change deployments, which no step
        // of an update without downtime does.
        ["serviceAccount"] = new JsonObject { ["create"] = false, ["name"] = ServiceAccounts.Jobs, ["rbac"] = false },
        ["sql"] = new JsonObject
        {
            ["username"] = SecretPlan.MySqlAdministrator,
            ["password"] = DataHubValues.SecretReference(SecretPlan.MySqlRootPassword),
        },
        ["resources"] = Workload.Resources("300m", "2Gi"),
        ["podSecurityContext"] = SecurityContext.Pod(1000),
        ["securityContext"] = SecurityContext.Container(1000),
        ["extraEnvs"] = new JsonArray { Heap("JAVA_OPTS"), OpenSearch(), NoTelemetry() },
        // DataHub's own housekeeping recipes, which the actions framework executes.
        ["bootstrapMCPs"] = new JsonObject
        {
            ["datahubGC"] = new JsonObject
            {
                ["values"] = new JsonObject
                {
                    ["ingestion"] = Bundled(),
                    // Without it the chart draws a time at each render.
                    ["schedule"] = new JsonObject { ["interval"] = "0 1 * * *" },
                },
            },
            ["datahubDocuments"] = new JsonObject { ["values"] = new JsonObject { ["ingestion"] = Bundled() } },
        },
    }.WithCloudSqlProxy(environment);

    // The environment that is in the image of the actions framework; any number would be fetched from PyPI at each run.
    private static JsonObject Bundled() => new() { ["version"] = "bundled" };
}
