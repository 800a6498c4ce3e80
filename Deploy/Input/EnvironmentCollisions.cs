using Discovery.Ingestion.Recipes;
using Discovery.Ingestion.Recipes.Binding;

namespace Discovery.Deploy.Input;

/// <summary>What two environments cannot share.</summary>
internal static class EnvironmentCollisions
{
    /// <summary>Checks that no two environments have the same namespace of a cluster, Argo CD of their own cluster (applications of both have the same names), host or database.</summary>
    public static void Check(IEnumerable<LoadedEnvironment> environments, ProblemList problems)
    {
        var claims = from environment in environments
                     let rendered = environment.Environment
                     where rendered is not null
                     from claim in Claims(rendered.Config)
                     select (environment, claim.Key, claim.What);
        foreach (var group in claims.GroupBy(claim => claim.What, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            foreach (var (environment, key, what) in group.DistinctBy(claim => claim.environment.Name).Skip(1))
            {
                problems.Error(
                    ConfigBinder.Locate(environment.Document, key),
                    $"'{key}': the environments {group.First().environment.Name} and {environment.Name} both have {what}; give each its own");
            }
        }
    }

    private static IEnumerable<(string Key, string What)> Claims(EnvironmentConfig config)
    {
        var cluster = $"{config.Google.Project}/{config.Google.Region}/{config.Google.Cluster}";
        yield return ("datahub.namespace", $"the namespace {config.DataHub.Namespace} of the cluster {cluster}");
        yield return ("discovery.namespace", $"the namespace {config.Discovery.Namespace} of the cluster {cluster}");
        if (config.GitOps.IsArgoCdInCluster)
        {
            // One for several clusters has applications with the environment in their names.
            yield return ("gitops.argocd_namespace", $"the Argo CD in the namespace {config.GitOps.ArgoCdNamespace} of the cluster {cluster}");
        }
        yield return ("datahub.host", $"the host {config.DataHub.Host}");
        if (config.Discovery is { Scheduling: Scheduling.ControlPlane, Api: { } api })
        {
            yield return ("discovery.api.host", $"the host {api.Host}");
        }
        yield return ("datahub.database.name", $"the database {config.DataHub.Database.Name} of the Cloud SQL instance {config.Google.Project}/{config.DataHub.Database.Instance}");
    }
}
