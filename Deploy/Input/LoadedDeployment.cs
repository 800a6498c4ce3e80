using Discovery.Ingestion.Recipes;

namespace Discovery.Deploy.Input;

/// <summary>What came of reading a <c>deploy.yml</c>.</summary>
/// <param name="Environments">The environments in written order; none where there is an error.</param>
/// <param name="Problems">Errors and warnings of the file and of its recipes, by file and place; print each with its own <c>ToString</c>.</param>
public sealed record LoadedDeployment(IReadOnlyList<DeployEnvironment> Environments, IReadOnlyList<RecipeProblem> Problems);
