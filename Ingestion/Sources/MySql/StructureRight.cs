using Discovery.Ingestion.Reports;

namespace Discovery.Ingestion.Sources.MySql;

/// <summary>
/// Of which databases and tables the account sees everything. The server leaves out what an account has no right on
/// without a word, so a part looks like the whole.
/// </summary>
internal sealed class StructureRight(AccountGrants grants)
{
    /// <summary>Whether only some columns of a table may be visible.</summary>
    public bool SeesSomeColumnsOf(string schema, string table) =>
        (grants.OnColumns(schema, table) & MySqlRights.Structure) != MySqlRights.None && (grants.On(schema, table) & MySqlRights.Structure) == MySqlRights.None;

    /// <summary>How much of a visible database the account sees.</summary>
    public DatabaseVisibility Of(string schema)
    {
        if ((grants.On(schema) & MySqlRights.Structure) != MySqlRights.None)
        {
            return DatabaseVisibility.Complete;
        }
        if (!grants.Explains(schema))
        {
            return DatabaseVisibility.Unknown;
        }
        var tables = grants.TablesOf(schema).ToList();
        return tables.Exists(table => SeesSomeColumnsOf(schema, table)) ? DatabaseVisibility.SomeColumns
            : tables.Exists(table => (grants.On(schema, table) & MySqlRights.Structure) != MySqlRights.None) ? DatabaseVisibility.SomeTables
            : DatabaseVisibility.None;
    }
}
