using Discovery.Deploy.Input;
using Discovery.Ingestion.Recipes;

namespace Discovery.Deploy.Tests;

/// <summary>Environments made in code, for tests of one part.</summary>
internal static class SampleEnvironments
{
    private const string RecipeText = """
        source:
          type: mysql
          config:
            host_port: shop-db.example.internal:3306
            username: datahub
            password: ${SHOP_MYSQL_PASSWORD}
        sink:
          type: datahub-rest
          config:
            server: ${DATAHUB_GMS_URL}
            token: ${DATAHUB_GMS_TOKEN}
        deployment:
          schedule: "15 2 * * *"
          time_zone: Europe/Berlin
        """;

    /// <summary>A small one: Kafka and OpenSearch of its own, CronJobs, the Auth Proxy.</summary>
    public static DeployEnvironment Dev => new(
        "dev",
        Config("dev", "datahub-dev.example.com", new() { Bundled = true, ReplicationFactor = 1 }, new() { Bundled = true, Tls = false }, new()),
        [Shop]);

    /// <summary>A large one: Kafka and OpenSearch elsewhere, several replicas, control plane and workers.</summary>
    public static DeployEnvironment Prod => new(
        "prod",
        Config(
            "prod",
            "datahub.example.com",
            new() { BootstrapServers = "kafka-0.example.internal:9092,kafka-1.example.internal:9092", Cidr = "10.30.0.0/24" },
            new() { Host = "search.example.internal", UserName = "datahub", Cidr = "10.31.0.0/24" },
            new() { Replicas = 2 }),
        [Shop]);

    /// <summary>The same recipe in each.</summary>
    public static DeployRecipe Shop
    {
        get
        {
            using var loaded = new RecipeLoader { VariablesElsewhere = true }.Load("shop.yml", System.Text.Encoding.UTF8.GetBytes(RecipeText), RecipeFormat.Yaml);
            return new("shop", "shop.yml", RecipeText, loaded.Recipe!, ["DATAHUB_GMS_TOKEN", "DATAHUB_GMS_URL", "SHOP_MYSQL_PASSWORD"]);
        }
    }

    private static EnvironmentConfig Config(string name, string host, KafkaConfig kafka, SearchConfig search, WorkloadConfig gms) => new()
    {
        Google = new() { Project = $"example-{name}", Region = "europe-west1", Cluster = $"data-{name}" },
        GitOps = new() { Repository = "https://git.example.com/data/platform.git" },
        DataHub = new()
        {
            Host = host,
            Oidc = new() { Issuer = "https://login.example.com/realms/data", ClientId = "datahub" },
            Database = new() { Instance = $"datahub-{name}", Cidr = "10.20.0.0/24" },
            Kafka = kafka,
            Search = search,
            Gms = gms,
            Frontend = new() { Replicas = gms.Replicas },
        },
        Discovery = new()
        {
            Scheduling = name == "prod" ? Scheduling.ControlPlane : Scheduling.CronJob,
            Images = new()
            {
                Worker = "europe-west1-docker.pkg.dev/example/data/discovery-worker:0.1.0",
                Api = "europe-west1-docker.pkg.dev/example/data/discovery-api:0.1.0",
            },
            Recipes = "recipes",
            Variables = new Dictionary<string, VariableConfig>
            {
                ["SHOP_MYSQL_PASSWORD"] = new() { Secret = "shop-mysql-password" },
                ["DATAHUB_GMS_TOKEN"] = new() { Secret = "datahub-gms-token" },
            },
            Sources = [new() { Cidr = "10.40.0.0/16" }],
            Api = new()
            {
                Host = name == "prod" ? "discovery.example.com" : $"discovery-{name}.example.com",
                Oidc = new() { Issuer = "https://login.example.com/realms/data", ClientId = "discovery" },
                Operators = ["data-platform"],
                Viewers = ["everyone"],
            },
        },
    };
}
