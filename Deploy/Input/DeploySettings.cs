using Discovery.Ingestion.Recipes;

namespace Discovery.Deploy.Input;

/// <summary>The keys of <c>deploy.yml</c>; what is in them is merged before it is bound.</summary>
internal sealed record DeploySettings
{
    /// <summary>Meaning of the key <c>base</c>.</summary>
    public const string BaseMeaning = "Settings that all environments have unless they say something else.";

    /// <summary>Meaning of the key <c>environments</c>.</summary>
    public const string EnvironmentsMeaning = "The environments by name, each with what it has beyond base: mappings are merged, lists and single values replace, null removes.";

    /// <summary>Settings of all environments.</summary>
    [Setting("base", BaseMeaning)]
    public RecipeNode? Base { get; init; }

    /// <summary>Settings of each environment.</summary>
    [Setting("environments", EnvironmentsMeaning)]
    public required IReadOnlyDictionary<string, RecipeNode> Environments { get; init; }
}
