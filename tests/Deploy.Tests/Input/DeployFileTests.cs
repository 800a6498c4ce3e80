using Discovery.Deploy.Input;

namespace Discovery.Deploy.Tests.Input;

public sealed class DeployFileTests
{
    private const string Two = """
        base:
          google: {region: europe-west1, cluster: data}
          gitops: {repository: "https://git.example.com/data/platform.git"}
          datahub:
            oidc: {issuer: "https://login.example.com/realms/data", client_id: datahub}
            database: {cidr: 10.20.0.0/24}
            kafka: {bundled: true}
            search: {bundled: true}
          discovery:
            scheduling: cron-job
            images: {worker: "registry.example.com/discovery-worker:0.1.0"}
            recipes: recipes
        environments:
          dev:
            google: {project: example-dev}
            datahub: {host: datahub-dev.example.com, database: {instance: datahub-dev}}
          prod:
            google: {project: example-prod}
            datahub: {host: datahub.example.com, database: {instance: datahub-prod}}
        """;

    [Fact]
    public void The_least_that_is_needed_is_taken()
    {
        using var folder = new DeployFolder();
        var loaded = folder.Load();

        Assert.Empty(loaded.Problems);
        var environment = Assert.Single(loaded.Environments);
        Assert.Equal(("dev", "shop", "shop.yml"), (environment.Name, environment.Recipes[0].Name, environment.Recipes[0].FileName));
        Assert.Equal(["DATAHUB_GMS_URL"], environment.Recipes[0].Variables);
    }

    [Fact]
    public void All_mistakes_are_told_at_once_each_with_its_place()
    {
        Assert.Equal(
            [
                "deploy.yml:3:23: error: 'google.project' must be a project id (6 to 30 lower-case letters, digits and dashes, a letter first), such as example-prod, not 'Example' (environment dev)",
                "deploy.yml:3:40: error: 'google.region' must be a region, such as europe-west1, not 'europe-west1-b'; that is a zone, write europe-west1 (environment dev)",
                "deploy.yml:6:7: error: 'hots' is not a setting of 'datahub'; did you mean 'host'? (environment dev)",
                "deploy.yml:6:7: error: 'datahub.host' is missing: Host name of DataHub in the browser, such as datahub.example.com. (environment dev)",
                "deploy.yml:12:19: error: 'discovery.scheduling' must be one of control-plane, cron-job, airflow, not 'cron' (environment dev)",
            ],
            DeployFolder.Problems(("project: example-dev, region: europe-west1", "project: Example, region: europe-west1-b"), ("      host:", "      hots:"), ("scheduling: cron-job", "scheduling: cron"))
                .Order(StringComparer.Ordinal).OrderBy(problem => int.Parse(problem.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture)).ThenByDescending(problem => problem.Contains("hots", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_mistake_in_base_is_told_once()
    {
        using var folder = new DeployFolder(DeployFolder.Replace(Two, ("europe-west1, cluster", "west, cluster")));

        Assert.Equal("deploy.yml:2:20: error: 'google.region' must be a region, such as europe-west1, not 'west'", Assert.Single(folder.Problems()));
    }

    [Fact]
    public void A_key_that_one_environment_lacks_is_told_with_its_name()
    {
        using var folder = new DeployFolder(DeployFolder.Replace(Two, ("{project: example-prod}", "{cluster: data-prod}")));

        Assert.Equal("deploy.yml:18:13: error: 'google.project' is missing: Id of the Google Cloud project, such as example-prod. (environment prod)", Assert.Single(folder.Problems()));
    }

    [Fact]
    public void A_key_that_all_lack_in_base_is_told_once()
    {
        using var folder = new DeployFolder(DeployFolder.Replace(Two, (", client_id: datahub", "")));

        Assert.StartsWith("deploy.yml:5:11: error: 'datahub.oidc.client_id' is missing", Assert.Single(folder.Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public void Mappings_merge_lists_and_values_replace_and_null_removes()
    {
        using var folder = new DeployFolder(DeployFolder.Replace(
            Two,
            ("    recipes: recipes", "    recipes: recipes\n    sources: [{cidr: 10.1.0.0/16}, {cidr: 10.2.0.0/16}]\n  telemetry: {endpoint: \"http://collector.observability.svc:4317\", namespace: observability}"),
            ("{project: example-prod}", "{project: example-prod, network: prod}\n    telemetry: null\n    discovery: {sources: [{cidr: 10.3.0.0/16}]}")));
        var (dev, prod) = (folder.Load().Environments[0].Config, folder.Load().Environments[1].Config);

        Assert.Equal(["10.1.0.0/16", "10.2.0.0/16"], dev.Discovery.Sources.Select(source => source.Cidr));
        Assert.Equal(["10.3.0.0/16"], prod.Discovery.Sources.Select(source => source.Cidr));
        Assert.Equal(("default", "prod"), (dev.Google.Network, prod.Google.Network));
        Assert.NotNull(dev.Telemetry);
        Assert.Null(prod.Telemetry);
    }

    [Theory]
    [InlineData("", "deploy.yml: error: the deploy file is empty; it needs at least 'environments'")]
    [InlineData("# nothing", "deploy.yml: error: the deploy file is empty; it needs at least 'environments'")]
    [InlineData("- a", "deploy.yml:1:1: error: a deploy file is a mapping with 'environments'; this is a list")]
    [InlineData("base: {}", "deploy.yml:1:1: error: 'environments' is missing: The environments by name")]
    [InlineData("environments: {}", "deploy.yml:1:15: error: 'environments' is empty; name at least one, such as dev")]
    [InlineData("environments: [dev]", "deploy.yml:1:15: error: 'environments' must be a mapping of keys and values; this is a list")]
    [InlineData("environments: {dev: 1}", "deploy.yml:1:21: error: 'environments.dev' must be a mapping of keys and values")]
    [InlineData("enviroments: {dev: }", "deploy.yml:1:1: error: 'enviroments' is not a setting of a deploy file; did you mean 'environments'?")]
    [InlineData("base: 1\nenvironments: {dev: }", "deploy.yml:1:7: error: 'base' must be a mapping of keys and values")]
    [InlineData("environments:\n\tdev: 1", "deploy.yml:2:1: error: not valid YAML: a tab; YAML indents with spaces")]
    [InlineData("environments: {../x: }", "deploy.yml:1:16: error: '../x' cannot be the name of an environment; it has 1 to 12 lower-case letters and digits, a letter first, such as prod")]
    [InlineData("environments: {Prod: }", "deploy.yml:1:16: error: 'Prod' cannot be the name of an environment")]
    [InlineData("environments: {dev: , dev: }", "deploy.yml:1:23: error: 'dev' is given a second time (first in line 1)")]
    [InlineData("environments: {dev: }\n---\nenvironments: {}", "deploy.yml:2:1: error: a second YAML document begins here; one is all that is read: remove the '---' or split the file")]
    public void A_file_of_another_shape_is_refused(string text, string problem)
    {
        using var folder = new DeployFolder(text);

        Assert.Contains(folder.Problems(), told => told.StartsWith(problem, StringComparison.Ordinal));
        Assert.Empty(folder.Load().Environments);
    }

    [Fact]
    public void A_file_that_is_not_there_and_a_folder_are_refused()
    {
        using var folder = new DeployFolder();

        Assert.Contains("there is no such file", Assert.Single(DeployFile.Load(Path.Combine(folder.Path, "other.yml")).Problems).Message, StringComparison.Ordinal);
        Assert.Contains("this is a folder; give the deploy file in it", Assert.Single(DeployFile.Load(folder.Path).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bomb_of_aliases_is_refused_at_once()
    {
        var lines = Enumerable.Range(1, 9).Select(level => $"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 10))}]");
        using var folder = new DeployFolder($"a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n{string.Join('\n', lines)}\n{DeployFolder.Minimal}");

        Assert.Contains("once its YAML aliases are followed", Assert.Single(folder.Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public void Anchors_and_merge_keys_work_as_they_do_in_recipes()
    {
        using var folder = new DeployFolder(DeployFolder.Replace(Two, ("  dev:\n    google: {project: example-dev}", "  dev: &dev\n    google: {project: example-dev}"), ("  prod:\n", "  prod:\n    <<: *dev\n")));

        Assert.Equal(2, folder.Load().Environments.Count);
    }

    [Fact]
    public void Variables_are_refused_rather_than_taken_as_they_are() =>
        Assert.Equal(
            "deploy.yml:3:23: error: '${' begins a variable, and this file has none; write the value itself (variables of recipes stand in the recipes)",
            DeployFolder.Problems(("project: example-dev", "project: \"${PROJECT}\""))[0]);

    [Theory]
    [InlineData("\"https://git.example.com/data/platform.git\"", "\"https://me:hunter2@git.example.com/data/platform.git\"")]
    [InlineData("instance: datahub-dev", "instance: ghp_hunter2hunter2hunter2hunter2")]
    [InlineData("environments:", "# curl -u x https://me:hunter2@git.example.com\nenvironments:")]
    [InlineData("environments:", "# DB_PASSWORD=hunter2\nenvironments:")]
    [InlineData("      recipes: recipes", "      recipes: recipes\n      variables: {SHOP_MYSQL_PASSWORD: {value: hunter2}}")]
    [InlineData("      recipes: recipes", "      recipes: recipes\n      variables: {SHOP_MYSQL_PASSWORD: {secret: hunter2!}}")]
    [InlineData("      recipes: recipes", "      recipes: recipes\n      variables: {X: {value: \"-----BEGIN RSA PRIVATE KEY-----hunter2\"}}")]
    public void A_secret_is_refused_and_not_shown(string old, string replacement)
    {
        var problems = DeployFolder.Problems((old, replacement));

        Assert.Contains(problems, problem => problem.Contains(": error: ", StringComparison.Ordinal));
        Assert.DoesNotContain(problems, problem => problem.Contains("hunter2", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("datahub-dev.example.com", "Datahub-dev.example.com", "'datahub.host' must be a host name, such as datahub.example.com, not 'Datahub-dev.example.com'; write datahub-dev.example.com")]
    [InlineData("host: datahub-dev.example.com", "host: \"https://datahub-dev.example.com:443/x\"", "; write datahub-dev.example.com")]
    [InlineData("datahub-dev.example.com", "dätahub.example.com", "; write names of other scripts in their xn-- form")]
    [InlineData("datahub-dev.example.com", "10.0.0.1", "'datahub.host' must be a host name")]
    [InlineData("10.20.0.0/24", "10.20.0.7/24", "; write 10.20.0.0/24")]
    [InlineData("10.20.0.0/24", "10.20.0.7", "; for this address alone write 10.20.0.7/32")]
    [InlineData("10.20.0.0/24", "0.0.0.0/0", "; that is every address, name the ones that are meant")]
    [InlineData("10.20.0.0/24", "\"fd00:20::/64\"", "'datahub.database.cidr': must be a range of IPv4")]
    [InlineData("10.20.0.0/24", "10.20.0.0/33", "must be a range of addresses")]
    [InlineData("https://login.example.com", "http://login.example.com", "'datahub.oidc.issuer' must be an address with https")]
    [InlineData("client_id: datahub", "client_id: \"12345\"", "does not look like a number, date or switch, since DataHub's chart writes it without quotes, not '12345'")]
    [InlineData("client_id: datahub", "client_id: 12345", "'datahub.oidc.client_id' must be text, not a number; put text in quotes")]
    [InlineData("client_id: datahub", "client_id: \"yes\"", "does not look like a number, date or switch")]
    [InlineData("client_id: datahub", "client_id: \"1e5\"", "does not look like a number, date or switch")]
    [InlineData("client_id: datahub", "client_id: \"0x1F\"", "does not look like a number, date or switch")]
    [InlineData("client_id: datahub", "client_id: \"a: b\"", "does not look like a number, date or switch")]
    [InlineData("discovery-worker:0.1.0", "discovery-worker:latest", "; latest becomes another image one day")]
    [InlineData("discovery-worker:0.1.0", "discovery-worker", "; without a tag it is latest, which becomes another image one day")]
    [InlineData("discovery-worker:0.1.0", "discovery-worker:main", "; main becomes another image one day")]
    [InlineData("kafka: {bundled: true}", "kafka: {bootstrap_servers: \"a:9092,b:99999\", cidr: 10.30.0.0/24}", "'datahub.kafka.bootstrap_servers' must be host:port")]
    [InlineData("[{cidr: 10.40.0.0/16}]", "[{cidr: 10.40.0.0/16, ports: []}]", "'discovery.sources[0].ports': names no port")]
    [InlineData("kafka: {bundled: true}", "kafka: {}", "name the brokers with 'bootstrap_servers' and 'cidr', or write bundled: true for development")]
    [InlineData("kafka: {bundled: true}", "kafka: {bundled: true, bootstrap_servers: \"a:9092\"}", "either Kafka is bundled, or there are brokers already")]
    [InlineData("kafka: {bundled: true}", "kafka: {bootstrap_servers: \"a:9092\"}", "needs the 'cidr' of these brokers")]
    [InlineData("search: {bundled: true}", "search: {}", "name the server with 'host' and 'cidr'")]
    [InlineData("search: {bundled: true}", "search: {host: search}", "needs the 'cidr' of this server")]
    [InlineData("search: {bundled: true}", "search: {bundled: true, username: me}", "the bundled OpenSearch has no accounts")]
    [InlineData("instance: datahub-dev", "instance: \"example:europe-west1:datahub-dev\"", "; write datahub-dev, project and region are known")]
    [InlineData("instance: datahub-dev", "instance: datahub-dev, connection: private-ip", "private-ip needs the 'address' of the instance")]
    [InlineData("instance: datahub-dev", "instance: datahub-dev, connection: private-ip, address: 10.21.0.3", "is not in the range 10.20.0.0/24")]
    [InlineData("      host:", "      gms: {memory: 512m}\n      host:", "not '512m'; 'm' is a thousandth of a byte; write 512Mi")]
    [InlineData("      host:", "      gms: {memory: 1.5Gi}\n      host:", "not '1.5Gi'; write 1536Mi")]
    [InlineData("      host:", "      gms: {cpu: 2 cores}\n      host:", "'datahub.gms.cpu' must be processor time")]
    [InlineData("      host:", "      gms: {cpu: 2}\n      host:", "'datahub.gms.cpu' must be text, not a number; put text in quotes")]
    [InlineData("      host:", "      actions: {replicas: 2}\n      host:", "'datahub.actions.replicas': only 1")]
    [InlineData("      host:", "      mce_consumer: {replicas: 2}\n      host:", "'datahub.mce_consumer.replicas': only 1")]
    [InlineData("      host:", "      namespace: discovery\n      host:", "'discovery.namespace': is discovery, as that of DataHub; each needs its own")]
    [InlineData("      host:", "      namespace: kube-system\n      host:", "belongs to the cluster or to others")]
    [InlineData("scheduling: cron-job", "scheduling: control-plane", "control-plane needs the block 'api'")]
    [InlineData("      recipes: recipes", "      recipes: /etc", "'discovery.recipes' must be a folder relative to this file")]
    [InlineData("      recipes: recipes", "      recipes: recipes\n      variables: {X: {}}", "give a 'value', or the name of a 'secret'")]
    [InlineData("      recipes: recipes", "      recipes: recipes\n      variables: {X: {value: a, secret: b}}", "give 'value' or 'secret', not both")]
    [InlineData("      recipes: recipes", "      recipes: recipes\n      variables: {X: {secret: a/b}}", "must be the name of a secret in Google Secret Manager")]
    [InlineData("      recipes: recipes", "      recipes: recipes\n      variables: {1X: {value: b}}", "the name of a variable has letters, digits and _")]
    [InlineData("      recipes: recipes", "      recipes: recipes\n      variables: {OTEL_X: {value: b}}", "recipes do not see variables that begin with DISCOVERY_WORKER_")]
    [InlineData("      recipes: recipes", "      recipes: recipes\n      variables: {LD_PRELOAD: {value: b}}", "is a variable that the process itself goes by")]
    [InlineData("      recipes: recipes", "      recipes: recipes\n      variables: {DATAHUB_GMS_URL: {value: b}}", "is given already")]
    [InlineData("      recipes: recipes", "      recipes: recipes\n      workers: [{name: a}, {name: a}]", "two groups have the name a")]
    [InlineData("    gitops:", "    secrets: {source: existing}\n    gitops:", "")]
    public void A_value_is_refused_with_what_would_be_right(string old, string replacement, string reason)
    {
        var problems = DeployFolder.Problems((old, replacement));

        if (reason.Length == 0)
        {
            Assert.Empty(problems);
            return;
        }
        Assert.Contains(problems, problem => problem.Contains(reason, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("client_id: datahub", "client_id: 0f1e2d3c-1111-2222-3333-444455556666")]
    [InlineData("client_id: datahub", "client_id: 0oa1b2c3d4")]
    [InlineData("discovery-worker:0.1.0", "discovery-worker@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("discovery-worker:0.1.0", "discovery-worker:0.1.0@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("\"https://git.example.com/data/platform.git\"", "git@git.example.com:data/platform.git")]
    [InlineData("[{cidr: 10.40.0.0/16}]", "[{cidr: \"fd00:20::/64\"}]")]
    [InlineData("scheduling: cron-job", "scheduling: airflow")]
    public void A_value_is_taken(string old, string replacement) => Assert.Empty(DeployFolder.Problems((old, replacement)));

    [Theory]
    [InlineData("host: datahub.example.com", "host: datahub-dev.example.com", "'datahub.host': the environments dev and prod both have the host datahub-dev.example.com; give each its own")]
    [InlineData("project: example-prod", "project: example-dev", "both have the namespace datahub of the cluster example-dev/europe-west1/data")]
    [InlineData("project: example-prod", "project: example-dev", "both have the Argo CD in the namespace argocd of the cluster example-dev/europe-west1/data")]
    [InlineData("{project: example-prod}\n    datahub: {host: datahub.example.com, database: {instance: datahub-prod}}", "{project: example-dev, cluster: other}\n    datahub: {host: datahub.example.com, database: {instance: datahub-dev}}", "both have the database datahub of the Cloud SQL instance example-dev/datahub-dev")]
    public void Environments_that_would_be_in_each_others_way_are_refused(string old, string replacement, string problem)
    {
        using var folder = new DeployFolder(DeployFolder.Replace(Two, (old, replacement)));

        Assert.Contains(folder.Problems(), told => told.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void One_Argo_CD_may_deploy_to_several_clusters()
    {
        using var folder = new DeployFolder(DeployFolder.Replace(
            Two,
            ("{project: example-prod}", "{project: example-prod}\n    gitops: {destination: \"https://10.1.0.1\"}"),
            ("data/platform.git\"", "data/platform.git\", destination: \"https://10.0.0.1\"")));

        Assert.Empty(folder.Problems());
    }

    [Fact]
    public void The_control_plane_has_one_replica_and_somebody_who_may_use_it()
    {
        const string Api = "api: {host: discovery.example.com, oidc: {issuer: \"https://login.example.com\", client_id: discovery}, replicas: 2}";
        var problems = DeployFolder.Problems(
            ("scheduling: cron-job", "scheduling: control-plane\n      " + Api), ("images: {", "images: {api: \"registry.example.com/discovery-api:0.1.0\", "));

        Assert.Contains(problems, problem => problem.Contains("'discovery.api.replicas': only 1: the store of the control plane is SQLite", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains("'discovery.api.operators': nobody could use it", StringComparison.Ordinal));
    }
}
