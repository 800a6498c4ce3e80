using Discovery.Ingestion.Recipes;

namespace Discovery.Ingestion.Sources.MySql;

/// <summary>The block <c>classification</c>: glossary terms found by looking at data. Checked here and not built.</summary>
public sealed record MySqlClassificationConfig : IValidatedConfig
{
    /// <summary>Classify columns.</summary>
    [Setting("enabled", "Classify columns by their data.")]
    public bool Enabled { get; init; }

    /// <summary>Rows looked at.</summary>
    [Setting("sample_size", "Rows to look at.")]
    public int SampleSize { get; init; } = 100;

    /// <summary>Tables classified at a time.</summary>
    [Setting("max_workers", "Tables classified at a time.")]
    public int MaxWorkers { get; init; } = 2;

    /// <summary>Which tables.</summary>
    [Setting("table_pattern", "Which tables, as database.table.")]
    public AllowDenyPattern TablePattern { get; init; } = AllowDenyPattern.AllowAll;

    /// <summary>Which columns.</summary>
    [Setting("column_pattern", "Which columns, as database.table.column.")]
    public AllowDenyPattern ColumnPattern { get; init; } = AllowDenyPattern.AllowAll;

    /// <summary>Glossary term per kind of data.</summary>
    [Setting("info_type_to_term", "Glossary term for each kind of data.")]
    public IReadOnlyDictionary<string, string> InfoTypeToTerm { get; init; } = new Dictionary<string, string>();

    /// <summary>What classifies.</summary>
    [Setting("classifiers", "What classifies: type and config of each.")]
    public IReadOnlyList<RecipeNode> Classifiers { get; init; } = [];

    /// <inheritdoc/>
    public IEnumerable<(string Key, string Message)> Validate() => [];

    /// <inheritdoc/>
    public IEnumerable<(string Key, string Message)> Warnings()
    {
        if (Enabled)
        {
            yield return ("enabled", "classification is not built; this run classifies nothing");
        }
    }
}
