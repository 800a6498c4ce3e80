using Discovery.Ingestion.Recipes;

namespace Discovery.Deploy.Input;

/// <summary>The keys of <c>deploy.yml</c>; what is in them is merged before it is bound.</summary>
internal sealed record DeploySettings
{
    /// <summary>Settings of all environments.</summary>
    [Setting("base", "Settings that all environments have unless they say something else.")]
    public RecipeNode? Base { get; init; }

    /// <summary>Settings of each environment.</summary>
    [Setting("environments", "The environments by name, each with what it has beyond base; null removes what base gives.")]
    public required IReadOnlyDictionary<string, RecipeNode> Environments { get; init; }
}
