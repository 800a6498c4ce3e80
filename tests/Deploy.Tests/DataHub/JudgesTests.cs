using Discovery.Deploy.DataHub;
using Discovery.Deploy.Kubernetes;
using Discovery.Deploy.Secrets;

namespace Discovery.Deploy.Tests.DataHub;

/// <summary>The charts with our values, and our manifests around them, before judges that others wrote: schemas, kjudge, kube-score.</summary>
public sealed class JudgesTests : IDisposable
{
    // What no value of the charts changes; docs/gke-charts.md says why each is taken.
    private static readonly string[] accepted = ["WARN identical-probes ", "WARN job-deadline ", "Deployment few replicas"];

    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    [Theory]
    [MemberData(nameof(ChartEnvironments.Names), MemberType = typeof(ChartEnvironments))]
    public void The_charts_have_no_error_and_no_warning_but_the_accepted(string name)
    {
        Write(name);

        var findings = Judge("chart");

        Assert.DoesNotContain(findings, finding => !accepted.Any(part => finding.Contains(part, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(ChartEnvironments.Names), MemberType = typeof(ChartEnvironments))]
    public void Our_manifests_around_them_have_neither_by_the_strict_profile(string name)
    {
        Write(name);
        var own = DataHubManifests.Of(ChartEnvironments.Named(name)).Select(manifest => (Kind: $"{manifest.Body["kind"]}", Name: $"{manifest.Body["metadata"]!["name"]}")).ToList();

        var findings = Judge("own");

        // kjudge: ERROR rule Kind namespace/name: …; kube-score: [CRITICAL] name/namespace group/version/Kind: …
        Assert.DoesNotContain(findings, finding => own.Any(each =>
            finding.Contains($" {each.Kind} datahub/{each.Name}:", StringComparison.Ordinal)
            || (finding.Contains($" {each.Name}/datahub ", StringComparison.Ordinal) && finding.Contains($"/{each.Kind}:", StringComparison.Ordinal))));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void Write(string name)
    {
        var environment = ChartEnvironments.Named(name);
        foreach (var (text, index) in Helm.Texts(environment).Select((text, index) => (text, index)))
        {
            var file = Path.Combine(folder, $"chart-{index}.yaml");
            File.WriteAllText(file, text);
            // Most objects of the charts name no namespace, and kube-score would not see them as what our policies select.
            File.WriteAllText(file, Programs.Run(Path.Combine(Helm.Judges, "kjudge"), ["-namespace", "datahub", "-emit", file]).Output);
        }
        File.WriteAllText(
            Path.Combine(folder, "own.yaml"),
            YamlText.Write("A test.", SecretManifests.Of(environment).Concat(DataHubManifests.Of(environment)).Select(manifest => manifest.Body)));
    }

    private List<string> Judge(string profile)
    {
        var reports = Directory.CreateTempSubdirectory().FullName;
        try
        {
            var (exitCode, output, error) = Programs.Run(SharedFolder.Require("k8s/judge.sh"), ["--profile", profile, "--no-api", "-n", "datahub", "--out", reports, folder]);
            Assert.True(exitCode is 0 or 1, error);
            Assert.Contains("kubeconform errors=0 warnings=0", output, StringComparison.Ordinal);
            return
            [
                .. File.ReadLines(Path.Combine(reports, "kjudge.txt")).Where(line => line.StartsWith("ERROR", StringComparison.Ordinal) || line.StartsWith("WARN", StringComparison.Ordinal)),
                .. File.ReadLines(Path.Combine(reports, "kube-score.txt")).Where(line => line.StartsWith("[CRITICAL]", StringComparison.Ordinal) || line.StartsWith("[WARNING]", StringComparison.Ordinal)),
            ];
        }
        finally
        {
            Directory.Delete(reports, recursive: true);
        }
    }
}
