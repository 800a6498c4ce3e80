using Discovery.Deploy.ArgoCd;
using Discovery.Deploy.DataHub;
using Discovery.Deploy.Discovery;
using Discovery.Deploy.Input;
using Discovery.Deploy.Kubernetes;
using Discovery.Deploy.Secrets;
using Discovery.Deploy.Tests.DataHub;
using Discovery.Deploy.Tests.Discovery;

namespace Discovery.Deploy.Tests.ArgoCd;

public sealed class ArgoCdManifestsTests
{
    [Theory]
    [InlineData("dev", "secrets 0", "infrastructure 10", "prerequisites 15", "datahub 20", "discovery 30")]
    [InlineData("prod", "secrets 0", "infrastructure 10", "datahub 20", "discovery 30")]
    public void Applications_come_in_waves_that_their_needs_demand(string name, params string[] expected)
    {
        var children = Of(Schedulings.Named(name)).Where(manifest => manifest.File.StartsWith("argocd/applications/", StringComparison.Ordinal));

        Assert.Equal(expected, children.Select(child => $"{child.Name().Replace("data-catalog-", "", StringComparison.Ordinal)} {child.Body["metadata"]!["annotations"]!["argocd.argoproj.io/sync-wave"]}"));
    }

    [Fact]
    public void The_chart_is_pinned_and_has_the_values_of_its_environment()
    {
        var sources = Of(SampleEnvironments.Prod).One("Application", "datahub")["spec"]!["sources"]!;

        Assert.Equal(("https://helm.datahubproject.io/", "datahub", "1.1.0"), (sources[0]!["repoURL"]!.GetValue<string>(), sources[0]!["chart"]!.GetValue<string>(), sources[0]!["targetRevision"]!.GetValue<string>()));
        Assert.Equal(["$values/gke/prod/datahub/values.yaml"], sources[0]!["helm"]!["valueFiles"].Texts());
        Assert.Equal(("values", "main"), (sources[1]!["ref"]!.GetValue<string>(), sources[1]!["targetRevision"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("gke", "gke/prod/discovery")]
    [InlineData("/clusters/data/", "clusters/data/prod/discovery")]
    [InlineData(".", "prod/discovery")]
    [InlineData("", "prod/discovery")]
    public void The_folder_in_the_repository_may_be_the_root(string path, string expected)
    {
        var environment = SampleEnvironments.Prod with { Config = SampleEnvironments.Prod.Config with { GitOps = SampleEnvironments.Prod.Config.GitOps with { Path = path } } };

        Assert.Equal(expected, Of(environment).One("Application", "discovery")["spec"]!["source"]!["path"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    [InlineData("airflow")]
    public void The_project_allows_what_is_rendered_and_nothing_else(string name)
    {
        var environment = Schedulings.Named(name);
        var others = Others(environment);
        var project = ArgoCdManifests.Of(environment, others).One("AppProject", "data-catalog")["spec"]!;
        var allowed = project["namespaceResourceWhitelist"]!.AsArray().Select(kind => $"{kind!["group"]}/{kind["kind"]}").ToList();

        Assert.Equal("""[{"group":"","kind":"Namespace"}]""", project["clusterResourceWhitelist"]!.ToJsonString());
        Assert.Empty(others.Where(manifest => manifest.Kind() != "Namespace").Select(GroupAndKind).Except(allowed));
        Assert.DoesNotContain(allowed, kind => kind.Contains('*', StringComparison.Ordinal) || kind.Contains("Role", StringComparison.Ordinal) || kind is "/Secret" or "argoproj.io/Application");
        Assert.Equal(["datahub", "discovery"], project["destinations"]!.AsArray().Select(destination => destination!["namespace"]!.GetValue<string>()));
        Assert.Equal(["https://git.example.com/data/platform.git", "https://helm.datahubproject.io/"], project["sourceRepos"].Texts());
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void The_project_allows_the_kinds_of_the_charts_and_no_kind_that_nobody_renders(bool kafka, bool search)
    {
        var (dev, prod) = (SampleEnvironments.Dev, SampleEnvironments.Prod.Config.DataHub);
        var environment = dev with
        {
            Config = dev.Config with { DataHub = dev.Config.DataHub with { Kafka = kafka ? dev.Config.DataHub.Kafka : prod.Kafka, Search = search ? dev.Config.DataHub.Search : prod.Search } },
        };
        var rendered = Helm.Objects(environment).Select(chart => new Manifest("", chart)).Concat(Others(environment).Where(manifest => manifest.Kind() != "Namespace")).Select(GroupAndKind);
        var allowed = Of(environment).One("AppProject", "data-catalog")["spec"]!["namespaceResourceWhitelist"]!.AsArray().Select(kind => $"{kind!["group"]}/{kind["kind"]}");

        Assert.Equal(rendered.Distinct().Order(StringComparer.Ordinal), allowed.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public void No_application_waits_for_a_certificate_that_a_later_one_makes_active(string name) =>
        Assert.All(
            Others(Schedulings.Named(name)).Where(manifest => manifest.Kind() == "ManagedCertificate" && manifest.File.StartsWith("infrastructure/", StringComparison.Ordinal)),
            certificate => Assert.Equal("true", certificate.Body["metadata"]!["annotations"]!["argocd.argoproj.io/ignore-healthcheck"]!.GetValue<string>()));

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public void No_application_waits_for_a_token_that_is_made_in_DataHub(string name) =>
        Assert.Equal(
            ["discovery-variables"],
            Others(Schedulings.Named(name))
                .Where(manifest => manifest.Kind() == "ExternalSecret" && manifest.Body["metadata"]!["annotations"]?["argocd.argoproj.io/ignore-healthcheck"]?.GetValue<string>() == "true")
                .Select(manifest => manifest.Body["metadata"]!["name"]!.GetValue<string>()));

    [Fact]
    public void The_project_of_the_first_application_allows_applications_alone()
    {
        var manifests = Of(SampleEnvironments.Prod).ToList();
        var project = manifests.One("AppProject", "data-catalog-root")["spec"]!;

        Assert.Equal("""[{"group":"argoproj.io","kind":"Application"}]""", project["namespaceResourceWhitelist"]!.ToJsonString());
        Assert.Equal("[]", project["clusterResourceWhitelist"]!.ToJsonString());
        Assert.Equal("gke/prod/argocd/applications", manifests.One("Application", "data-catalog-root")["spec"]!["source"]!["path"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public void What_is_removed_from_Argo_CD_stays_in_the_cluster(string name)
    {
        var environment = Schedulings.Named(name);
        List<Manifest> all = [.. Others(environment), .. Of(environment)];

        Assert.All(all, manifest => Assert.Null(manifest.Body["metadata"]!["finalizers"]));
        Assert.All(
            all.Where(manifest => manifest.Kind() is "Namespace" or "PersistentVolumeClaim"),
            manifest => Assert.Equal("Prune=false,Delete=false", manifest.Body["metadata"]!["annotations"]!["argocd.argoproj.io/sync-options"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public void Nothing_of_ours_is_a_hook(string name) =>
        Assert.All(Others(Schedulings.Named(name)), manifest => Assert.DoesNotContain("/hook", manifest.Body["metadata"]!["annotations"]?.ToJsonString() ?? "", StringComparison.Ordinal));

    [Fact]
    public void Applications_of_several_clusters_in_one_Argo_CD_have_names_of_their_own()
    {
        var environment = SampleEnvironments.Prod with { Config = SampleEnvironments.Prod.Config with { GitOps = SampleEnvironments.Prod.Config.GitOps with { Destination = "https://10.1.2.3" } } };
        var manifests = Of(environment).ToList();

        Assert.All(manifests, manifest => Assert.StartsWith("prod-", manifest.Name(), StringComparison.Ordinal));
        Assert.Equal("datahub", manifests.One("Application", "prod-datahub")["spec"]!["sources"]![0]!["helm"]!["releaseName"]!.GetValue<string>());
        // The applications themselves are made where Argo CD runs.
        Assert.Equal("https://kubernetes.default.svc", manifests.One("Application", "prod-data-catalog-root")["spec"]!["destination"]!["server"]!.GetValue<string>());
        Assert.Equal("https://10.1.2.3", manifests.One("Application", "prod-discovery")["spec"]!["destination"]!["server"]!.GetValue<string>());
    }

    // apps/v1 and Deployment, v1 and Service
    private static string GroupAndKind(Manifest manifest) =>
        $"{(manifest.Body["apiVersion"]!.GetValue<string>().Split('/') is [var group, _] ? group : "")}/{manifest.Kind()}";

    private static IEnumerable<Manifest> Of(DeployEnvironment environment) => ArgoCdManifests.Of(environment, Others(environment));

    private static List<Manifest> Others(DeployEnvironment environment) =>
        [.. SecretManifests.Of(environment), .. DataHubManifests.Of(environment), .. DiscoveryManifests.Of(environment)];
}
