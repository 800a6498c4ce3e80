using Discovery.Ingestion.Recipes;

namespace Discovery.Deploy.Input;

/// <summary>One environment, checked: what everything is rendered from.</summary>
/// <param name="Name">Its name, 1 to 12 lower-case letters and digits that begin with a letter; part of every name in Google Cloud.</param>
/// <param name="Config">Its settings.</param>
/// <param name="Recipes">Its recipes by name.</param>
public sealed record DeployEnvironment(string Name, EnvironmentConfig Config, IReadOnlyList<DeployRecipe> Recipes)
{
    /// <summary>Name of the Helm release of the chart datahub, which names of its objects begin with.</summary>
    public const string DataHubRelease = "datahub";

    /// <summary>Name of the Helm release of the chart datahub-prerequisites.</summary>
    public const string PrerequisitesRelease = "prerequisites";

    /// <summary>Value of the label <c>app.kubernetes.io/part-of</c> on each pod of the chart datahub.</summary>
    public const string DataHubPartOf = "datahub";

    /// <summary>Value of the label <c>app.kubernetes.io/part-of</c> on each pod of ours.</summary>
    public const string DiscoveryPartOf = "discovery";

    /// <summary>Folder in the pods of workers that recipes may read files in; relative names in recipes are relative to it.</summary>
    public const string RecipeFiles = "/files";

    /// <summary>Address of the metadata service inside the cluster.</summary>
    public string GmsUrl => $"http://{DataHubRelease}-datahub-gms.{Config.DataHub.Namespace}.svc.cluster.local:8080";

    /// <summary>Address of the control plane inside the cluster.</summary>
    public string ApiUrl => $"http://discovery-api.{Config.Discovery.Namespace}.svc.cluster.local";

    /// <summary>Whether the prerequisites chart is part of it.</summary>
    public bool HasPrerequisites => Config.DataHub.Kafka.Bundled || Config.DataHub.Search.Bundled;

    /// <summary>The recipes that run by themselves.</summary>
    internal IEnumerable<(DeployRecipe Recipe, CronSchedule Schedule)> Scheduled =>
        from recipe in Recipes
        let schedule = recipe.Recipe.Deployment?.Schedule
        where schedule is not null
        select (recipe, schedule);

    /// <summary>A name in Google Cloud: <c>datahub-prod</c>.</summary>
    public string InGoogleCloud(string name) => $"{name}-{Name}";

    /// <summary>Address of a Google service account: <c>datahub-prod@example-prod.iam.gserviceaccount.com</c>.</summary>
    public string GoogleServiceAccount(string name) => $"{InGoogleCloud(name)}@{Config.Google.Project}.iam.gserviceaccount.com";
}

/// <summary>One recipe of an environment, found valid, without a secret in it, each of its variables supplied.</summary>
/// <param name="Name">Its file's name without extension; a DNS label of at most 40 characters.</param>
/// <param name="FileName">Its file's name.</param>
/// <param name="Text">Its content, variables unresolved.</param>
/// <param name="Recipe">What was read.</param>
/// <param name="Variables">Names of the variables that it uses, in ordinal order, each supplied: by <c>discovery.variables</c>, or <c>DATAHUB_GMS_URL</c>. One that has a default in the recipe and is not supplied is not among them.</param>
public sealed record DeployRecipe(string Name, string FileName, string Text, Recipe Recipe, IReadOnlyList<string> Variables);
