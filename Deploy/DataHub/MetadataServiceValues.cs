using System.Text.Json.Nodes;
using Discovery.Deploy.Input;
using static Discovery.Deploy.DataHub.ContainerVariable;

namespace Discovery.Deploy.DataHub;

/// <summary>The metadata service, and its consumers where they run by themselves.</summary>
internal static class MetadataServiceValues
{
    /// <summary>The block <c>datahub-gms</c>.</summary>
    public static JsonObject Gms(DeployEnvironment environment)
    {
        var values = Consumer(Workload.Gms(environment)).WithCloudSqlProxy(environment);
        // The chart's default is a load balancer with a public address.
        values["service"] = new JsonObject { ["type"] = "ClusterIP" };
        return values;
    }

    /// <summary>The block <c>datahub-mae-consumer</c>: it writes to the search engine alone.</summary>
    public static JsonObject MaeConsumer(DeployEnvironment environment) => Consumer(Workload.MaeConsumer(environment));

    /// <summary>The block <c>datahub-mce-consumer</c>.</summary>
    public static JsonObject MceConsumer(DeployEnvironment environment) => Consumer(Workload.MceConsumer(environment)).WithCloudSqlProxy(environment);

    private static JsonObject Consumer(Workload workload)
    {
        var values = workload.Values();
        values["extraEnvs"] = new JsonArray { Heap("JAVA_OPTS"), OpenSearch(), NoTelemetry() };
        return values;
    }
}
