using System.Text.Json.Nodes;
using Discovery.Deploy.Input;
using Discovery.Deploy.Kubernetes;

namespace Discovery.Deploy.DataHub;

/// <summary>Service accounts of DataHub's namespace.</summary>
internal static class ServiceAccounts
{
    /// <summary>Account of all workloads of the chart datahub.</summary>
    public const string Application = "datahub-app-sa";

    /// <summary>Account of the chart's jobs.</summary>
    public const string Jobs = "datahub-jobs-sa";

    /// <summary>Account of bundled Kafka.</summary>
    public const string Kafka = "kafka";

    /// <summary>Account of bundled OpenSearch.</summary>
    public const string OpenSearch = "opensearch";

    /// <summary>The accounts of an environment.</summary>
    public static IEnumerable<JsonObject> Of(DeployEnvironment environment)
    {
        var ns = environment.Config.DataHub.Namespace;
        var needsGoogle = environment.Config.DataHub.Database.Connection == DatabaseConnection.AuthProxy;
        yield return ServiceAccount.Of(ns, Application, needsGoogle ? environment.GoogleServiceAccount("datahub") : null);
        yield return ServiceAccount.Of(ns, Jobs, needsGoogle ? environment.GoogleServiceAccount("datahub-jobs") : null);
        if (environment.Config.DataHub.Kafka.Bundled)
        {
            yield return ServiceAccount.Of(ns, Kafka);
        }
        if (environment.Config.DataHub.Search.Bundled)
        {
            yield return ServiceAccount.Of(ns, OpenSearch);
        }
    }
}
