using Discovery.Ingestion.Recipes;

namespace Discovery.Ingestion.Worker.Commands;

/// <summary>Loads a recipe named on the command line and prints what is wrong with it.</summary>
internal static class RecipeProblems
{
    /// <summary>Loads the recipe named last and prints its errors and warnings.</summary>
    public static LoadedRecipe LoadAndPrint(string path, SecretMasker secrets)
    {
        var loaded = new RecipeLoader { Secrets = secrets }.Load(path);
        foreach (var problem in loaded.Problems)
        {
            Console.Error.WriteLine(problem);
        }
        return loaded;
    }
}
