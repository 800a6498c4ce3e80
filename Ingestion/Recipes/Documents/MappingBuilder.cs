namespace Discovery.Ingestion.Recipes.Documents;

/// <summary>Collects the entries of a mapping. Of a key that is given twice the last value counts, with a warning.</summary>
internal sealed class MappingBuilder(ProblemList problems)
{
    private readonly List<RecipeEntry> _entries = [];
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);

    public void Add(RecipeEntry entry)
    {
        if (!_indexes.TryGetValue(entry.Key, out var index))
        {
            _indexes.Add(entry.Key, _entries.Count);
            _entries.Add(entry);
            return;
        }
        problems.Warning(entry.KeyPosition, $"'{entry.Key}' is given a second time (first in line {_entries[index].KeyPosition.Line}); this last value counts, remove the other");
        _entries[index] = entry;
    }

    /// <summary>Adds what YAML's merge key brings: only keys that the mapping does not have.</summary>
    public void AddMissing(RecipeMapping merged)
    {
        foreach (var entry in merged.Entries)
        {
            if (_indexes.TryAdd(entry.Key, _entries.Count))
            {
                _entries.Add(entry);
            }
        }
    }

    public RecipeMapping Build(RecipePosition position) => RecipeLimits.Checked(new RecipeMapping(position, _entries));
}
