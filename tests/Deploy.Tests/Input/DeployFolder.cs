using Discovery.Deploy.Input;

namespace Discovery.Deploy.Tests.Input;

/// <summary>A folder with a deploy.yml and recipes, for one test.</summary>
internal sealed class DeployFolder : IDisposable
{
    /// <summary>An environment with nothing but what is required, and no recipe that asks for anything.</summary>
    public const string Minimal = """
        environments:
          dev:
            google: {project: example-dev, region: europe-west1, cluster: data-dev}
            gitops: {repository: "https://git.example.com/data/platform.git"}
            datahub:
              host: datahub-dev.example.com
              oidc: {issuer: "https://login.example.com/realms/data", client_id: datahub}
              database: {instance: datahub-dev, cidr: 10.20.0.0/24}
              kafka: {bundled: true}
              search: {bundled: true}
            discovery:
              scheduling: cron-job
              images: {worker: "registry.example.com/discovery-worker:0.1.0"}
              recipes: recipes
              sources: [{cidr: 10.40.0.0/16}]
        """;

    private const string Recipe = """
        source: {type: mysql, config: {username: datahub}}
        sink: {type: datahub-rest, config: {server: "${DATAHUB_GMS_URL}"}}
        deployment: {schedule: "0 3 * * *"}
        """;

    public DeployFolder(string deployFile = Minimal)
    {
        Write("deploy.yml", deployFile);
        Write("recipes/shop.yml", Recipe);
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("deploy-").FullName;

    /// <summary>Loads the minimal file with replacements, the pairs of old and new text.</summary>
    public static IReadOnlyList<string> Problems(params (string Old, string New)[] replacements)
    {
        using var folder = new DeployFolder(Replace(Minimal, replacements));
        return folder.Problems();
    }

    public static string Replace(string text, params (string Old, string New)[] replacements)
    {
        foreach (var (old, replacement) in replacements)
        {
            Assert.Contains(old, text, StringComparison.Ordinal);
            text = text.Replace(old, replacement, StringComparison.Ordinal);
        }
        return text;
    }

    public void Write(string file, string text)
    {
        var path = System.IO.Path.Combine(Path, file);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public LoadedDeployment Load() => DeployFile.Load(System.IO.Path.Combine(Path, "deploy.yml"));

    /// <summary>The problems, with paths below the folder.</summary>
    public IReadOnlyList<string> Problems() => [.. Load().Problems.Select(problem => problem.ToString().Replace(Path + "/", "", StringComparison.Ordinal))];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
