namespace Discovery.Ingestion.Sources.MySql;

/// <summary>Which tables and views the recipe keeps.</summary>
internal sealed class TableFilter(MySqlSourceConfig config)
{
    /// <summary>Whether the recipe keeps a table or view. A recipe without <c>view_pattern</c> filters views by <c>table_pattern</c>.</summary>
    public bool Keeps(TableKind kind, string schema, string name, out bool isView)
    {
        isView = kind is TableKind.View or TableKind.SystemView;
        var (included, pattern) = isView ? (config.IncludeViews, config.ViewPattern ?? config.TablePattern) : (config.IncludeTables, config.TablePattern);
        return kind != TableKind.Other && included && pattern.Allows($"{schema}.{name}");
    }
}
