using Discovery.Deploy.Input;
using Discovery.Deploy.Output;
using Discovery.Deploy.Policy;
using Discovery.Deploy.Tests.DataHub;

namespace Discovery.Deploy.Tests.Policy;

public sealed class OwnOutputTests
{
    private const string Chart = """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: datahub-datahub-gms
          labels: { helm.sh/chart: datahub-gms-0.3.18, app.kubernetes.io/instance: datahub }
        spec:
          template:
            metadata:
              labels: { app.kubernetes.io/name: LABEL, app.kubernetes.io/instance: datahub, app.kubernetes.io/part-of: datahub }
            spec: { containers: [] }
        """;

    [Fact]
    public void What_is_rendered_has_no_findings()
    {
        var result = PolicyCheck.Run(Renderer.Render([SampleEnvironments.Dev, SampleEnvironments.Prod]));

        Assert.Empty(result.Findings);
        Assert.True(result.Objects > 60, $"{result.Objects} objects");
    }

    [Fact]
    public void Pods_that_Airflow_makes_are_not_missed() => Assert.Empty(PolicyCheck.Run(Renderer.Render([Discovery.Schedulings.Airflow])).Findings);

    [Fact]
    public void What_the_sample_renders_to_has_no_findings()
    {
        var loaded = DeployFile.Load(Path.Combine(SharedFolder.Root, "deploy.sample.yml"));

        Assert.Empty(PolicyCheck.Run(Renderer.Render(loaded.Environments)).Findings);
    }

    [Fact]
    public void Each_environment_is_a_set_of_its_own()
    {
        var files = Renderer.Render([SampleEnvironments.Dev, SampleEnvironments.Prod]);
        var together = files.Select(file => file with { Path = file.Path.Replace('/', '-') }).ToList();

        Assert.DoesNotContain(PolicyCheck.Run(files).Findings, finding => finding.Rule == "duplicate-object");
        Assert.Contains(PolicyCheck.Run(together).Findings, finding => finding.Rule == "duplicate-object");
    }

    [Fact]
    public void Selectors_of_the_charts_pods_are_not_checked_without_the_chart_which_is_told() =>
        Assert.Contains(PolicyCheck.Run(Renderer.Render([SampleEnvironments.Prod])).Notes, note => note.Contains("not in this set, and were not checked", StringComparison.Ordinal));

    [Theory]
    [InlineData("datahub-gms", false)]
    [InlineData("gms", true)]
    public void With_the_rendered_chart_in_the_set_they_are_checked(string name, bool isMissed)
    {
        var chart = new OutputFile("prod/chart.yaml", Chart.Replace("LABEL", name, StringComparison.Ordinal));

        var findings = PolicyCheck.Run([.. Renderer.Render([SampleEnvironments.Prod]), chart], "datahub").Findings;

        Assert.Equal(isMissed, findings.Any(finding => finding is { Rule: "budget-target", Subject: "PodDisruptionBudget/datahub/datahub-gms" }));
    }

    [Fact]
    public void The_rendered_charts_have_no_errors_and_no_selector_misses_their_pods()
    {
        foreach (var environment in new[] { SampleEnvironments.Dev, SampleEnvironments.Prod })
        {
            var charts = Helm.Texts(environment).Select((text, index) => new OutputFile($"{environment.Name}/chart{index}.yaml", text));

            var result = PolicyCheck.Run([.. Renderer.Render([environment]), .. charts], "datahub");

            Assert.DoesNotContain(result.Findings, finding => !finding.IsWarning);
            Assert.Empty(result.Notes);
        }
    }

    [Fact]
    public void What_no_value_of_a_chart_can_change_is_a_warning_in_what_it_renders()
    {
        var findings = PolicyCheck.Run([new OutputFile("chart.yaml", Chart)]).Findings;

        Assert.True(findings.Single(finding => finding.Rule == "namespace-missing").IsWarning);
        Assert.False(findings.First(finding => finding.Rule == "structure").IsWarning);
    }
}
