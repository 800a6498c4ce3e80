using System.Text.Json.Nodes;
using Discovery.Deploy.Input;
using Discovery.Deploy.Kubernetes;
using Discovery.Deploy.Policy;
using Discovery.Deploy.Secrets;
using static Discovery.Deploy.DataHub.DataHubValues;

namespace Discovery.Deploy.DataHub;

/// <summary>The block <c>global</c>: what all workloads of the chart share.</summary>
internal static class GlobalValues
{
    /// <summary>The block of an environment.</summary>
    public static JsonObject Of(DeployEnvironment environment) => new()
    {
        // Pods of the jobs carry no other label.
        ["podLabels"] = Labels.DataHub(),
        ["datahub_standalone_consumers_enabled"] = Workload.HasConsumers(environment),
        ["elasticsearch"] = Search(environment.Config.DataHub.Search),
        ["kafka"] = Kafka(environment.Config.DataHub.Kafka),
        ["sql"] = new JsonObject { ["datasource"] = Sql(environment) },
        ["datahub"] = DataHub(),
    };

    private static JsonObject Search(SearchConfig search)
    {
        var values = new JsonObject
        {
            ["host"] = search.Bundled ? OpenSearchValues.Host : search.Host,
            ["port"] = search.Bundled ? OpenSearchValues.Port : Text(search.Port),
            ["useSSL"] = search is { Bundled: false, Tls: true } ? "true" : "false",
            // Detection asks for rights on the cluster that a managed OpenSearch does not give.
            ["engineType"] = "OPENSEARCH_2",
            ["autoDetect"] = "false",
        };
        if (search is { Bundled: false, UserName: { } user })
        {
            values["auth"] = new JsonObject { ["username"] = user, ["password"] = SecretReference(SecretPlan.SearchPassword) };
        }
        return values;
    }

    private static JsonObject Kafka(KafkaConfig kafka) => new()
    {
        ["bootstrap"] = new JsonObject { ["server"] = kafka.Bundled ? KafkaValues.BootstrapServer : kafka.BootstrapServers },
        // As many as consumers of metadata changes can share; messages of one entity stay in one partition, in order.
        ["partitions"] = 3,
        ["replicationFactor"] = kafka.Bundled ? 1 : kafka.ReplicationFactor,
    };

    private static JsonObject Sql(DeployEnvironment environment)
    {
        var address = SqlAddress.Of(environment);
        return new()
        {
            ["host"] = $"{address.Host}:3306",
            ["url"] = address.JdbcUrl,
            ["username"] = SecretReference(SecretPlan.MySqlUserName),
            ["password"] = SecretReference(SecretPlan.MySqlPassword),
        };
    }

    private static JsonObject DataHub() => new()
    {
        ["version"] = UpgradePath.Rendered,
        ["appVersion"] = UpgradePath.Rendered[1..],
        ["managed_ingestion"] = new JsonObject { ["defaultCliVersion"] = "1.7.0.9" },
        ["appServiceAccount"] = new JsonObject { ["create"] = false, ["name"] = ServiceAccounts.Application },
        ["metadata_service_authentication"] = new JsonObject
        {
            ["enabled"] = true,
            ["systemClientSecret"] = SecretReference(SecretPlan.SystemClientSecret),
            ["tokenService"] = new JsonObject
            {
                ["signingKey"] = SecretReference(SecretPlan.TokenSigningKey),
                ["salt"] = SecretReference(SecretPlan.TokenSalt),
            },
            // The chart would make new keys at each render, which ends all tokens.
            ["provisionSecrets"] = new JsonObject { ["enabled"] = false },
        },
        ["encryptionKey"] = new JsonObject
        {
            ["secretRef"] = SecretPlan.EncryptionKey.Secret,
            ["secretKey"] = SecretPlan.EncryptionKey.Key,
            ["provisionSecret"] = new JsonObject { ["enabled"] = false },
        },
        // One metrics port; the probes of the consumers use it too.
        ["monitoring"] = new JsonObject { ["metricsMode"] = "actuator_only" },
    };

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
