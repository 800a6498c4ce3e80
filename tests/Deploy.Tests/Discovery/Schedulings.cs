using System.Text.Json.Nodes;
using Discovery.Deploy.ArgoCd;
using Discovery.Deploy.DataHub;
using Discovery.Deploy.Discovery;
using Discovery.Deploy.Input;
using Discovery.Deploy.Kubernetes;
using Discovery.Deploy.Secrets;
using Discovery.Ingestion.Recipes;

namespace Discovery.Deploy.Tests.Discovery;

/// <summary>The sample environments with each way to start runs, and what is rendered for them.</summary>
internal static class Schedulings
{
    public static DeployEnvironment Airflow => Change(SampleEnvironments.Prod, discovery => discovery with { Scheduling = Scheduling.Airflow });

    /// <summary>dev has CronJobs, prod a control plane.</summary>
    public static DeployEnvironment Named(string name) => name switch
    {
        "dev" => SampleEnvironments.Dev,
        "prod" => SampleEnvironments.Prod,
        "airflow" => Airflow,
        _ => throw new ArgumentException(name, nameof(name)),
    };

    public static DeployEnvironment Change(DeployEnvironment environment, Func<DiscoveryConfig, DiscoveryConfig> change) =>
        environment with { Config = environment.Config with { Discovery = change(environment.Config.Discovery) } };

    public static List<Manifest> All(DeployEnvironment environment)
    {
        List<Manifest> manifests = [.. SecretManifests.Of(environment), .. DataHubManifests.Of(environment), .. DiscoveryManifests.Of(environment)];
        manifests.AddRange(ArgoCdManifests.Of(environment, [.. manifests]));
        return manifests;
    }

    public static JsonObject One(this IEnumerable<Manifest> manifests, string kind, string name) =>
        manifests.Single(manifest => manifest.Kind() == kind && manifest.Name() == name).Body;

    public static string Kind(this Manifest manifest) => manifest.Body["kind"]!.GetValue<string>();

    public static string Name(this Manifest manifest) => manifest.Body["metadata"]!["name"]!.GetValue<string>();

    /// <summary>The template of the pods that a workload makes; null for what makes none.</summary>
    public static JsonObject? Template(this Manifest manifest) => manifest.Kind() switch
    {
        "Deployment" => manifest.Body["spec"]!["template"]!.AsObject(),
        "CronJob" => manifest.Body["spec"]!["jobTemplate"]!["spec"]!["template"]!.AsObject(),
        _ => null,
    };

    public static string[] Texts(this JsonNode? list) => [.. list!.AsArray().Select(item => item!.GetValue<string>())];

    public static DeployRecipe Recipe(string name, string text)
    {
        using var loaded = new RecipeLoader { VariablesElsewhere = true }.Load($"{name}.yml", System.Text.Encoding.UTF8.GetBytes(text), RecipeFormat.Yaml);
        Assert.True(loaded.Recipe is not null, string.Join('\n', loaded.Problems));
        return new(name, $"{name}.yml", text, loaded.Recipe, []);
    }

    public static DeployRecipe Scheduled(string name, string schedule, string deployment = "") => Recipe(name, $$"""
        source: {type: mysql, config: {host_port: "db:3306" } }
        sink: {type: datahub-rest, config: {server: "http://gms:8080" } }
        deployment:
          schedule: "{{schedule}}"
          {{deployment}}
        """);
}
