using System.Text.Json.Nodes;
using Discovery.Deploy.Discovery;
using Discovery.Deploy.Input;
using Discovery.Deploy.Kubernetes;

namespace Discovery.Deploy.Tests.Discovery;

/// <summary>kubeconform, kube-score and checks over the whole set, where they are there.</summary>
public sealed class JudgeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("judged-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    [InlineData("airflow")]
    public void Discovery_and_its_applications_are_without_an_error_or_a_warning(string name)
    {
        var judge = SharedFolder.Require("k8s/judge.sh");
        var environment = Schedulings.Named(name);
        var ns = environment.Config.Discovery.Namespace;
        // DataHub's own objects belong to pods that its chart makes.
        var manifests = Schedulings.All(environment).Where(manifest => !manifest.File.StartsWith("infrastructure/", StringComparison.Ordinal)).Select(manifest => manifest.Body).ToList();
        if (name == "airflow")
        {
            manifests.Add(AirflowPod(environment, ns));
        }
        File.WriteAllText(Path.Combine(_folder, "all.yaml"), YamlText.Write("All of it.", manifests));

        var (_, output, error) = Programs.Run("bash", [judge, "--profile", "own", "--no-api", "--out", Path.Combine(_folder, "reports"), Path.Combine(_folder, "all.yaml")]);

        Assert.True(output.Contains("JUDGE errors=0 warnings=0", StringComparison.Ordinal), $"{output}\n{error}\n{Warnings()}");
    }

    // As the operator makes it: the pod of the DAG, with the namespace and a name.
    private static JsonObject AirflowPod(DeployEnvironment environment, string ns)
    {
        var template = JobPod.Template(environment, environment.Recipes[0]);
        var pod = Manifest.Head("v1", "Pod", ns, "ingest-shop-x7k2", template["metadata"]!["labels"]!.DeepClone().AsObject());
        pod["spec"] = template["spec"]!.DeepClone();
        return pod;
    }

    private string Warnings() => string.Join('\n', Directory.EnumerateFiles(Path.Combine(_folder, "reports")).Where(file => file.EndsWith(".txt", StringComparison.Ordinal)).SelectMany(File.ReadLines).Where(line => line.Contains("WARN", StringComparison.Ordinal) || line.Contains("CRITICAL", StringComparison.Ordinal) || line.StartsWith("ERROR", StringComparison.Ordinal)));
}
