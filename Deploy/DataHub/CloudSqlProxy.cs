using System.Text.Json.Nodes;
using Discovery.Deploy.Input;
using Discovery.Deploy.Kubernetes;

namespace Discovery.Deploy.DataHub;

/// <summary>The Cloud SQL Auth Proxy beside each container that opens SQL connections.</summary>
internal static class CloudSqlProxy
{
    /// <summary>Port that its probes ask; its usual 9090 is that of the consumer of metadata proposals in the same pod.</summary>
    private const int HealthPort = 9801;

    /// <summary>
    /// Adds it to the values of a workload or of the jobs, where the environment has it. It is an init container that goes on (native sidecar, Kubernetes 1.29): it is there
    /// before the first connection, and a job ends when its own container does.
    /// </summary>
    public static JsonObject WithCloudSqlProxy(this JsonObject values, DeployEnvironment environment)
    {
        if (environment.Config.DataHub.Database.Connection == DatabaseConnection.AuthProxy)
        {
            values["extraInitContainers"] = new JsonArray { Container(environment) };
        }
        return values;
    }

    private static JsonObject Container(DeployEnvironment environment) => new()
    {
        ["name"] = "cloud-sql-proxy",
        ["image"] = "gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.25.4",
        ["restartPolicy"] = "Always",
        ["args"] = new JsonArray
        {
            "--structured-logs",
            "--private-ip",
            "--port=3306",
            "--health-check",
            // The node's kubelet asks from outside the pod.
            "--http-address=0.0.0.0",
            $"--http-port={HealthPort}",
            $"{environment.Config.Google.Project}:{environment.Config.Google.Region}:{environment.Config.DataHub.Database.Instance}",
        },
        ["ports"] = new JsonArray { new JsonObject { ["name"] = "proxy-health", ["containerPort"] = HealthPort } },
        ["startupProbe"] = Probe("/startup", periodSeconds: 1, failureThreshold: 60),
        ["livenessProbe"] = Probe("/liveness", periodSeconds: 10, failureThreshold: 6),
        ["resources"] = Workload.Resources("50m", "128Mi"),
        ["securityContext"] = SecurityContext.ReadOnlyContainer(65532),
    };

    private static JsonObject Probe(string path, int periodSeconds, int failureThreshold) => new()
    {
        ["httpGet"] = new JsonObject { ["path"] = path, ["port"] = HealthPort },
        ["periodSeconds"] = periodSeconds,
        ["failureThreshold"] = failureThreshold,
        ["timeoutSeconds"] = 5,
    };
}
