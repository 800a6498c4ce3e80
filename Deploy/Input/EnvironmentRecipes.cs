using Discovery.Deploy.Discovery;
using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Recipes;
using Discovery.Ingestion.Recipes.Binding;

namespace Discovery.Deploy.Input;

/// <summary>The recipes of one environment, and whether it has what they ask for.</summary>
internal static class EnvironmentRecipes
{
    /// <summary>Loads the recipes.</summary>
    /// <param name="config">Settings of the environment.</param>
    /// <param name="document">The settings as they were written.</param>
    /// <param name="folders">Folders of recipes.</param>
    /// <param name="problems">Takes what is wrong with the settings.</param>
    /// <returns>The recipes, and what is wrong with them.</returns>
    public static (IReadOnlyList<DeployRecipe> Recipes, IReadOnlyList<RecipeProblem> Problems) Load(
        EnvironmentConfig config, RecipeMapping document, RecipeFolders folders, ProblemList problems)
    {
        var discovery = config.Discovery;
        var (recipes, folderProblems) = folders.Read(discovery.Recipes, discovery.Scheduling == Scheduling.ControlPlane ? new Confinement(DeployEnvironment.RecipeFiles) : null);
        var found = new List<RecipeProblem>(folderProblems);
        foreach (var recipe in recipes)
        {
            found.AddRange(Missing(recipe, discovery));
            found.AddRange(Starting(recipe, discovery));
            found.AddRange(WrittenFiles(recipe));
            found.AddRange(RecipeReach.Of(recipe, config));
        }
        if (folderProblems.Any(problem => !problem.IsWarning))
        {
            // What a recipe uses that could not be read is not known.
            return ([], found);
        }
        var used = recipes.SelectMany(recipe => recipe.Variables).Select(variable => variable.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var name in discovery.Variables.Keys.Where(name => !used.Contains(name)))
        {
            problems.Warning(ConfigBinder.Locate(document, $"discovery.variables.{name}"), $"'discovery.variables.{name}' is used by no recipe; remove it");
        }
        var deployed = recipes.Select(recipe => (recipe.File, Recipe: Supplied(recipe, discovery))).ToList();
        found.AddRange(deployed.Select(one => (one.File, Fault: RecipeConfigMaps.Problem(one.Recipe))).Where(one => one.Fault is not null).Select(one => new RecipeProblem(one.File, default, IsWarning: false, one.Fault!)));
        return ([.. deployed.Select(one => one.Recipe)], found);
    }

    private static DeployRecipe Supplied(FolderRecipe recipe, DiscoveryConfig discovery) => new(
        recipe.Name,
        Path.GetFileName(recipe.File),
        recipe.Text,
        recipe.Recipe,
        [.. recipe.Variables.Select(variable => variable.Name).Where(name => IsSupplied(name, discovery)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);

    private static bool IsSupplied(string name, DiscoveryConfig discovery) => name == VariableNames.GmsUrl || discovery.Variables.ContainsKey(name);

    private static IEnumerable<RecipeProblem> Missing(FolderRecipe recipe, DiscoveryConfig discovery) =>
        recipe.Variables.Where(variable => variable.IsRequired && !IsSupplied(variable.Name, discovery))
            .Select(variable => new RecipeProblem(
                recipe.File,
                variable.Position,
                IsWarning: false,
                VariableNames.Fault(variable.Name) is { } fault
                    ? $"the variable {variable.Name}: {fault}"
                    : $"nothing supplies the variable {variable.Name}; add it to discovery.variables, as a value or a secret"));

    private static IEnumerable<RecipeProblem> WrittenFiles(FolderRecipe recipe)
    {
        (bool IsWritten, string Key)[] files =
        [
            (recipe.Recipe.Sink.Name == "file", "sink"),
            (recipe.Recipe.FailureLog is not null, "failure_log"),
            (recipe.Recipe.ReportFiles.Count > 0, "reporting"),
        ];
        return files.Where(file => file.IsWritten).Select(file => new RecipeProblem(
            recipe.File,
            ConfigBinder.Locate(recipe.Document, file.Key),
            IsWarning: false,
            $"'{file.Key}' writes a file, and the pods that run recipes have no place where it would stay; {(file.Key == "sink" ? "write to DataHub: {type: datahub-rest, config: {server: '${DATAHUB_GMS_URL}', token: '${DATAHUB_GMS_TOKEN}'}}" : "remove it, the report and the log of a run are kept elsewhere")}"));
    }

    private static IEnumerable<RecipeProblem> Starting(FolderRecipe recipe, DiscoveryConfig discovery)
    {
        var deployment = recipe.Recipe.Deployment;
        if (discovery.Scheduling == Scheduling.ControlPlane)
        {
            var labels = discovery.Workers.SelectMany(worker => worker.Labels).Append("default").Distinct(StringComparer.Ordinal).ToList();
            if (deployment is not null && !labels.Contains(deployment.Label))
            {
                yield return new RecipeProblem(
                    recipe.File,
                    ConfigBinder.Locate(recipe.Document, "deployment.executor_id"),
                    IsWarning: false,
                    $"no group of workers has the label '{deployment.Label}', so no worker would take this recipe; there are: {string.Join(", ", labels)}. Add it to the 'labels' of a group in discovery.workers");
            }
        }
        else if (deployment?.Schedule is null)
        {
            yield return new RecipeProblem(recipe.File, default, IsWarning: true, "has no deployment.schedule, so nothing starts it: runs by hand need the scheduling control-plane");
        }
    }
}
