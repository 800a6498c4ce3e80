using System.Text.Json.Nodes;
using Discovery.Deploy.Input;
using Discovery.Deploy.Kubernetes;

namespace Discovery.Deploy.ArgoCd;

/// <summary>Projects and applications of Argo CD: one application, which a person applies, makes the others in waves.</summary>
internal static class ArgoCdManifests
{
    private const string Version = "argoproj.io/v1alpha1";
    private const string BootstrapFile = "argocd/bootstrap.yaml";
    private const string ApplicationsFolder = "argocd/applications";
    private const string ChartRepository = "https://helm.datahubproject.io/";

    // The name of what belongs together, and of the project that may change the two namespaces.
    private const string Catalog = "data-catalog";

    // The project that may make applications and nothing else.
    private const string Root = $"{Catalog}-root";

    /// <summary>Projects and applications of Argo CD.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="others">All other manifests of it, whose kinds the project allows.</param>
    public static IEnumerable<Manifest> Of(DeployEnvironment environment, IReadOnlyCollection<Manifest> others)
    {
        var (datahub, discovery) = (environment.Config.DataHub.Namespace, environment.Config.Discovery.Namespace);
        yield return RootProject(environment);
        yield return CatalogProject(environment, others);
        yield return Application(environment, BootstrapFile, Root, Root, GitOpsConfig.OwnCluster, environment.Config.GitOps.ArgoCdNamespace, wave: null, FolderSource(environment, ApplicationsFolder));
        yield return Child(environment, $"{Catalog}-secrets", wave: 0, datahub, FolderSource(environment, "secrets"));
        yield return Child(environment, $"{Catalog}-infrastructure", wave: 10, datahub, FolderSource(environment, "infrastructure"));
        if (environment.HasPrerequisites)
        {
            yield return Child(environment, DeployEnvironment.PrerequisitesRelease, wave: 15, datahub, ChartSources(environment, DeployEnvironment.PrerequisitesRelease, "datahub-prerequisites", "0.3.0", "prerequisites"));
        }
        yield return Child(environment, DeployEnvironment.DataHubRelease, wave: 20, datahub, ChartSources(environment, DeployEnvironment.DataHubRelease, "datahub", "1.1.0", "datahub"));
        yield return Child(environment, "discovery", wave: 30, discovery, FolderSource(environment, "discovery"));
    }

    /// <summary>
    /// Whoever can commit applications can name any project in them, so that this folder is as powerful as Argo CD itself; the project keeps
    /// the application that reads it from everything else.
    /// </summary>
    private static Manifest RootProject(DeployEnvironment environment) => Project(environment, Root, "Makes the applications of DataHub and Discovery.", new()
    {
        ["sourceRepos"] = new JsonArray(environment.Config.GitOps.Repository),
        ["destinations"] = new JsonArray(Destination(GitOpsConfig.OwnCluster, environment.Config.GitOps.ArgoCdNamespace)),
        ["clusterResourceWhitelist"] = new JsonArray(),
        ["namespaceResourceWhitelist"] = new JsonArray(new JsonObject { ["group"] = "argoproj.io", ["kind"] = "Application" }),
    });

    private static Manifest CatalogProject(DeployEnvironment environment, IReadOnlyCollection<Manifest> others)
    {
        var (gitOps, datahub, discovery) = (environment.Config.GitOps, environment.Config.DataHub.Namespace, environment.Config.Discovery.Namespace);
        return Project(environment, Catalog, "DataHub, Discovery and all around them.", new()
        {
            ["sourceRepos"] = new JsonArray(gitOps.Repository, ChartRepository),
            ["destinations"] = new JsonArray(Destination(gitOps.Destination, datahub), Destination(gitOps.Destination, discovery)),
            ["clusterResourceWhitelist"] = ManagedKinds.OfCluster(others),
            ["namespaceResourceWhitelist"] = ManagedKinds.OfNamespaces(environment, others),
        });
    }

    private static Manifest Project(DeployEnvironment environment, string name, string description, JsonObject rights)
    {
        var project = Manifest.Head(Version, "AppProject", environment.Config.GitOps.ArgoCdNamespace, Named(environment, name));
        rights.Insert(0, "description", description);
        project["spec"] = rights;
        return new Manifest(BootstrapFile, project);
    }

    private static Manifest Child(DeployEnvironment environment, string name, int wave, string ns, params JsonObject[] sources) =>
        Application(environment, $"{ApplicationsFolder}/{name}.yaml", name, Catalog, environment.Config.GitOps.Destination, ns, wave, sources);

    // Without Argo CD's finalizer: who removes an application, or its file, removes what watches over the objects and not the objects.
    private static Manifest Application(DeployEnvironment environment, string file, string name, string project, string server, string ns, int? wave, params JsonObject[] sources)
    {
        var application = Manifest.Head(
            Version,
            "Application",
            environment.Config.GitOps.ArgoCdNamespace,
            Named(environment, name),
            annotations: wave is { } number ? new() { ["argocd.argoproj.io/sync-wave"] = number.ToString(System.Globalization.CultureInfo.InvariantCulture) } : null);
        application["spec"] = new JsonObject
        {
            ["project"] = Named(environment, project),
            [sources.Length == 1 ? "source" : "sources"] = sources.Length == 1 ? sources[0] : new JsonArray([.. sources]),
            ["destination"] = Destination(server, ns),
            ["syncPolicy"] = new JsonObject
            {
                ["automated"] = new JsonObject { ["prune"] = true, ["selfHeal"] = true },
                // Where waves do not wait for each other, what comes too early fails, and is tried again for about an hour.
                ["retry"] = new JsonObject
                {
                    ["limit"] = 10,
                    ["backoff"] = new JsonObject { ["duration"] = "30s", ["factor"] = 2, ["maxDuration"] = "10m" },
                },
            },
        };
        return new Manifest(file, application);
    }

    private static JsonObject FolderSource(DeployEnvironment environment, string folder)
    {
        var source = GitSource(environment);
        source["path"] = PathOf(environment, folder);
        return source;
    }

    private static JsonObject[] ChartSources(DeployEnvironment environment, string release, string chart, string version, string folder)
    {
        var values = GitSource(environment);
        values["ref"] = "values";
        return
        [
            new()
            {
                ["repoURL"] = ChartRepository,
                ["chart"] = chart,
                ["targetRevision"] = version,
                ["helm"] = new JsonObject
                {
                    ["releaseName"] = release,
                    ["valueFiles"] = new JsonArray($"$values/{PathOf(environment, $"{folder}/values.yaml")}"),
                },
            },
            values,
        ];
    }

    private static JsonObject GitSource(DeployEnvironment environment) => new()
    {
        ["repoURL"] = environment.Config.GitOps.Repository,
        ["targetRevision"] = environment.Config.GitOps.Revision,
    };

    private static JsonObject Destination(string server, string ns) => new() { ["server"] = server, ["namespace"] = ns };

    private static string PathOf(DeployEnvironment environment, string path) =>
        string.Join('/', [.. environment.Config.GitOps.Path.Split('/').Where(part => part is not ("" or ".")), environment.Name, path]);

    // An Argo CD that looks after other clusters has applications of several environments; one for its own cluster has them of one, and
    // there a release has its application's name, as Argo CD before 3.0 wants it.
    private static string Named(DeployEnvironment environment, string name) => environment.Config.GitOps.IsArgoCdInCluster ? name : $"{environment.Name}-{name}";
}
