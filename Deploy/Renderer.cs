using Discovery.Deploy.Airflow;
using Discovery.Deploy.ArgoCd;
using Discovery.Deploy.Cloud;
using Discovery.Deploy.DataHub;
using Discovery.Deploy.Discovery;
using Discovery.Deploy.Guide;
using Discovery.Deploy.Input;
using Discovery.Deploy.Kubernetes;
using Discovery.Deploy.Output;
using Discovery.Deploy.Secrets;

namespace Discovery.Deploy;

/// <summary>Renders environments: the same input gives the same bytes, on any machine and at any time.</summary>
public static class Renderer
{
    private const string Comment = "Rendered by './discovery deploy render' from deploy.yml: change that file, and render again.";

    /// <summary>All files of the output, by path.</summary>
    public static IReadOnlyList<OutputFile> Render(IReadOnlyList<DeployEnvironment> environments) =>
    [
        .. environments.SelectMany(Render)
            .Append(new OutputFile("README.md", GuideText.Of(environments)))
            .OrderBy(file => file.Path, StringComparer.Ordinal),
    ];

    private static IEnumerable<OutputFile> Render(DeployEnvironment environment)
    {
        List<Manifest> manifests = [.. SecretManifests.Of(environment), .. DataHubManifests.Of(environment), .. DiscoveryManifests.Of(environment)];
        manifests.AddRange(ArgoCdManifests.Of(environment, [.. manifests]));
        foreach (var file in manifests.GroupBy(manifest => manifest.File))
        {
            yield return new OutputFile($"{environment.Name}/{file.Key}", YamlText.Write(Comment, file.Select(manifest => manifest.Body)));
        }
        yield return new OutputFile($"{environment.Name}/datahub/values.yaml", YamlText.Write(Comment, DataHubValues.Of(environment)));
        if (environment.HasPrerequisites)
        {
            yield return new OutputFile($"{environment.Name}/prerequisites/values.yaml", YamlText.Write(Comment, PrerequisitesValues.Of(environment)));
        }
        foreach (var dag in AirflowDags.Of(environment))
        {
            yield return dag with { Path = $"{environment.Name}/{dag.Path}" };
        }
        yield return new OutputFile($"{environment.Name}/google-cloud.sh", GoogleCloudScript.Of(environment, manifests), IsExecutable: true);
    }
}
