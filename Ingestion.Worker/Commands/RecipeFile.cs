using Discovery.Ingestion.Recipes;

namespace Discovery.Ingestion.Worker.Commands;

/// <summary>Loads a recipe named on the command line and says what is wrong with it.</summary>
internal static class RecipeFile
{
    /// <summary>The recipe, or null after all its faults were printed.</summary>
    public static Recipe? Load(string path, SecretMasker secrets)
    {
        var loaded = RecipeLoader.Load(path, secrets);
        foreach (var problem in loaded.Problems)
        {
            Console.Error.WriteLine(problem);
        }
        return loaded.Recipe;
    }
}
