using Discovery.Ingestion.Recipes;

namespace Discovery.Deploy.Input;

/// <summary>Puts what an environment says over what <c>base</c> says; each value keeps its place in the file.</summary>
internal static class EnvironmentMerge
{
    /// <summary>Mappings are merged key by key, null removes a key that is below, and everything else replaces.</summary>
    public static RecipeMapping Merge(RecipeMapping below, RecipeMapping above)
    {
        var entries = new List<RecipeEntry>();
        foreach (var entry in below.Entries)
        {
            if (!above.TryGet(entry.Key, out var over))
            {
                entries.Add(entry);
            }
            else if (over.Value is not RecipeScalar { Value: null })
            {
                entries.Add(entry.Value is RecipeMapping lower && over.Value is RecipeMapping upper ? over with { Value = Merge(lower, upper) } : over);
            }
        }
        entries.AddRange(above.Entries.Where(entry => !below.TryGet(entry.Key, out _)));
        return new RecipeMapping(above.Position, entries);
    }
}
