namespace Discovery.Ingestion.Sources.MySql.ViewText;

/// <summary>Something that a FROM clause reads.</summary>
internal abstract class Relation;

/// <summary>A table or view of the server.</summary>
internal sealed class BaseTable(TableName name) : Relation
{
    /// <summary>Its name.</summary>
    public TableName Name { get; } = name;
}

/// <summary>A table made from a value: <c>JSON_TABLE(`t`.`doc`, ..)</c>. Each of its columns comes from that value.</summary>
internal sealed class ValueTable(OutputColumn value) : Relation
{
    /// <summary>The value.</summary>
    public OutputColumn Value { get; } = value;
}

/// <summary>A query: a derived table, a common table expression, a sub-query in an expression, the view itself.</summary>
internal sealed class Query : Relation
{
    private Dictionary<string, int>? _positions;

    /// <summary>The selects that UNION and its like put together: at least one. Null stands for VALUES, whose columns come from no table.</summary>
    public List<IReadOnlyList<OutputColumn>?> Branches { get; } = [];

    /// <summary>Names given from outside, <c>with `q` (`a`,`b`) as ..</c>; null when the first select names the columns.</summary>
    public IReadOnlyList<string>? ColumnNames { get; set; }

    /// <summary>Finds a column by its name, one of each branch.</summary>
    /// <returns>False when there is no such column, or a branch does not have as many.</returns>
    public bool TryFind(string name, ICollection<OutputColumn> found)
    {
        if (_positions is null)
        {
            _positions = new(StringComparer.OrdinalIgnoreCase);
            var names = ColumnNames ?? Branches[0]?.Select(column => column.Name) ?? [];
            foreach (var (position, columnName) in names.Index())
            {
                _positions.TryAdd(columnName, position);
            }
        }
        if (!_positions.TryGetValue(name, out var index))
        {
            return Branches.TrueForAll(branch => branch is null);
        }
        foreach (var branch in Branches)
        {
            if (branch is not null)
            {
                if (index >= branch.Count)
                {
                    return false;
                }
                found.Add(branch[index]);
            }
        }
        return true;
    }
}
