using Discovery.Ingestion.Sources.MySql.ViewText;

namespace Discovery.Ingestion.Tests.Sources.MySql.ViewText;

public sealed class ViewTextReaderTests
{
    private const string Header = "CREATE ALGORITHM=UNDEFINED DEFINER=`view`@`%` SQL SECURITY DEFINER VIEW `v` AS ";

    /// <summary>Each column as <c>a=s.t.a</c> when it is a copy, <c>a:s.t.a,s.t.b</c> when it is made.</summary>
    [Theory]
    // Joins
    [InlineData("ab", "select `o`.`a` AS `a`,`s2`.`t`.`z` AS `b` from (`t` `o` left join `s2`.`t` on((`s2`.`t`.`a` = `o`.`a`)))", "a=s.t.a b=s2.t.z")]
    [InlineData("ab", "select `t`.`a` AS `a`,`s2`.`t`.`a` AS `b` from (`t` join `s2`.`t` on(left(`t`.`a`,1) = `s2`.`t`.`a`))", "a=s.t.a b=s2.t.a")]
    [InlineData("ab", "select `s`.`t`.`a` AS `a`,`w`.`v` AS `b` from ((`s`.`t` join `s2`.`o`) left join (`u` join `w` on(`w`.`k` = `u`.`a`)) on(`u`.`a` = `t`.`a`))", "a=s.t.a b=s.w.v")]
    [InlineData("a", "select `s2`.`x`.`c` AS `a` from `s2`.`t` `x`", "a=s2.t.c")]
    [InlineData("a", "select `t`.`a` AS `a` from `t` straight_join `u` on((`t`.`a` = `u`.`a`))", "a=s.t.a")]
    [InlineData("a", "select `t`.`a` AS `a` from `t` USE INDEX FOR ORDER BY (`i`) IGNORE INDEX (`j`,`k`) join `u` FORCE INDEX (PRIMARY)", "a=s.t.a")]
    [InlineData("a", "select `x`.`a` AS `a` from `t` PARTITION (`p0`,`p1`) `x`", "a=s.t.a")]
    [InlineData("ab", "select `x`.`a` AS `a`,`u`.`b` AS `b` from (`t` FOR SYSTEM_TIME AS OF TIMESTAMP TIMESTAMP'2020-01-01 00:00:00' `x` join `u`)", "a=s.t.a b=s.u.b")]
    [InlineData("ab", "select `INFORMATION_SCHEMA`.`n` AS `a`,`information_schema`.`TABLES`.`m` AS `b` from `INFORMATION_SCHEMA`.`TABLES` join `INFORMATION_SCHEMA`", "a=s.INFORMATION_SCHEMA.n b=information_schema.TABLES.m")]
    // Expressions
    [InlineData("abcd", "select `t`.`a` + 1 AS `a`,(`t`.`b`) AS `b`,'x' AS `c`,count(0) AS `d` from `t`", "a:s.t.a b:s.t.b")]
    [InlineData("a", "select concat(`t`.`b`,'it\\'s',`t`.`a`,`t`.`b`,'(') AS `a` from `t`", "a:s.t.a,s.t.b")]
    [InlineData("a", "select row_number() OVER (PARTITION BY `t`.`b` ORDER BY `t`.`c` desc )  AS `a` from `t`", "a:s.t.b,s.t.c")]
    [InlineData("a", "select sum(`t`.`a`) OVER `w` AS `a` from `t` window `w` AS (PARTITION BY `t`.`b`)", "a:s.t.a")]
    [InlineData("a", "select percentile_cont(0.5) within group ( order by `t`.`b`) over ( partition by `t`.`c`) AS `a` from `t`", "a:s.t.b,s.t.c")]
    [InlineData("a", "select group_concat(distinct `t`.`a` order by `t`.`b` ASC separator ', from ') AS `a` from `t` group by `t`.`c` having (count(`t`.`d`) > 1) order by `a` limit 3", "a:s.t.a,s.t.b")]
    [InlineData("abcd", "select cast(`t`.`a` as char(10) charset utf8mb4) AS `a`,convert(`t`.`b` using latin1) AS `b`,`t`.`c` collate utf8mb4_bin AS `c`,extract(year from `t`.`d`) AS `d` from `t`", "a:s.t.a b:s.t.b c:s.t.c d:s.t.d")]
    [InlineData("abcde", "select _utf8mb4'x' AS `a`,0x41 AS `b`,trim(both 'x' from `t`.`a`) AS `c`,`t`.`d` + interval `t`.`b` day AS `d`,(match `t`.`e` against ('x' in boolean mode)) AS `e` from `t`", "c:s.t.a d:s.t.b,s.t.d e:s.t.e")]
    [InlineData("abcd", "select `f`(`t`.`a`) AS `a`,`s2`.`g`(`t`.`b`) AS `b`,oracle_schema.decode(`t`.`c`,1,2) AS `c`,nextval(`s`.`sq`) AS `d` from `t`", "a:s.t.a b:s.t.b c:s.t.c")]
    [InlineData("ab", "select `t`.`a` AS `a`,(select `a`) + 1 AS `b` from `t`", "a=s.t.a b:s.t.a")]
    // Sub-queries
    [InlineData("ab", "select (select max(`u`.`x`) from `u` where (`u`.`a` = `t`.`a`)) AS `a`,(select count(0) from `w`) AS `b` from `t`", "a:s.u.x")]
    [InlineData("ab", "select `t`.`b` in (select `u`.`x` from `u`) AS `a`,exists(select 1 from `u` where (`u`.`a` = `t`.`a`)) AS `b` from `t`", "a:s.t.b,s.u.x")]
    [InlineData("a", "select (select concat(`t`.`c`,`u`.`y`) from `u`) AS `a` from `t`", "a:s.t.c,s.u.y")]
    [InlineData("ab", "select ((select 1 union select `u`.`x` from `u`)) AS `a`,((select 2) + `t`.`a`) AS `b` from `t`", "a:s.u.x b:s.t.a")]
    // Derived tables and common table expressions
    [InlineData("ab", "select `q`.`A` AS `a`,`q`.`n` AS `b` from (select `t`.`a` AS `a`,count(`t`.`b`) AS `n` from `t`) `q`", "a=s.t.a b:s.t.b")]
    [InlineData("ab", "select `q`.`x` AS `a`,`q`.`y` AS `b` from (select `t`.`a` AS `a`,1 AS `1` from `t`) `q` (`x`,`y`)", "a=s.t.a")]
    [InlineData("a", "select `q`.`a``b` AS `a` from (select `t`.`c``\"` AS `a``b` from `t`) `q`", "a=s.t.c`\"")]
    [InlineData("ab", "with `q` (`x`) as (select `t`.`a` AS `a` from `t`), `r` as (select (`q`.`x` + 1) AS `y` from `q`) select `q`.`x` AS `a`,`r`.`y` AS `b` from (`q` join `r`)", "a=s.t.a b:s.t.a")]
    [InlineData("ab", "with t as (select `t`.`a` AS `a` from `s2`.`t`)select `t`.`a` AS `a`,`x`.`b` AS `b` from (`t` join `s`.`t` `x`)", "a=s2.t.a b=s.t.b")]
    [InlineData("ab", "with recursive r(`n`,`m`) as (select `t`.`a` AS `n`,0 AS `m` from `t` union all select `r`.`m` + `u`.`x` AS `n`,`r`.`n` AS `r.n` from (`r` join `u`))select `r`.`n` AS `a`,`r`.`m` AS `b` from `r`", "a:s.t.a,s.u.x b:s.t.a,s.u.x")]
    [InlineData("a", "with recursive a as (select `t`.`a` AS `a` from `t` union select `b`.`a` AS `a` from `b`), b as (select `u`.`x` AS `a` from `u` union select `a`.`a` AS `a` from `a`)select `a`.`a` AS `a` from `a`", "a:s.t.a,s.u.x")]
    // MariaDB prints the name of a common table expression without quotes, and takes any letters for it.
    [InlineData("a", "with Q as (select `t`.`a` AS `a` from `t`)select `q`.`a` AS `a` from `q`", "a=s.t.a")]
    [InlineData("a", "with `Q` as (select `t`.`a` AS `a` from `t`) select `q`.`a` AS `a` from (`q` join `Q`)", "a=s.q.a")]
    [InlineData("a", "with recursive r as (select `t`.`a` AS `a` from `t` union select `r`.`a` AS `a` from `r`) CYCLE `a` RESTRICT select `r`.`a` AS `a` from `r`", "a:s.t.a")]
    [InlineData("ab", "select `d`.`x` AS `a`,`d`.`y` AS `b` from (`t` join lateral (select `t`.`a` AS `x`,max(`u`.`x`) AS `y` from `u`) `d`)", "a=s.t.a b:s.u.x")]
    [InlineData("ab", "select `j`.`id` AS `a`,`t`.`b` AS `b` from (`t` join json_table(`t`.`doc`, '$[*]' columns (`id` for ordinality, nested path '$.n' columns (`v` int path '$.v'))) `j`)", "a:s.t.doc b=s.t.b")]
    // Set operators and VALUES
    [InlineData("a", "select `t`.`a` AS `a` from `t` union all (select `u`.`x` AS `x` from `u` order by `u`.`y` limit 1) order by 1", "a:s.t.a,s.u.x")]
    [InlineData("a", "((select `t`.`a` AS `a` from `t`) intersect (select `u`.`x` AS `x` from `u`)) except all select `w`.`k` AS `k` from `w`", "a:s.t.a,s.u.x,s.w.k")]
    [InlineData("a", "(select `t`.`a` AS `a` from `t` order by `t`.`b` limit 1)", "a=s.t.a")]
    [InlineData("ab", "select `v`.`column_0` AS `a`,`t`.`a` AS `b` from (`t` join (values row(1,2),row(3,4)) `v`)", "b=s.t.a")]
    [InlineData("a", "select 1 AS `a` union values (2)", "")]
    [InlineData("a", "select 1 AS `a` from DUAL  where exists(select 1 from `t`)", "")]
    public void A_column_comes_from_the_columns_that_make_it(string columns, string query, string expected)
    {
        var lineage = ViewTextReader.Read(Header + query, "s", [.. columns.Select(letter => letter.ToString())]);

        Assert.Null(lineage.NotUnderstood);
        Assert.Equal(expected, string.Join(' ', lineage.Columns.Select(column => $"{column.Column}{(column.IsCopy ? '=' : ':')}{Text(column.Sources)}")));
    }

    [Theory]
    [InlineData("select 1 AS `a` from (`t` `x` join (select 1 AS `1` from `s2`.`t`) `d`) where exists(select 1 from `u` limit 1)", "s.t s.u s2.t")]
    [InlineData("with `q` as (select 1 AS `1` from `w`) select 1 AS `a` from `t` where `t`.`b` > all (select `q`.`1` from (`q` join `t`)) order by (select max(`o`.`x`) from `s2`.`o`)", "s.t s.w s2.o")]
    [InlineData("select nextval(`s`.`sq`) AS `a`,'from `u`' AS `b` from `t`", "s.t")]
    [InlineData("select 1 AS `a`", "")]
    public void Tables_are_all_that_the_text_reads(string query, string expected)
    {
        var lineage = ViewTextReader.Read(Header + query, "s", ["a"]);

        Assert.Equal(expected, string.Join(' ', lineage.Tables.Select(table => $"{table.Schema}.{table.Table}")));
    }

    [Theory]
    [InlineData("select `t`.`a` + 1 AS `x` from `t`", "`t`.`a` + 1")]
    [InlineData("with q as (select `t`.`a` AS `n` from `t`)select `q`.`n` AS `x` from `q`", "`t`.`a`")]
    [InlineData("select `d`.`n` AS `x` from (select max(`t`.`a`) AS `n` from `t`) `d`", "max(`t`.`a`)")]
    [InlineData("select `d`.`n` AS `x` from (select `t`.`a` AS `n` from `t` union select 1 AS `1`) `d`", "`d`.`n`")]
    [InlineData("select 1 AS `x` union select `t`.`a` AS `a` from `t`", "1")]
    public void The_expression_is_the_item_that_makes_the_value(string query, string expected) =>
        Assert.Equal(expected, Assert.Single(ViewTextReader.Read(Header + query, "s", ["x"]).Columns).Expression);

    [Fact]
    public void Columns_are_named_by_the_view_and_not_by_its_select()
    {
        var lineage = ViewTextReader.Read("CREATE SQL SECURITY INVOKER VIEW `s`.`v` (`Key`,`b`) AS select `t`.`a` AS `a`,1 AS `1` from `t` where (`t`.`b` > 1) WITH CASCADED CHECK OPTION", "s", ["Key", "b"]);

        var column = Assert.Single(lineage.Columns);
        Assert.Equal(("Key", true, "s.t.a"), (column.Column, column.IsCopy, Text(column.Sources)));
    }

    [Fact]
    public void Names_keep_their_letters()
    {
        var lineage = ViewTextReader.Read(Header + "select `Orders`.`Id` AS `Id` from `Orders` where exists(select 1 from `edge.dot`.`t#1`)", "Edge_Upper", ["Id"]);

        Assert.Equal([new("Edge_Upper", "Orders"), new("edge.dot", "t#1")], lineage.Tables);
        Assert.Equal("Edge_Upper.Orders.Id", Text(lineage.Columns[0].Sources));
    }

    [Fact]
    public void Names_may_stand_in_double_quotes()
    {
        var lineage = ViewTextReader.Read("""CREATE VIEW "v" AS select concat("t"."a",'"') AS "x" from "t" """, "s", ["x"]);

        Assert.Equal("s.t.a", Text(Assert.Single(lineage.Columns).Sources));
    }

    [Fact]
    public void A_system_view_that_is_printed_as_a_table_has_no_lineage_and_no_fault()
    {
        var lineage = ViewTextReader.Read("CREATE TEMPORARY TABLE `ENABLED_ROLES` (\n  `ROLE_NAME` varchar(128)\n) ENGINE=MEMORY", "information_schema", ["ROLE_NAME"]);

        Assert.Equal((0, 0, null), (lineage.Tables.Count, lineage.Columns.Count, lineage.NotUnderstood));
    }

    /// <summary>What shapes a query must be known, or nothing is said about it.</summary>
    [Theory]
    [InlineData("select `t`.`a` AS `x` from `t` TABLESAMPLE SYSTEM (10)", "at 'TABLESAMPLE', character 111")]
    [InlineData("select `t`.`a` AS `x` from `t` join some_function(1) `f`", "at '(', character 129")]
    [InlineData("select `t`.`a` AS `x` from `t` join", "at the end, character 115")]
    [InlineData("select t.a AS x from t", "at 'x', character 94")]
    [InlineData("select `t`.`a` AS `x` from (`t`", "unpaired ( at character 107")]
    [InlineData("select 'secret", "unpaired ' at character 87")]
    [InlineData("delete from `t`", "at 'delete', character 80")]
    public void A_text_that_it_cannot_follow_gives_nothing_but_the_place(string query, string reason)
    {
        var lineage = ViewTextReader.Read(Header + query, "s", ["x"]);

        Assert.Equal((0, 0, reason), (lineage.Tables.Count, lineage.Columns.Count, lineage.NotUnderstood));
    }

    [Theory]
    [InlineData("select `t`.`a` AS `x`,`y`.`b` AS `y` from `t`", "at '`y`', character 102")]
    [InlineData("select `d`.`n` AS `x`,`d`.`m` AS `y` from (select `t`.`a` AS `n` from `t`) `d`", "at '`d`', character 102")]
    [InlineData("select `t`.`a` AS `x`,`t`.* from `t`", "at '`t`', character 102")]
    [InlineData("select `t`.`a` AS `x`,* from `t`", "at '*', character 102")]
    [InlineData("select `t`.`a` AS `x` from `t`", "1 select items for 2 columns")]
    public void When_a_column_is_not_found_the_tables_are_still_known(string query, string reason)
    {
        var lineage = ViewTextReader.Read(Header + query, "s", ["x", "y"]);

        Assert.Equal([new("s", "t")], lineage.Tables);
        Assert.Equal((0, reason), (lineage.Columns.Count, lineage.NotUnderstood));
    }

    private static string Text(IEnumerable<SourceColumn> sources) => string.Join(',', sources.Select(source => $"{source.Table.Schema}.{source.Table.Table}.{source.Column}"));
}
