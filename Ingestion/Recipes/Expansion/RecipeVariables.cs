namespace Discovery.Ingestion.Recipes.Expansion;

/// <summary>A variable that a text of a recipe asks for.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Position">Where the text begins.</param>
/// <param name="IsRequired">Whether the text can do without it, as <c>${NAME:-default}</c> can.</param>
public sealed record RecipeVariable(string Name, RecipePosition Position, bool IsRequired);

/// <summary>Finds the variables of a recipe without resolving them.</summary>
public static class RecipeVariables
{
    /// <summary>The variables in written order, for each text each once; none in a text that is malformed.</summary>
    public static IEnumerable<RecipeVariable> Of(RecipeNode node) => node switch
    {
        RecipeMapping mapping => mapping.Entries.SelectMany(entry => Of(entry.Value)),
        RecipeList list => list.Items.SelectMany(Of),
        RecipeScalar { Value: string text } => Of(text).Select(name => new RecipeVariable(name, node.Position, IsRequired(text, name))),
        _ => [],
    };

    private static List<string> Of(string text)
    {
        var known = new KnownVariables(_ => true);
        try
        {
            RecipeExpansion.Expand(text, known);
        }
        catch (VariableException)
        {
            return [];
        }
        return [.. known.Asked.Where(name => name != "$").Distinct(StringComparer.Ordinal)];
    }

    // A bare $NAME that is not set stays as it is written, which nobody means who puts a recipe elsewhere.
    private static bool IsRequired(string text, string name)
    {
        var known = new KnownVariables(other => other != name);
        try
        {
            return RecipeExpansion.Expand(text, known) == text;
        }
        catch (VariableException)
        {
            return true;
        }
    }

    private sealed class KnownVariables(Func<string, bool> isSet) : IVariables
    {
        private readonly HashSet<string> _own = new(StringComparer.Ordinal);

        public List<string> Asked { get; } = [];

        public string? Get(string name)
        {
            Asked.Add(name);
            return isSet(name) || _own.Contains(name) ? "value" : null;
        }

        public void Set(string name, string value) => _own.Add(name);
    }
}
