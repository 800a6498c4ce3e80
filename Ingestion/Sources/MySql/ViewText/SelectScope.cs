namespace Discovery.Ingestion.Sources.MySql.ViewText;

/// <summary>What the names in one SELECT mean.</summary>
/// <param name="outer">The select around it whose columns it may name; null for none.</param>
/// <param name="schema">The view's own database.</param>
internal sealed class SelectScope(SelectScope? outer, string schema)
{
    private readonly Dictionary<string, Relation> _byAlias = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Schema, string Alias), BaseTable> _bySchemaAndAlias = [];
    private Dictionary<string, OutputColumn>? _items;

    /// <summary>The select around it.</summary>
    public SelectScope? Outer { get; } = outer;

    /// <summary>Its select list.</summary>
    public List<OutputColumn> Items { get; } = [];

    /// <summary>Adds a query or a value that FROM reads.</summary>
    public void Add(string alias, Relation relation) => _byAlias[alias] = relation;

    /// <summary>Adds a table that FROM reads.</summary>
    /// <param name="alias">Its alias, or its own name.</param>
    /// <param name="table">The table.</param>
    public void Add(string alias, BaseTable table)
    {
        // `a`.`t` and `b`.`t` may stand side by side; then `t`.`c` is a column of the own database's table.
        _bySchemaAndAlias[(table.Name.Schema, alias)] = table;
        if (table.Name.Schema == schema || !_byAlias.ContainsKey(alias))
        {
            _byAlias[alias] = table;
        }
    }

    /// <summary>What a reference with a table part means here; null when nothing here has that name.</summary>
    /// <param name="referencedSchema">The table's database, null when the reference does not say it.</param>
    /// <param name="alias">Alias or name of the table.</param>
    public Relation? Find(string? referencedSchema, string alias) => referencedSchema is null
        ? _byAlias.GetValueOrDefault(alias)
        : _bySchemaAndAlias.GetValueOrDefault((referencedSchema, alias));

    /// <summary>The select item with an alias; null when there is none.</summary>
    public OutputColumn? FindItem(string alias)
    {
        if (_items is null)
        {
            _items = new(StringComparer.OrdinalIgnoreCase);
            foreach (var item in Items)
            {
                _items.TryAdd(item.Name, item);
            }
        }
        return _items.GetValueOrDefault(alias);
    }
}
