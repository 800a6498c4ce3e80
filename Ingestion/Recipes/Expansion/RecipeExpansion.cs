using Discovery.Ingestion.Recipes.Documents;

namespace Discovery.Ingestion.Recipes.Expansion;

/// <summary>
/// Expands the variables in the values of a recipe, after it was parsed; keys are left alone and what is expanded stays text.
/// </summary>
/// <param name="variables">The variables; null where they are not known here: a text that has some is only looked at for its form.</param>
/// <param name="problems">Takes the faults.</param>
internal sealed class RecipeExpansion(IVariables? variables, ProblemList problems)
{
    // Characters that came of variables so far. A short text can bring a long one, as often as it stands there.
    private long _grown;

    public RecipeMapping Expand(RecipeMapping mapping) =>
        new(mapping.Position, [.. mapping.Entries.Select(entry => entry with { Value = Expand(entry.Value) })]);

    private RecipeNode Expand(RecipeNode node)
    {
        switch (node)
        {
            case RecipeMapping mapping:
                return Expand(mapping);
            case RecipeList list:
                return new RecipeList(list.Position, [.. list.Items.Select(Expand)]);
            case RecipeScalar { Value: string text }:
                try
                {
                    return new RecipeScalar(node.Position, variables is null ? ExpandUnknown(text) : ExpandBounded(text, variables));
                }
                catch (VariableException fault)
                {
                    problems.Error(node.Position, fault.Message);
                    return new RecipeScalar(node.Position, RecipeScalar.Unresolved);
                }
            default:
                return node;
        }
    }

    /// <summary>
    /// Expands a text if it is meant to be: <c>${...}</c> anywhere in a line makes every variable in it required; a text that only
    /// begins with <c>$</c> is left as it is when a variable is not set. Regular expressions such as <c>^orders$</c> pass untouched.
    /// </summary>
    /// <exception cref="VariableException">A required variable is not set, or the text is malformed.</exception>
    public static string Expand(string text, IVariables variables)
    {
        if (HasBraces(text))
        {
            return VariableText.Expand(text, variables);
        }
        if (!text.StartsWith('$'))
        {
            return text;
        }
        try
        {
            return VariableText.Expand(text, variables);
        }
        catch (VariableException fault) when (fault.IsUnset)
        {
            return text;
        }
    }

    /// <exception cref="VariableException">A required variable is not set, or the text is malformed, or all texts together have become too long.</exception>
    private string ExpandBounded(string text, IVariables known)
    {
        if (_grown <= RecipeLimits.Bytes)
        {
            var expanded = Expand(text, known);
            _grown += expanded.Length > text.Length ? expanded.Length : 0;
            return expanded;
        }
        throw new VariableException($"the texts of this recipe grow beyond {RecipeLimits.Bytes} characters with their variables", isUnset: false);
    }

    /// <summary>The text where it has no variable, else what stands for one.</summary>
    /// <exception cref="VariableException">The text is malformed.</exception>
    private static object ExpandUnknown(string text)
    {
        var unknown = new UnknownVariables();
        var expanded = Expand(text, unknown);
        return unknown.WereUsed ? RecipeScalar.Unresolved : expanded;
    }

    /// <summary>Whether a line holds <c>${</c>, at least one character and then <c>}</c>.</summary>
    private static bool HasBraces(string text)
    {
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range);
            var opening = line.IndexOf("${", StringComparison.Ordinal);
            if (opening >= 0 && line.LastIndexOf('}') > opening + 2)
            {
                return true;
            }
        }
        return false;
    }
}
