using System.Text.Json.Nodes;
using Discovery.Deploy.Discovery;
using Discovery.Deploy.Input;
using Discovery.Deploy.Kubernetes;

namespace Discovery.Deploy.Tests.Discovery;

public sealed class DiscoveryManifestsTests
{
    [Fact]
    public void One_pod_at_a_time_has_the_store_which_nothing_removes()
    {
        var manifests = DiscoveryManifests.Of(SampleEnvironments.Prod).ToList();
        var api = manifests.One("Deployment", "discovery-api")["spec"]!;

        Assert.Equal(1, api["replicas"]!.GetValue<int>());
        Assert.Equal("Recreate", api["strategy"]!["type"]!.GetValue<string>());
        var claim = manifests.One("PersistentVolumeClaim", "discovery-api");
        Assert.Equal(["ReadWriteOncePod"], claim["spec"]!["accessModes"].Texts());
        Assert.Equal("Prune=false,Delete=false", claim["metadata"]!["annotations"]!["argocd.argoproj.io/sync-options"]!.GetValue<string>());
        Assert.DoesNotContain(manifests, manifest => manifest.Kind() == "PodDisruptionBudget" && manifest.Name() == "discovery-api");
    }

    [Fact]
    public void A_group_of_one_worker_has_no_budget_that_would_keep_its_node()
    {
        var environment = Schedulings.Change(SampleEnvironments.Prod, discovery => discovery with { Workers = [new() { Name = "one", Replicas = 1 }, new() { Name = "two" }] });

        var budget = Assert.Single(DiscoveryManifests.Of(environment), manifest => manifest.Kind() == "PodDisruptionBudget");

        Assert.Equal("discovery-worker-two", budget.Name());
    }

    [Fact]
    public void A_worker_has_the_variables_of_recipes_that_it_may_get_and_no_other()
    {
        var shop = SampleEnvironments.Shop;
        var payments = Schedulings.Scheduled("payments", "0 3 * * *", "executor_id: payments") with { Variables = ["PAYMENTS_PASSWORD"] };
        var environment = Schedulings.Change(SampleEnvironments.Prod with { Recipes = [shop, payments] }, discovery => discovery with
        {
            Workers = [new() { Name = "default" }, new() { Name = "payments", Labels = ["payments"] }],
            Variables = new Dictionary<string, VariableConfig>(discovery.Variables) { ["PAYMENTS_PASSWORD"] = new() { Secret = "payments-password" } },
        });
        var manifests = DiscoveryManifests.Of(environment).ToList();

        Assert.DoesNotContain("PAYMENTS_PASSWORD", Variables(manifests.Single(manifest => manifest.Kind() == "Deployment" && manifest.Name() == "discovery-worker-default")).Keys);
        Assert.Contains("PAYMENTS_PASSWORD", Variables(manifests.Single(manifest => manifest.Kind() == "Deployment" && manifest.Name() == "discovery-worker-payments")).Keys);
        Assert.Empty(Variables(manifests.Single(manifest => manifest.Kind() == "Deployment" && manifest.Name() == "discovery-api")).Keys.Except(["TMPDIR"]));
    }

    [Theory]
    [InlineData("a$(TMPDIR)b")]
    [InlineData("$$")]
    [InlineData("pa$word")]
    [InlineData("yes")]
    public void A_plain_value_arrives_as_it_was_written(string value)
    {
        var environment = Schedulings.Change(SampleEnvironments.Dev, discovery => discovery with
        {
            Variables = new Dictionary<string, VariableConfig>(discovery.Variables) { ["SHOP_MYSQL_PASSWORD"] = new() { Value = value } },
        });

        var variables = Variables(DiscoveryManifests.Of(environment).Single(manifest => manifest.Kind() == "CronJob"));

        Assert.Equal(value, KubeletText.Expand(variables["SHOP_MYSQL_PASSWORD"]!, name => $"<{name}>"));
        Assert.Equal("http://datahub-datahub-gms.datahub.svc.cluster.local:8080", variables["DATAHUB_GMS_URL"]);
    }

    [Fact]
    public void A_CronJob_fires_as_the_recipe_says_and_never_twice_at_a_time()
    {
        var environment = Schedulings.Change(
            SampleEnvironments.Dev with { Recipes = [Schedulings.Scheduled("weekend", "0 6 * * SAT-SUN", "time_zone: America/New_York"), Schedulings.Recipe("by-hand", "source: {type: mysql, config: {}}\nsink: {type: console}")] },
            discovery => discovery with { Jobs = new() { Suspended = true, DeadlineSeconds = 600 } });
        var manifests = DiscoveryManifests.Of(environment).ToList();

        var job = Assert.Single(manifests, manifest => manifest.Kind() == "CronJob").Body["spec"]!;

        Assert.Equal(("0 6 * * 0,6", "America/New_York", "Forbid", true, 600), (
            job["schedule"]!.GetValue<string>(),
            job["timeZone"]!.GetValue<string>(),
            job["concurrencyPolicy"]!.GetValue<string>(),
            job["suspend"]!.GetValue<bool>(),
            job["jobTemplate"]!["spec"]!["activeDeadlineSeconds"]!.GetValue<int>()));
    }

    [Fact]
    public void The_longest_name_of_a_recipe_is_short_enough_for_a_CronJob()
    {
        var name = new string('x', 40);
        var manifests = DiscoveryManifests.Of(SampleEnvironments.Dev with { Recipes = [Schedulings.Scheduled(name, "0 3 * * *")] }).ToList();

        Assert.InRange(manifests.Single(manifest => manifest.Kind() == "CronJob").Name().Length, 40, 52);
        Assert.All(manifests, manifest => Assert.InRange(manifest.Name().Length, 1, 253));
        Assert.All(manifests.SelectMany(manifest => manifest.Body["metadata"]!["labels"]?.AsObject() ?? []), label => Assert.InRange(label.Value!.GetValue<string>().Length, 1, 63));
    }

    [Fact]
    public void Telemetry_goes_from_servers_alone_and_may_reach_its_collector()
    {
        var environment = SampleEnvironments.Prod with { Config = SampleEnvironments.Prod.Config with { Telemetry = new() { Endpoint = "http://collector.observability.svc:4317", Namespace = "observability" } } };
        var manifests = DiscoveryManifests.Of(environment).ToList();

        Assert.All(manifests.Where(manifest => manifest.Kind() == "Deployment"), manifest => Assert.Equal("http://collector.observability.svc:4317", Variables(manifest)["OTEL_EXPORTER_OTLP_ENDPOINT"]));
        Assert.All(
            manifests.Where(manifest => manifest.Kind() == "NetworkPolicy" && manifest.Name() != "default-deny"),
            policy => Assert.Equal(4317, policy.Body["spec"]!["egress"]!.AsArray()[^1]!["ports"]![0]!["port"]!.GetValue<int>()));
    }

    [Fact]
    public void Airflow_finds_recipes_accounts_and_flows_but_no_workload()
    {
        Assert.Equal(
            ["ConfigMap", "NetworkPolicy", "ServiceAccount"],
            DiscoveryManifests.Of(Schedulings.Airflow).Select(manifest => manifest.Kind()).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Nothing_may_do_anything_in_the_cluster()
    {
        foreach (var manifests in (IEnumerable<Manifest>[])[DiscoveryManifests.Of(SampleEnvironments.Dev), DiscoveryManifests.Of(SampleEnvironments.Prod)])
        {
            Assert.DoesNotContain(manifests, manifest => manifest.Kind().Contains("Role", StringComparison.Ordinal));
            Assert.All(manifests.Where(manifest => manifest.Kind() == "ServiceAccount"), account => Assert.False(account.Body["automountServiceAccountToken"]!.GetValue<bool>()));
            Assert.All(manifests.Select(manifest => manifest.Template()).OfType<JsonObject>(), template => Assert.False(template["spec"]!["automountServiceAccountToken"]!.GetValue<bool>()));
        }
    }

    private static Dictionary<string, string?> Variables(Manifest workload) => workload.Template()!["spec"]!["containers"]![0]!["env"]!.AsArray()
        .ToDictionary(variable => variable!["name"]!.GetValue<string>(), variable => variable!["value"]?.GetValue<string>());
}
