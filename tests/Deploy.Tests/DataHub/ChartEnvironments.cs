using Discovery.Deploy.Input;

namespace Discovery.Deploy.Tests.DataHub;

/// <summary>Environments that together take each branch of the charts' values.</summary>
internal static class ChartEnvironments
{
    /// <summary>Kafka and OpenSearch of its own, one metadata service, the proxy.</summary>
    public static DeployEnvironment Dev => SampleEnvironments.Dev;

    /// <summary>Kafka and OpenSearch elsewhere with an account, two metadata services with their consumers, the proxy.</summary>
    public static DeployEnvironment Prod => SampleEnvironments.Prod;

    /// <summary>As prod, three consumers of changes, no account at the search engine, and the database without the proxy.</summary>
    public static DeployEnvironment PrivateIp => With(Prod, data => data with
    {
        Database = data.Database with { Connection = DatabaseConnection.PrivateIp, Address = "10.20.0.3" },
        Search = data.Search with { UserName = null, Tls = false, Port = 9201 },
        MaeConsumer = new() { Replicas = 3 },
        Oidc = data.Oidc with { Cidr = "10.8.0.0/24", Issuer = "https://login.example.com:8443/realms/data" },
    });

    /// <summary>Kafka of its own, OpenSearch elsewhere.</summary>
    public static DeployEnvironment KafkaOnly => With(Dev, data => data with { Search = Prod.Config.DataHub.Search });

    /// <summary>OpenSearch of its own, Kafka elsewhere.</summary>
    public static DeployEnvironment SearchOnly => With(Dev, data => data with { Kafka = Prod.Config.DataHub.Kafka });

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<(string Name, DeployEnvironment Environment)> All =>
        [("dev", Dev), ("prod", Prod), ("private-ip", PrivateIp), ("kafka-only", KafkaOnly), ("search-only", SearchOnly)];

    /// <summary>Their names.</summary>
    public static TheoryData<string> Names => [.. All.Select(each => each.Name)];

    /// <summary>One of them.</summary>
    public static DeployEnvironment Named(string name) => All.Single(each => each.Name == name).Environment;

    private static DeployEnvironment With(DeployEnvironment environment, Func<DataHubConfig, DataHubConfig> change) =>
        environment with { Config = environment.Config with { DataHub = change(environment.Config.DataHub) } };
}
