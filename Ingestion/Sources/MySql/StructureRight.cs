namespace Discovery.Ingestion.Sources.MySql;

/// <summary>
/// Of which databases and tables the account sees everything, by the grants that it holds. The server leaves out what an
/// account has no right on without a word, so a part looks like the whole.
/// </summary>
/// <remarks>A grant through a role is not listed by the server.</remarks>
internal sealed class StructureRight
{
    // The rights that show columns; each of them can be granted on a single column too.
    private static readonly HashSet<string> Shows = ["SELECT", "INSERT", "UPDATE", "REFERENCES"];

    private readonly GrantScope _granted = new();
    private readonly HashSet<(string Schema, string Table)> _columnsOf = [];

    /// <summary>Adds one row of <see cref="InformationSchema.Grants"/>.</summary>
    public void Add(string? schemaPattern, string? table, string right, bool onColumn)
    {
        if (!Shows.Contains(right))
        {
            return;
        }
        if (onColumn)
        {
            _columnsOf.Add((schemaPattern!, table!));
        }
        else
        {
            _granted.Add(schemaPattern, table);
        }
    }

    /// <summary>Whether every table of a database is visible. What the server shows of itself is always shown whole.</summary>
    public bool SeesWhole(string schema) => schema is "information_schema" or "performance_schema" || _granted.Covers(schema);

    /// <summary>Whether only some columns of a table may be visible.</summary>
    public bool SeesSomeColumnsOf(string schema, string table) =>
        _columnsOf.Contains((schema, table)) && !_granted.Covers(schema, table) && !SeesWhole(schema);
}
