namespace Discovery.Ingestion.Sources.MySql.ViewText;

/// <summary>Follows the columns of a query down to columns of tables.</summary>
internal sealed class ColumnSources(SqlTokens tokens)
{
    /// <summary>Steps for one view. Real views need some thousands; a text of 1 MB can be made that asks for 10¹⁰.</summary>
    private const int MostSteps = 1_000_000;

    /// <summary>Of all columns of one view; one long expression of a derived table may make thousands of them.</summary>
    private const int MostExpressionCharacters = 4_000_000;

    private readonly Dictionary<OutputColumn, Origins> _origins = [];
    private int _steps;
    private int _expressionCharacters;

    /// <summary>The columns that have sources.</summary>
    /// <exception cref="ViewTextException">A name means nothing, or the view asks for too much.</exception>
    public List<ColumnLineage> Of(Query query, IReadOnlyList<string> columnNames)
    {
        var lineages = new List<ColumnLineage>();
        var branches = query.Branches.OfType<IReadOnlyList<OutputColumn>>().ToList();
        foreach (var branch in branches.Where(branch => branch.Count != columnNames.Count))
        {
            throw new ViewTextException($"{branch.Count} select items for {columnNames.Count} columns");
        }
        for (var i = 0; i < columnNames.Count && branches.Count > 0; i++)
        {
            var sources = Reach(branches.Select(branch => branch[i]));
            if (sources.Count > 0)
            {
                var (isCopy, item) = query.Branches.Count > 1 ? (false, branches[0][i]) : Maker(branches[0][i]);
                lineages.Add(new(columnNames[i], isCopy, Expression(item), sources));
            }
        }
        return lineages;
    }

    private string Expression(OutputColumn item)
    {
        var text = tokens.Text[item.Expression];
        _expressionCharacters += text.Length;
        return _expressionCharacters <= MostExpressionCharacters ? text : throw new ViewTextException($"more than {MostExpressionCharacters} characters of expressions");
    }

    private IReadOnlyList<SourceColumn> Reach(IEnumerable<OutputColumn> start)
    {
        var (waiting, seen, found) = (new Stack<OutputColumn>(start), new HashSet<OutputColumn>(), new HashSet<SourceColumn>());
        while (waiting.TryPop(out var column))
        {
            if (!seen.Add(column))
            {
                continue;
            }
            var origins = Resolve(column);
            Spend(1 + origins.Tables.Count + origins.Columns.Count);
            found.UnionWith(origins.Tables);
            origins.Columns.ForEach(waiting.Push);
        }
        return [.. found.OrderBy(source => source.Table.Schema, NameOrder.Instance).ThenBy(source => source.Table.Table, NameOrder.Instance).ThenBy(source => source.Column, NameOrder.Instance)];
    }

    /// <summary>The item that makes a value: a plain column of a derived table is followed to the item inside, unless that is one of a union.</summary>
    private (bool IsCopy, OutputColumn Item) Maker(OutputColumn column)
    {
        var seen = new HashSet<OutputColumn>();
        while (column.IsPlain && seen.Add(column))
        {
            var origins = Resolve(column);
            if (origins.Columns.Count != 1)
            {
                return (origins.Columns.Count == 0, column);
            }
            column = origins.Columns[0];
        }
        return (false, column);
    }

    private Origins Resolve(OutputColumn column)
    {
        if (_origins.TryGetValue(column, out var origins))
        {
            return origins;
        }
        if (column.NotFollowed is { } token)
        {
            throw tokens.Fault(token);
        }
        origins = new([], []);
        foreach (var reference in column.References)
        {
            var before = origins.Columns.Count;
            Resolve(reference, column, origins);
            // Each may be of a union of thousands.
            Spend(origins.Columns.Count - before);
        }
        foreach (var branch in column.Queries.SelectMany(query => query.Branches))
        {
            origins.Columns.AddRange(branch ?? []);
        }
        _origins.Add(column, origins);
        return origins;
    }

    private void Resolve(ColumnReference reference, OutputColumn column, Origins origins)
    {
        for (var scope = column.Scope; scope is not null; scope = scope.Outer)
        {
            if (reference.Table is null)
            {
                if (scope.FindItem(reference.Column) is { } item && item != column)
                {
                    origins.Columns.Add(item);
                    return;
                }
                continue;
            }
            switch (scope.Find(reference.Schema, reference.Table))
            {
                case BaseTable table:
                    origins.Tables.Add(new(table.Name, reference.Column));
                    return;
                case ValueTable table:
                    origins.Columns.Add(table.Value);
                    return;
                case Query query when query.TryFind(reference.Column, origins.Columns):
                    return;
                case Query:
                    throw tokens.Fault(reference.Token);
            }
        }
        throw tokens.Fault(reference.Token);
    }

    private void Spend(int steps)
    {
        _steps += steps;
        if (_steps > MostSteps)
        {
            throw new ViewTextException($"more than {MostSteps} steps between columns");
        }
    }

    private sealed record Origins(List<SourceColumn> Tables, List<OutputColumn> Columns);
}
