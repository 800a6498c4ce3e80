using System.Text.Json.Nodes;
using Discovery.Deploy.Airflow;
using Discovery.Deploy.Discovery;
using Discovery.Deploy.Input;
using Discovery.Deploy.Output;
using Discovery.Deploy.Tests.Discovery;

namespace Discovery.Deploy.Tests.Airflow;

/// <summary>DAG files run in Python against a stand-in of Airflow that knows the arguments of its classes.</summary>
public sealed class AirflowDagsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dags-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("2")]
    [InlineData("3")]
    public void Airflow_of_either_version_takes_the_file(string version)
    {
        var calls = Run(Assert.Single(AirflowDags.Of(Schedulings.Airflow)), version);

        var dag = calls["DAG"]!;
        Assert.Equal("discovery_prod_shop", dag["dag_id"]!.GetValue<string>());
        Assert.Equal("15 2 * * *", dag["schedule"]!.GetValue<string>());
        Assert.Equal("2025-01-01 Europe/Berlin", dag["start_date"]!.GetValue<string>());
        Assert.Equal((false, 1, false), (dag["catchup"]!.GetValue<bool>(), dag["max_active_runs"]!.GetValue<int>(), dag["is_paused_upon_creation"]!.GetValue<bool>()));
        var task = calls["KubernetesPodOperator"]!;
        Assert.Equal(("discovery", "ingest-shop", "delete_pod", 43200), (
            task["namespace"]!.GetValue<string>(), task["name"]!.GetValue<string>(), task["on_finish_action"]!.GetValue<string>(), task["execution_timeout"]!.GetValue<double>()));
    }

    [Fact]
    public void The_pod_is_the_one_that_a_CronJob_would_have()
    {
        var environment = Schedulings.Airflow;
        var calls = Run(Assert.Single(AirflowDags.Of(environment)), "3");
        var pod = calls["KubernetesPodOperator"]!["full_pod_spec"]!.AsObject();

        Assert.Equal(43200, pod["spec"]!["activeDeadlineSeconds"]!.GetValue<int>());
        pod["spec"]!.AsObject().Remove("activeDeadlineSeconds");
        var template = JobPod.Template(environment, environment.Recipes[0]);
        Assert.True(JsonNode.DeepEquals(template["spec"], pod["spec"]), pod.ToJsonString());
        Assert.True(JsonNode.DeepEquals(template["metadata"], pod["metadata"]), pod.ToJsonString());
        Assert.Equal(calls["KubernetesPodOperator"]!["base_container_name"]!.GetValue<string>(), pod["spec"]!["containers"]![0]!["name"]!.GetValue<string>());
    }

    [Fact]
    public void Its_ConfigMap_is_rendered()
    {
        var environment = Schedulings.Airflow;
        var name = JobPod.Template(environment, environment.Recipes[0])["spec"]!["volumes"]![0]!["projected"]!["sources"]![0]!["configMap"]!["name"]!.GetValue<string>();

        Assert.Contains(name, DiscoveryManifests.Of(environment).Where(manifest => manifest.Kind() == "ConfigMap").Select(manifest => manifest.Name()));
    }

    [Theory]
    [InlineData("it's \"quoted\"")]
    [InlineData("\"\"\" ''' \\")]
    [InlineData("back\\slash\\n and a\nline")]
    [InlineData("{{ var.value.password }} {% raw %}")]
    [InlineData("Grüße, 世界, 🚀, \u2028\u202e")]
    [InlineData("\u0001\t\u007f")]
    public void No_text_gets_out_of_its_literal(string text)
    {
        var environment = Schedulings.Change(
            Schedulings.Airflow with { Recipes = [SampleEnvironments.Shop with { Recipe = SampleEnvironments.Shop.Recipe with { Deployment = SampleEnvironments.Shop.Recipe.Deployment! with { Name = text } } }] },
            discovery => discovery with { Variables = new Dictionary<string, VariableConfig>(discovery.Variables) { ["SHOP_MYSQL_PASSWORD"] = new() { Value = text } } });

        var calls = Run(Assert.Single(AirflowDags.Of(environment)), "3");

        Assert.Equal(text, calls["DAG"]!["description"]!.GetValue<string>());
        var variables = calls["KubernetesPodOperator"]!["full_pod_spec"]!["spec"]!["containers"]![0]!["env"]!.AsArray();
        Assert.Equal(text, variables.Single(variable => variable!["name"]!.GetValue<string>() == "SHOP_MYSQL_PASSWORD")!["value"]!.GetValue<string>());
    }

    [Fact]
    public void A_suspended_environment_has_DAGs_that_are_paused_when_they_are_made()
    {
        var environment = Schedulings.Change(Schedulings.Airflow, discovery => discovery with { Jobs = new() { Suspended = true } });

        Assert.True(Run(Assert.Single(AirflowDags.Of(environment)), "2")["DAG"]!["is_paused_upon_creation"]!.GetValue<bool>());
    }

    [Fact]
    public void Recipes_without_a_schedule_and_other_schedulings_have_none()
    {
        Assert.Empty(AirflowDags.Of(SampleEnvironments.Prod));
        Assert.Empty(AirflowDags.Of(Schedulings.Airflow with { Recipes = [Schedulings.Recipe("by-hand", "source: {type: mysql, config: {}}\nsink: {type: console}")] }));
    }

    private JsonNode Run(OutputFile dag, string version)
    {
        Assert.SkipUnless(OnPath("python3"), "python3 is not on the PATH");
        var file = Path.Combine(_folder, Path.GetFileName(dag.Path));
        File.WriteAllText(file, dag.Text);
        var standIn = Path.Combine(SharedFolder.Root, "tests/Deploy.Tests/Airflow/stand_in.py");
        var (exitCode, output, error) = Programs.Run("python3", ["-B", "-W", "error", standIn, version, file]);
        Assert.True(exitCode == 0, $"{error}\n{dag.Text}");
        return JsonNode.Parse(output)!;
    }

    private static bool OnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
