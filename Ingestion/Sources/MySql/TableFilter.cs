namespace Discovery.Ingestion.Sources.MySql;

/// <summary>Which tables, views and procedures the recipe keeps.</summary>
internal sealed class TableFilter(MySqlSourceConfig config)
{
    /// <summary>Whether the recipe keeps a table or view.</summary>
    public bool Keeps(TableKind kind, string schema, string name, out bool isView)
    {
        isView = kind is TableKind.View or TableKind.SystemView;
        var (included, pattern) = isView ? (config.IncludeViews, config.ViewFilter) : (config.IncludeTables, config.TablePattern);
        return kind != TableKind.Other && included && pattern.Allows($"{schema}.{name}");
    }

    /// <summary>Whether the recipe keeps a stored procedure.</summary>
    public bool KeepsProcedure(string schema, string name) => config.ProcedurePattern.Allows($"{schema}.{name}");
}
