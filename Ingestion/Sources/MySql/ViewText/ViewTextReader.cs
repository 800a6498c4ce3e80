namespace Discovery.Ingestion.Sources.MySql.ViewText;

/// <summary>
/// Finds the lineage of a view in its text as <c>SHOW CREATE TABLE</c> prints it: names in quotes, columns with their table.
/// It is no parser of SQL that people write.
/// </summary>
internal static class ViewTextReader
{
    /// <summary>Reads a text. Never throws, and takes time in proportion to the text.</summary>
    /// <param name="createViewText"><c>CREATE ALGORITHM=.. VIEW `v` AS select ..</c></param>
    /// <param name="schema">The view's database, which holds tables that are named without one.</param>
    /// <param name="viewColumns">The view's columns in their order.</param>
    public static ViewLineage Read(string createViewText, string schema, IReadOnlyList<string> viewColumns)
    {
        TableName[] tables = [];
        try
        {
            var tokens = SqlTokens.Read(createViewText);
            if (FindQuery(tokens) is not { } start)
            {
                return new([], [], null);
            }
            var reader = new QueryReader(tokens, schema);
            var query = reader.Read(start, WithoutCheckOption(tokens));
            tables = [.. reader.Tables.OrderBy(table => table.Schema, NameOrder.Instance).ThenBy(table => table.Table, NameOrder.Instance)];
            return new(tables, new ColumnSources(tokens).Of(query, viewColumns), null);
        }
        catch (ViewTextException fault)
        {
            return new(tables, [], fault.Message);
        }
    }

    /// <summary>CREATE ALGORITHM=UNDEFINED DEFINER=`u`@`%` SQL SECURITY DEFINER VIEW `db`.`v` (`a`,`b`) AS</summary>
    /// <returns>Null for a system view of <c>information_schema</c>, which is printed as CREATE TEMPORARY TABLE.</returns>
    private static int? FindQuery(SqlTokens tokens)
    {
        var i = 0;
        while (tokens[i].Word is not (SqlWord.View or SqlWord.Table) && i < tokens.Count)
        {
            i++;
        }
        if (tokens[i].Word == SqlWord.Table)
        {
            return null;
        }
        while (tokens[i].Word != SqlWord.As && i < tokens.Count)
        {
            i = tokens[i].Kind == SqlTokenKind.Open ? tokens[i].Match + 1 : i + 1;
        }
        return tokens[i].Word == SqlWord.As ? i + 1 : throw tokens.Fault(i);
    }

    /// <summary>The end of the query: .. WITH CASCADED CHECK OPTION</summary>
    private static int WithoutCheckOption(SqlTokens tokens)
    {
        var end = tokens.Count;
        if (end < 4 || tokens[end - 1].Word != SqlWord.Option || tokens[end - 2].Word != SqlWord.Check)
        {
            return end;
        }
        end -= tokens[end - 3].Word is SqlWord.Cascaded or SqlWord.Local ? 4 : 3;
        return tokens[end].Word == SqlWord.With ? end : throw tokens.Fault(end);
    }
}
