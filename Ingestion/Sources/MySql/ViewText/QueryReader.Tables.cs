namespace Discovery.Ingestion.Sources.MySql.ViewText;

/// <content>What stands after FROM.</content>
internal sealed partial class QueryReader
{
    /// <summary>`a` join (`b` left join `c` on(..)) on(..), (select ..) `d`</summary>
    /// <returns>The token behind.</returns>
    private int ReadFrom(int i, int end, SelectScope scope, CommonTables? common)
    {
        var wantsTable = true;
        while (i < end)
        {
            var token = tokens[i];
            if (token.Kind == SqlTokenKind.Comma || IsJoin(i))
            {
                wantsTable = true;
                i++;
            }
            else if (wantsTable)
            {
                i = ReadTableReference(i, end, scope, common);
                wantsTable = false;
            }
            else if (token.Word == SqlWord.On)
            {
                i = Search(i + 1, end, scope, common, null, Stop.AtJoin);
            }
            else if (token.Word == SqlWord.Using && tokens[i + 1].Kind == SqlTokenKind.Open)
            {
                i = tokens[i + 1].Match + 1;
            }
            else
            {
                break;
            }
        }
        return wantsTable ? throw tokens.Fault(i) : i;
    }

    private int ReadTableReference(int i, int end, SelectScope scope, CommonTables? common)
    {
        var token = tokens[i];
        switch (token.Word)
        {
            case SqlWord.Dual:
                return i + 1;
            case SqlWord.Lateral when tokens[i + 1].HoldsQuery:
                return ReadDerivedTable(i + 1, scope, scope, common);
            case SqlWord.Json_Table when tokens[i + 1].Kind == SqlTokenKind.Open:
                return ReadJsonTable(i + 1, scope, common);
        }
        if (token.HoldsQuery)
        {
            return ReadDerivedTable(i, scope, scope.Outer, common);
        }
        if (token.Kind == SqlTokenKind.Open)
        {
            Enter(i);
            var behind = ReadFrom(i + 1, token.Match, scope, common);
            _nesting--;
            return behind == token.Match ? behind + 1 : throw tokens.Fault(behind);
        }
        return token.Kind is SqlTokenKind.Name or SqlTokenKind.Word ? ReadTable(i, end, scope, common) : throw tokens.Fault(i);
    }

    /// <summary>(select ..) `d` (`a`,`b`)</summary>
    private int ReadDerivedTable(int open, SelectScope scope, SelectScope? outer, CommonTables? common)
    {
        var query = ReadQuery(open + 1, tokens[open].Match, new(), outer, common);
        var (i, alias) = ReadAlias(tokens[open].Match + 1);
        (i, query.ColumnNames) = ReadColumnNames(i);
        scope.Add(alias ?? "", query);
        return i;
    }

    /// <summary>json_table(`t`.`doc`, '$[*]' columns (`id` for ordinality, `a` int path '$.a')) `j`</summary>
    private int ReadJsonTable(int open, SelectScope scope, CommonTables? common)
    {
        var value = new OutputColumn(scope);
        var comma = Search(open + 1, tokens[open].Match, scope, common, value, Stop.AtItemEnd);
        value.Expression = tokens[open - 1].Start..tokens[tokens[open].Match].End;
        if (tokens[comma].Kind != SqlTokenKind.Comma)
        {
            throw tokens.Fault(comma);
        }
        var (i, alias) = ReadAlias(tokens[open].Match + 1);
        scope.Add(alias ?? "", new ValueTable(value));
        return i;
    }

    /// <summary>`db`.`t` partition (`p0`) FOR SYSTEM_TIME AS OF .. `alias` USE INDEX (`i`)</summary>
    private int ReadTable(int i, int end, SelectScope scope, CommonTables? common)
    {
        var (first, second) = (tokens.NameAt(i), default(string));
        if (tokens[i + 1].Kind == SqlTokenKind.Dot)
        {
            second = tokens[i + 2].Kind is SqlTokenKind.Name or SqlTokenKind.Word ? tokens.NameAt(i + 2) : throw tokens.Fault(i + 2);
            i += 2;
        }
        i++;
        if (tokens[i].Word == SqlWord.Partition && tokens[i + 1].Kind == SqlTokenKind.Open)
        {
            i = tokens[i + 1].Match + 1;
        }
        if (tokens[i].Word == SqlWord.For && tokens[i + 1].Word == SqlWord.System_Time)
        {
            i = SkipSystemTime(i + 2, end);
        }
        (i, var alias) = ReadAlias(i);
        while (tokens[i].Word is SqlWord.Use or SqlWord.Force or SqlWord.Ignore)
        {
            i = SkipIndexHint(i + 1, end);
        }
        if (second is null && common?.Find(first) is { } query)
        {
            scope.Add(alias ?? first, query);
        }
        else
        {
            var table = second is null ? new TableName(schema, first) : new TableName(SchemaName(first), second);
            _tables.Add(table);
            scope.Add(alias ?? table.Table, new BaseTable(table));
        }
        return i;
    }

    /// <summary>The one database that texts name in any letters: from `INFORMATION_SCHEMA`.`COLUMNS`.</summary>
    private static string SchemaName(string name) => name.Equals("information_schema", StringComparison.OrdinalIgnoreCase) ? "information_schema" : name;

    private (int Next, string? Alias) ReadAlias(int i)
    {
        i += tokens[i].Word == SqlWord.As ? 1 : 0;
        return tokens[i].Kind == SqlTokenKind.Name ? (i + 1, tokens.NameAt(i)) : (i, null);
    }

    /// <summary>ALL, AS OF TIMESTAMP'2020-01-01', BETWEEN .. AND .., FROM .. TO ..: constants up to an alias, a hint or the next table.</summary>
    private int SkipSystemTime(int i, int end)
    {
        while (i < end && tokens[i].Kind is not (SqlTokenKind.Name or SqlTokenKind.Comma) && !IsJoin(i) && !IsClause(i) && !IsSetOperator(tokens[i].Word)
            && tokens[i].Word is not (SqlWord.On or SqlWord.Using or SqlWord.Use or SqlWord.Force or SqlWord.Ignore))
        {
            i = tokens[i].Kind == SqlTokenKind.Open ? tokens[i].Match + 1 : i + 1;
        }
        return i;
    }

    /// <summary>INDEX FOR ORDER BY (`i`)</summary>
    private int SkipIndexHint(int i, int end)
    {
        while (i < end && tokens[i].Kind == SqlTokenKind.Word)
        {
            i++;
        }
        return tokens[i].Kind == SqlTokenKind.Open ? tokens[i].Match + 1 : throw tokens.Fault(i);
    }

    /// <summary>Whether a word belongs to a join; LEFT(`a`,1) in a condition does not.</summary>
    private bool IsJoin(int i) => tokens[i].Word switch
    {
        SqlWord.Join or SqlWord.Inner or SqlWord.Cross or SqlWord.Natural or SqlWord.Straight_Join => true,
        SqlWord.Left or SqlWord.Right or SqlWord.Full or SqlWord.Outer => tokens[i + 1].Word is SqlWord.Join or SqlWord.Outer,
        _ => false,
    };
}
