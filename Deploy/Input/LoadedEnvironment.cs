using Discovery.Ingestion.Recipes;
using Discovery.Ingestion.Recipes.Binding;

namespace Discovery.Deploy.Input;

/// <summary>What came of one environment of <c>deploy.yml</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Document">Its settings as they were written, merged.</param>
/// <param name="Environment">The environment; null where its settings are faulty.</param>
/// <param name="Problems">What is wrong with it and its recipes.</param>
internal sealed record LoadedEnvironment(string Name, RecipeMapping Document, DeployEnvironment? Environment, IReadOnlyList<RecipeProblem> Problems)
{
    /// <summary>Binds and checks an environment.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="name">Name of the environment.</param>
    /// <param name="document">Its settings, merged.</param>
    /// <param name="folders">Folders of recipes.</param>
    /// <param name="secrets">Masks messages.</param>
    public static LoadedEnvironment Load(string path, string name, RecipeMapping document, RecipeFolders folders, SecretMasker secrets)
    {
        var problems = new ProblemList();
        var config = (EnvironmentConfig)new ConfigBinder(problems, secrets, document: "an environment").Bind(typeof(EnvironmentConfig), document, "");
        if (problems.ErrorCount > 0)
        {
            return new LoadedEnvironment(name, document, null, problems.ToList(path, secrets));
        }
        foreach (var variable in config.Discovery.Variables.Where(variable => variable.Value.Value is not null && LiteralSecrets.IsSecretName(variable.Key)))
        {
            problems.Error(
                ConfigBinder.Locate(document, $"discovery.variables.{variable.Key}.value"),
                $"'discovery.variables.{variable.Key}' is a secret by its name, and a value here goes to Git: give the name of a 'secret', or another name to what is none");
        }
        var (recipes, faults) = EnvironmentRecipes.Load(config, document, folders, problems);
        return new LoadedEnvironment(name, document, new DeployEnvironment(name, config, recipes), [.. problems.ToList(path, secrets), .. faults]);
    }
}
