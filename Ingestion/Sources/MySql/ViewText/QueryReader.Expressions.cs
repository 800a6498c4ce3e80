namespace Discovery.Ingestion.Sources.MySql.ViewText;

/// <content>Expressions, searched from left to right without recursion into plain parentheses.</content>
internal sealed partial class QueryReader
{
    /// <summary>Where a search ends, beside the end of its range. Only words outside of parentheses count.</summary>
    private enum Stop
    {
        AtEnd,
        AtSetOperator,
        AtItemEnd,
        AtJoin,
    }

    private int ReadItem(int start, int end, SelectScope scope, CommonTables? common)
    {
        var item = new OutputColumn(scope);
        var i = Search(start, end, scope, common, item, Stop.AtItemEnd);
        if (i == start)
        {
            throw tokens.Fault(start);
        }
        item.Expression = tokens[start].Start..tokens[i - 1].End;
        item.IsPlain = item.References.Count == 1 && IsReference(start, i);
        if (tokens[start].Kind == SqlTokenKind.Symbol && tokens.Text[tokens[start].Start] == '*')
        {
            item.NotFollowed = start;
        }
        if (i < end && tokens[i].Word == SqlWord.As)
        {
            item.Name = tokens[i + 1].Kind == SqlTokenKind.Name ? tokens.NameAt(i + 1) : throw tokens.Fault(i + 1);
            i += 2;
        }
        else if (item.IsPlain)
        {
            item.Name = item.References[0].Column;
        }
        scope.Items.Add(item);
        return i;
    }

    private bool IsReference(int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (tokens[i].Kind is not (SqlTokenKind.Name or SqlTokenKind.Dot))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Reads the sub-queries of an expression, and into an item also the columns that the expression names.</summary>
    /// <returns>The token at which it stopped.</returns>
    private int Search(int i, int end, SelectScope? scope, CommonTables? common, OutputColumn? item, Stop stop)
    {
        var depth = 0;
        while (i < end)
        {
            var token = tokens[i];
            if (depth == 0 && Stops(i, stop))
            {
                break;
            }
            switch (token.Kind)
            {
                case SqlTokenKind.Open when token.HoldsQuery:
                    var query = ReadQuery(i + 1, token.Match, new(), scope, common);
                    item?.Queries.Add(query);
                    i = token.Match + 1;
                    break;
                case SqlTokenKind.Open:
                    depth++;
                    i++;
                    break;
                case SqlTokenKind.Close:
                    depth--;
                    i++;
                    break;
                case SqlTokenKind.Name:
                    i = ReadName(i, end, item);
                    break;
                case SqlTokenKind.Word:
                    i = ReadWord(i, item);
                    break;
                default:
                    i++;
                    break;
            }
        }
        return i;
    }

    private bool Stops(int i, Stop stop) => stop switch
    {
        Stop.AtEnd => false,
        Stop.AtSetOperator => IsSetOperator(tokens[i].Word),
        Stop.AtItemEnd => tokens[i].Kind == SqlTokenKind.Comma || tokens[i].Word is SqlWord.As or SqlWord.From || IsClause(i) || IsSetOperator(tokens[i].Word),
        _ => tokens[i].Kind == SqlTokenKind.Comma || IsJoin(i) || IsClause(i) || IsSetOperator(tokens[i].Word),
    };

    /// <summary>`c`, `t`.`c`, `db`.`t`.`c`; a function of the database: `db`.`f`(..)</summary>
    private int ReadName(int start, int end, OutputColumn? item)
    {
        var i = start + 1;
        while (i + 1 < end && tokens[i].Kind == SqlTokenKind.Dot && tokens[i + 1].Kind == SqlTokenKind.Name)
        {
            i += 2;
        }
        if (item is not null && tokens[i].Kind != SqlTokenKind.Open)
        {
            var parts = (i - start + 1) / 2;
            if (parts > 3 || tokens[i].Kind == SqlTokenKind.Dot)
            {
                item.NotFollowed ??= start;
            }
            else
            {
                item.References.Add(new(parts == 3 ? tokens.NameAt(start) : null, parts > 1 ? tokens.NameAt(i - 3) : null, tokens.NameAt(i - 1), start));
            }
        }
        return i;
    }

    private int ReadWord(int i, OutputColumn? item)
    {
        switch (tokens[i].Word)
        {
            // row_number() over `w`
            case SqlWord.Over when tokens[i + 1].Kind == SqlTokenKind.Name:
                return i + 2;

            // A sequence, not a column: nextval(`db`.`s`)
            case SqlWord.NextVal or SqlWord.LastVal or SqlWord.SetVal when tokens[i + 1].Kind == SqlTokenKind.Open:
                return tokens[i + 1].Match + 1;

            default:
                // A column without quotes, which a server prints with sql_quote_show_create = 0. Not oracle_schema.decode(..).
                if (tokens[i + 1].Kind == SqlTokenKind.Dot && tokens[i + 3].Kind != SqlTokenKind.Open)
                {
                    item?.NotFollowed ??= i;
                }
                return i + 1;
        }
    }
}
