namespace Discovery.Ingestion.Recipes.Documents;

/// <summary>How much a recipe may hold; far more than any that people write, and little enough to be read at once.</summary>
internal static class RecipeLimits
{
    /// <summary>Bytes of a recipe.</summary>
    public const int Bytes = 16 * 1024 * 1024;

    /// <summary>Mappings and lists inside each other.</summary>
    public const int Depth = 64;

    /// <summary>Values, those that YAML aliases repeat counted each time.</summary>
    public const int Values = 1_000_000;

    /// <summary>Refuses a list or mapping that has become too large.</summary>
    /// <exception cref="RecipeSyntaxException">It holds more than <see cref="Values"/> values.</exception>
    public static T Checked<T>(T node)
        where T : RecipeNode =>
        node.Size <= Values
            ? node
            : throw new RecipeSyntaxException(node.Position, $"holds more than {Values} values (or 100 times as many characters) once its YAML aliases are followed; a file this large is not read");

    /// <summary>Refuses nesting that is too deep.</summary>
    /// <exception cref="RecipeSyntaxException">It is deeper than <see cref="Depth"/>.</exception>
    public static void CheckDepth(int depth, RecipePosition position)
    {
        if (depth > Depth)
        {
            throw new RecipeSyntaxException(position, $"more than {Depth} mappings and lists inside each other; a file this deep is not read");
        }
    }
}
