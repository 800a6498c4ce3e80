namespace Discovery.Ingestion.Sources.MySql;

/// <summary>
/// What an account may, by <c>SHOW GRANTS</c>: every server shows it to every account, with what its active roles and
/// PUBLIC give. The lines may hold a hash of the password, so none goes into a message.
/// </summary>
internal sealed class AccountGrants
{
    private readonly Dictionary<GrantHolder, SchemaGrants> _schemas;
    private readonly Dictionary<string, Dictionary<string, (MySqlRights Table, MySqlRights Columns)>> _tables;
    private readonly Dictionary<string, MySqlRights> _revoked;
    private readonly HashSet<string> _mentioned;
    private readonly Dictionary<string, MySqlRights> _onSchema;

    /// <summary>Reads the lines of <c>SHOW GRANTS</c>.</summary>
    public AccountGrants(IEnumerable<string> lines, GrantMatching matching)
    {
        Matching = matching;
        (_tables, _revoked, _mentioned, _onSchema) = (new(matching.Names), new(matching.Names), new(matching.Names), new(matching.Names));
        var statements = lines.Select(GrantStatement.Parse).OfType<GrantStatement>().ToList();
        _schemas = Enum.GetValues<GrantHolder>().ToDictionary(holder => holder, holder => new SchemaGrants(
            statements.Where(statement => statement is { Level: GrantLevel.Schema, IsRevoke: false } && statement.Holder == holder).Select(statement => (statement.Schema, statement.Rights)),
            matching));
        foreach (var statement in statements)
        {
            Add(statement);
        }
    }

    /// <summary>How the server finds the grants that count.</summary>
    public GrantMatching Matching { get; }

    /// <summary>Rights on everything, partial revokes apart.</summary>
    public MySqlRights Global { get; private set; }

    /// <summary>Rights on a whole database. What the server shows of itself is shown to everybody.</summary>
    public MySqlRights On(string schema)
    {
        if (InformationSchema.IsShownToAll(schema))
        {
            return MySqlRights.Structure | Global;
        }
        if (!_onSchema.TryGetValue(schema, out var rights))
        {
            rights = _schemas.Values.Aggregate(Global & ~Revoked(schema), (rights, grants) => rights | grants.On(schema));
            _onSchema.Add(schema, rights);
        }
        return rights;
    }

    /// <summary>Rights on a table or view, be it with its database or with everything.</summary>
    public MySqlRights On(string schema, string table) => On(schema) | RightsOnTable(schema, table).Table;

    /// <summary>Rights on some columns of a table that the account does not have on the whole of it.</summary>
    public MySqlRights OnColumns(string schema, string table) => RightsOnTable(schema, table).Columns & ~On(schema, table);

    /// <summary>The tables of a database on which the account has rights of their own, or on their columns.</summary>
    public IEnumerable<string> TablesOf(string schema) => _tables.TryGetValue(schema, out var tables) ? tables.Keys : [];

    /// <summary>The global rights that a partial revoke takes away on a database.</summary>
    public MySqlRights Revoked(string schema) => _revoked.GetValueOrDefault(schema);

    /// <summary>The account's grants that count for a database; each needs a right for it to count there.</summary>
    public IReadOnlyList<SchemaGrant> Deciding(string schema) => _schemas[GrantHolder.Account].Deciding(schema);

    /// <summary>
    /// Whether some grant explains that a database is visible. Grants to the anonymous account, and to the same name at another
    /// host, count for an account and are not listed by the server.
    /// </summary>
    public bool Explains(string schema) =>
        ((Global | On(schema)) & MySqlRights.ShowsDatabase) != MySqlRights.None || _mentioned.Contains(schema) || _schemas.Values.Any(grants => grants.Deciding(schema).Count > 0);

    private void Add(GrantStatement statement)
    {
        switch (statement.Level)
        {
            case GrantLevel.Global:
                Global |= statement.Rights;
                break;
            case GrantLevel.Schema when statement.IsRevoke:
                _revoked[statement.Schema] = Revoked(statement.Schema) | statement.Rights;
                break;
            case GrantLevel.Table:
                if (!_tables.TryGetValue(statement.Schema, out var tables))
                {
                    _tables.Add(statement.Schema, tables = new(Matching.Names));
                }
                var (table, columns) = tables.GetValueOrDefault(statement.Table);
                tables[statement.Table] = (table | statement.Rights, columns | statement.ColumnRights);
                _mentioned.Add(statement.Schema);
                break;
            case GrantLevel.Routine:
                _mentioned.Add(statement.Schema);
                break;
        }
    }

    private (MySqlRights Table, MySqlRights Columns) RightsOnTable(string schema, string table) =>
        _tables.TryGetValue(schema, out var tables) ? tables.GetValueOrDefault(table) : default;
}
