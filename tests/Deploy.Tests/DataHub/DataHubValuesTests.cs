using System.Text.Json.Nodes;
using Discovery.Deploy.DataHub;
using Discovery.Deploy.Input;
using Discovery.Deploy.Secrets;

namespace Discovery.Deploy.Tests.DataHub;

public sealed class DataHubValuesTests
{
    [Fact]
    public void Consumers_run_by_themselves_where_there_are_several_metadata_services()
    {
        var one = DataHubValues.Of(ChartEnvironments.Dev);
        var two = DataHubValues.Of(ChartEnvironments.Prod);

        Assert.False((bool)one["global"]!["datahub_standalone_consumers_enabled"]!);
        Assert.False(one.ContainsKey("datahub-mae-consumer"));
        Assert.True((bool)two["global"]!["datahub_standalone_consumers_enabled"]!);
        Assert.True(two.ContainsKey("datahub-mae-consumer"));
        Assert.Null(two["datahub-mce-consumer"]!["replicaCount"]);
    }

    [Fact]
    public void Topics_of_a_single_broker_have_one_copy()
    {
        Assert.Equal(1, (int)Kafka(ChartEnvironments.Dev)["replicationFactor"]!);
        Assert.Equal(3, (int)Kafka(ChartEnvironments.Prod)["replicationFactor"]!);

        static JsonNode Kafka(DeployEnvironment environment) => DataHubValues.Of(environment)["global"]!["kafka"]!;
    }

    [Fact]
    public void The_size_of_a_workload_is_that_of_the_settings_and_else_its_own()
    {
        var environment = ChartEnvironments.Dev with
        {
            Config = ChartEnvironments.Dev.Config with
            {
                DataHub = ChartEnvironments.Dev.Config.DataHub with { Gms = new() { Memory = "6Gi" } },
            },
        };

        Assert.Equal("""{"requests":{"cpu":"1","memory":"6Gi"},"limits":{"memory":"6Gi"}}""", DataHubValues.Of(environment)["datahub-gms"]!["resources"]!.ToJsonString());
    }

    [Fact]
    public void Nobody_logs_in_by_a_password()
    {
        var variables = DataHubValues.Of(ChartEnvironments.Prod)["datahub-frontend"]!["extraEnvs"]!.AsArray().ToDictionary(each => each!["name"]!.ToString(), each => each!["value"]!.ToString());

        Assert.Equal("false", variables["AUTH_JAAS_ENABLED"]);
        Assert.Equal("false", variables["AUTH_NATIVE_ENABLED"]);
        Assert.Equal("true", variables["AUTH_OIDC_JIT_PROVISIONING_ENABLED"]);
        Assert.Equal("true", variables["AUTH_OIDC_EXTRACT_GROUPS_ENABLED"]);
    }

    [Fact]
    public void What_is_not_bundled_is_off()
    {
        Assert.Equal("""{"enabled":false}""", PrerequisitesValues.Of(ChartEnvironments.KafkaOnly)["opensearch"]!.ToJsonString());
        Assert.Equal("""{"enabled":false}""", PrerequisitesValues.Of(ChartEnvironments.SearchOnly)["kafka"]!.ToJsonString());
        Assert.Equal("""{"enabled":false}""", PrerequisitesValues.Of(ChartEnvironments.Dev)["mysql"]!.ToJsonString());
    }

    [Fact]
    public void Secrets_of_Kafka_fit_where_the_chart_puts_them()
    {
        var keys = SecretPlan.Of(ChartEnvironments.Dev).SelectMany(secret => secret.Keys).ToDictionary(key => key.Key, key => key.Generator);

        // Between the slashes of a sed expression.
        Assert.Equal("openssl rand -hex 32", keys["controller-password"]);
        // On a command line, where what begins with - is an option.
        Assert.Equal("openssl rand -base64 16 | tr '+/' 'AB' | tr -d '='", keys["kraft-cluster-id"]);
    }
}
