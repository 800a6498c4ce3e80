namespace Discovery.Ingestion.Sources.MySql.ViewText;

/// <summary>
/// Reads queries: WITH, set operators, SELECT. Expressions are only searched for columns and sub-queries, so their
/// grammar needs not be known; what joins tables is read strictly, so that no word is taken for a table.
/// </summary>
internal sealed partial class QueryReader(SqlTokens tokens, string schema)
{
    /// <summary>Queries and joins in parentheses inside each other. The servers allow 63 and 61.</summary>
    private const int DeepestNesting = 256;

    private readonly HashSet<TableName> _tables = [];
    private int _nesting;

    /// <summary>Tables and views that were read so far.</summary>
    public IReadOnlyCollection<TableName> Tables => _tables;

    /// <summary>Reads the query between two tokens.</summary>
    /// <exception cref="ViewTextException">The text cannot be followed.</exception>
    public Query Read(int start, int end) => ReadQuery(start, end, new(), null, null);

    private Query ReadQuery(int start, int end, Query query, SelectScope? outer, CommonTables? common)
    {
        Enter(start);
        var i = start;
        if (tokens[i].Word == SqlWord.With)
        {
            (i, common) = ReadCommonTables(i + 1, end, outer, common);
        }
        i = ReadOperand(i, end, query, outer, common);
        while (i < end && IsSetOperator(tokens[i].Word))
        {
            i += tokens[i + 1].Word is SqlWord.All or SqlWord.Distinct ? 2 : 1;
            i = ReadOperand(i, end, query, outer, common);
        }
        if (i < end)
        {
            // (select ..) order by 1 limit 3
            i = IsClause(i) ? Search(i, end, outer, common, null, Stop.AtEnd) : throw tokens.Fault(i);
        }
        _nesting--;
        return query;
    }

    private int ReadOperand(int i, int end, Query query, SelectScope? outer, CommonTables? common)
    {
        if (i >= end)
        {
            throw tokens.Fault(end);
        }
        var token = tokens[i];
        if (token.Kind == SqlTokenKind.Open)
        {
            var inner = ReadQuery(i + 1, token.Match, new(), outer, common);
            query.Branches.AddRange(inner.Branches);
            return token.Match + 1;
        }
        if (token.Word == SqlWord.Values)
        {
            query.Branches.Add(null);
            return Search(i + 1, end, outer, common, null, Stop.AtSetOperator);
        }
        return token.Word == SqlWord.Select ? ReadSelect(i + 1, end, query, outer, common) : throw tokens.Fault(i);
    }

    private int ReadSelect(int i, int end, Query query, SelectScope? outer, CommonTables? common)
    {
        while (IsModifier(tokens[i].Word))
        {
            i++;
        }
        var scope = new SelectScope(outer, schema);
        i = ReadItem(i, end, scope, common);
        while (i < end && tokens[i].Kind == SqlTokenKind.Comma)
        {
            i = ReadItem(i + 1, end, scope, common);
        }
        query.Branches.Add(scope.Items);
        if (i < end && tokens[i].Word == SqlWord.From)
        {
            i = ReadFrom(i + 1, end, scope, common);
        }
        return i == end || IsSetOperator(tokens[i].Word) || IsClause(i)
            ? Search(i, end, scope, common, null, Stop.AtSetOperator)
            : throw tokens.Fault(i);
    }

    /// <summary>with recursive `a` (`x`,`y`) as (select ..), b as (..)</summary>
    private (int Next, CommonTables Common) ReadCommonTables(int i, int end, SelectScope? outer, CommonTables? common)
    {
        var isRecursive = tokens[i].Word == SqlWord.Recursive;
        i += isRecursive ? 1 : 0;
        var tables = new CommonTables(common);
        var bodies = new List<(string Name, bool IsQuoted, Query Query, int Open)>();
        while (true)
        {
            var isQuoted = tokens[i].Kind == SqlTokenKind.Name;
            var name = isQuoted || tokens[i].Kind == SqlTokenKind.Word ? tokens.NameAt(i++) : throw tokens.Fault(i);
            var query = new Query();
            (i, query.ColumnNames) = ReadColumnNames(i);
            i = tokens[i].Word == SqlWord.As && tokens[i + 1].Kind == SqlTokenKind.Open ? i + 1 : throw tokens.Fault(i);
            bodies.Add((name, isQuoted, query, i));
            i = tokens[i].Match + 1;
            if (tokens[i].Word == SqlWord.Cycle)
            {
                // CYCLE `a`,`b` RESTRICT
                while (i < end && tokens[i].Word != SqlWord.Restrict)
                {
                    i++;
                }
                i++;
            }
            if (i >= end)
            {
                throw tokens.Fault(end);
            }
            if (tokens[i].Kind != SqlTokenKind.Comma)
            {
                break;
            }
            i++;
        }
        if (isRecursive)
        {
            bodies.ForEach(body => tables.Add(body.Name, body.Query, body.IsQuoted));
        }
        foreach (var (name, isQuoted, query, open) in bodies)
        {
            ReadQuery(open + 1, tokens[open].Match, query, outer, tables);
            tables.Add(name, query, isQuoted);
        }
        return (i, tables);
    }

    /// <summary>(`a`,`b`) after the name of a common table expression or a derived table.</summary>
    private (int Next, IReadOnlyList<string>? Names) ReadColumnNames(int i)
    {
        if (tokens[i].Kind != SqlTokenKind.Open)
        {
            return (i, null);
        }
        var names = new List<string>();
        for (var name = i + 1; name < tokens[i].Match; name++)
        {
            if (tokens[name].Kind != SqlTokenKind.Comma)
            {
                names.Add(tokens.NameAt(name));
            }
        }
        return (tokens[i].Match + 1, names);
    }

    private void Enter(int token)
    {
        if (++_nesting > DeepestNesting)
        {
            throw new ViewTextException($"nested deeper than {DeepestNesting} levels, character {tokens[token].Start + 1}");
        }
    }

    private static bool IsSetOperator(SqlWord word) => word is SqlWord.Union or SqlWord.Intersect or SqlWord.Except;

    /// <summary>Whether a word begins what follows FROM; GROUP in percentile_cont(0.5) within group (order by ..) does not.</summary>
    private bool IsClause(int i) => tokens[i].Word switch
    {
        SqlWord.Group => tokens[i + 1].Kind != SqlTokenKind.Open,
        SqlWord.Where or SqlWord.Having or SqlWord.Window or SqlWord.Qualify or SqlWord.Order or SqlWord.Limit or SqlWord.Offset or SqlWord.Fetch
            or SqlWord.For or SqlWord.Lock or SqlWord.Into or SqlWord.Procedure => true,
        _ => false,
    };

    private static bool IsModifier(SqlWord word) => word is SqlWord.All or SqlWord.Distinct or SqlWord.DistinctRow or SqlWord.High_Priority or SqlWord.Straight_Join
        or SqlWord.Sql_Small_Result or SqlWord.Sql_Big_Result or SqlWord.Sql_Buffer_Result or SqlWord.Sql_Cache or SqlWord.Sql_No_Cache or SqlWord.Sql_Calc_Found_Rows;
}
