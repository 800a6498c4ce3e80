namespace Discovery.Ingestion.Sources.MySql;

/// <summary>Which tables and views the recipe keeps.</summary>
internal sealed class TableFilter(MySqlSourceConfig config)
{
    /// <summary>Whether the recipe keeps a table or view.</summary>
    public bool Keeps(TableKind kind, string schema, string name, out bool isView)
    {
        isView = kind is TableKind.View or TableKind.SystemView;
        var (included, pattern) = isView ? (config.IncludeViews, config.ViewFilter) : (config.IncludeTables, config.TablePattern);
        return kind != TableKind.Other && included && pattern.Allows($"{schema}.{name}");
    }
}
