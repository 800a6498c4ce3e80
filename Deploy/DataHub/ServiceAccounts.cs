using System.Text.Json.Nodes;
using Discovery.Deploy.Input;
using Discovery.Deploy.Kubernetes;

namespace Discovery.Deploy.DataHub;

/// <summary>Service accounts of DataHub's namespace. No pod there asks the Kubernetes API for anything, so none gets a token for it.</summary>
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
        yield return Account(ns, Application, needsGoogle ? environment.GoogleServiceAccount("datahub") : null);
        yield return Account(ns, Jobs, needsGoogle ? environment.GoogleServiceAccount("datahub-jobs") : null);
        if (environment.Config.DataHub.Kafka.Bundled)
        {
            yield return Account(ns, Kafka, google: null);
        }
        if (environment.Config.DataHub.Search.Bundled)
        {
            yield return Account(ns, OpenSearch, google: null);
        }
    }

    private static JsonObject Account(string ns, string name, string? google)
    {
        var annotations = google is null ? null : new JsonObject { ["iam.gke.io/gcp-service-account"] = google };
        var account = Manifest.Head("v1", "ServiceAccount", ns, name, annotations: annotations);
        account["automountServiceAccountToken"] = false;
        return account;
    }
}
