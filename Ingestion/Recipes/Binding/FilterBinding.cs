using Discovery.Ingestion.Recipes.Filters;

namespace Discovery.Ingestion.Recipes.Binding;

/// <summary>What a recipe writes for an <see cref="AllowDenyPattern"/>.</summary>
internal sealed record FilterBinding
{
    [Setting("allow", "Regular expressions of which one must match the start of the name.")]
    public IReadOnlyList<string> Allow { get; init; } = [".*"];

    [Setting("deny", "Regular expressions of which none may match the start of the name.")]
    public IReadOnlyList<string> Deny { get; init; } = [];

    [Setting("ignoreCase", "Whether upper and lower case are the same.")]
    public bool? IgnoreCase { get; init; } = true;

    /// <summary>Makes the filter; each bad expression is reported where it stands.</summary>
    public AllowDenyPattern? ToFilter(RecipeMapping written, ProblemList problems)
    {
        var before = problems.ErrorCount;
        foreach (var item in written.Entries.Where(entry => entry.Key is "allow" or "deny").Select(entry => entry.Value).OfType<RecipeList>().SelectMany(list => list.Items).OfType<RecipeScalar>())
        {
            if (item.Value is string pattern && Fault(pattern) is { } fault)
            {
                problems.Error(item.Position, fault);
            }
        }
        return problems.ErrorCount == before ? new AllowDenyPattern(Allow, Deny, IgnoreCase ?? false) : null;
    }

    private string? Fault(string pattern)
    {
        try
        {
            _ = new PythonRegex(pattern, IgnoreCase ?? false);
            return null;
        }
        catch (FormatException fault)
        {
            // "*_tmp" is how a shell names files; a regular expression says ".*_tmp".
            var hint = pattern.StartsWith('*') || pattern.StartsWith('?') ? $"; to match any text first, write '.{pattern}'" : "";
            return fault.Message + hint;
        }
    }
}
