using Discovery.Ingestion.Sources.MySql;

namespace Discovery.Ingestion.Tests.Sources.MySql;

/// <summary>Lines of SHOW GRANTS as servers print them.</summary>
public sealed class GrantsTests
{
    private static readonly GrantMatching MySql = new(IgnoresCase: false, PatternsAreNames: false, GrantOrder.LongestStem);
    private static readonly GrantMatching MariaDb = MySql with { Order = GrantOrder.Listed };

    [Theory]
    [InlineData("GRANT ", "a", "")]
    [InlineData("GRANT ", "SELECT, ", " TO `u`@`h`")]
    [InlineData("GRANT SELECT (", "`a``b`, ", "")]
    [InlineData("GRANT SELECT ON `", "``", "x TO `u`@`h`")]
    public void A_line_that_is_no_grant_takes_no_longer_than_its_text(string start, string middle, string end) =>
        Assert.Null(GrantStatement.Parse(start + string.Concat(Enumerable.Repeat(middle, 50_000)) + end));

    [Theory]
    [InlineData("shop", "shop", true)]
    [InlineData("shop", "shop2", false)]
    [InlineData("shop", "Shop", false)]
    [InlineData("shop\\_eu", "shop_eu", true)]
    [InlineData("shop\\_eu", "shopxeu", false)]
    [InlineData("shop_eu", "shopxeu", true)]
    [InlineData("%", "anything", true)]
    [InlineData("fleet%", "fleet_0001", true)]
    [InlineData("%_eu", "shop_eu", true)]
    [InlineData("%a%b%", "xxaxxbxx", true)]
    [InlineData("%a%b", "xxaxxbxx", false)]
    [InlineData("", "", true)]
    [InlineData("_", "", false)]
    public void A_grant_covers_the_schemas_that_its_pattern_matches(string pattern, string schema, bool covered)
    {
        Assert.Equal(covered, SchemaPattern.Matches(pattern, schema, ignoreCase: false));
        Assert.Equal(covered, new AccountGrants([$"GRANT SELECT ON `{pattern}`.* TO `u`@`h`"], MySql).On(schema) == MySqlRights.Select);
    }

    [Theory]
    [InlineData("shop")]
    [InlineData("shop_eu%")]
    [InlineData("back\\slash_")]
    public void An_escaped_name_stands_for_itself_alone(string name)
    {
        Assert.Equal(name, SchemaPattern.Literal(SchemaPattern.Escape(name)));
        Assert.True(SchemaPattern.Matches(SchemaPattern.Escape(name), name, ignoreCase: false));
        Assert.False(SchemaPattern.Matches(SchemaPattern.Escape(name), name.Replace('_', 'x').Replace('%', 'x') + "x", ignoreCase: false));
    }

    [Theory]
    // MySQL 8 and 9
    [InlineData("GRANT SELECT (`a)`, `b`), REFERENCES (`id`) ON `shop`.`o``x` TO `u`@`h`", "Account Table shop o`x None Select, References")]
    [InlineData("GRANT SHOW_ROUTINE ON *.* TO `u`@`h` WITH GRANT OPTION", "Account Global   ShowRoutine None")]
    [InlineData("GRANT EXECUTE ON PROCEDURE `shop`.`p` TO `u`@`h`", "Account Routine shop p UseRoutine None")]
    // MySQL 5.7
    [InlineData("GRANT SELECT (id, b), REFERENCES (id) ON `shop`.`orders` TO 'u'@'h'", "Account Table shop orders None Select, References")]
    [InlineData("GRANT SELECT ON *.* TO 'o'brien@home'@'h'", "Account Global   Select None")]
    [InlineData("GRANT ALL PRIVILEGES ON *.* TO 'u'@'%' IDENTIFIED BY PASSWORD '*D821' REQUIRE SSL WITH GRANT OPTION", "Account Global   All None")]
    // Aurora MySQL 2
    [InlineData("GRANT REFERENCES, LOAD FROM S3, SELECT INTO S3, SHOW VIEW ON *.* TO 'u'@'%'", "Account Global   References, ShowView None")]
    // Rights that count for the server alone show no database
    [InlineData("GRANT PROCESS, SUPER, REPLICATION CLIENT ON *.* TO `u`@`h`", "Account Global   None None")]
    // MariaDB
    [InlineData("GRANT REFERENCES ON *.* TO `u`@`127.0.0.1` IDENTIFIED BY PASSWORD '*D821'", "Account Global   References None")]
    [InlineData("GRANT SHOW CREATE ROUTINE, SHOW VIEW ON `shop\\_%`.* TO `reader`", "Role Schema shop\\_%  ShowView, ShowCreateRoutine None")]
    [InlineData("GRANT SELECT ON *.* TO `a@b` WITH GRANT OPTION", "Role Global   Select None")]
    [InlineData("GRANT SELECT, DELETE HISTORY ON `test`.* TO PUBLIC", "Public Schema test  Select, Other None")]
    [InlineData("GRANT EXECUTE ON PACKAGE BODY `shop`.`p` TO 'u'@'h'", "Account Routine shop p UseRoutine None")]
    // With sql_quote_show_create off
    [InlineData("GRANT SHOW VIEW ON shop.orders TO u@h", "Account Table shop orders ShowView None")]
    public void A_line_that_gives_rights_is_read(string line, string expected)
    {
        var statement = GrantStatement.Parse(line)!;

        Assert.Equal(expected, $"{statement.Holder} {statement.Level} {statement.Schema} {statement.Table} {statement.Rights} {statement.ColumnRights}");
        Assert.False(statement.IsRevoke);
    }

    [Theory]
    [InlineData("GRANT `reader`@`%`,`writer`@`%` TO `u`@`h` WITH ADMIN OPTION", "`reader`@`%`,`writer`@`%`")]
    [InlineData("GRANT `reader` TO `u`@`h`", "`reader`")]
    [InlineData("GRANT reader TO 'u'@'h'", "reader")]
    [InlineData("GRANT PROXY ON ''@'127.0.0.1' TO 'root'@'localhost' WITH GRANT OPTION", null)]
    [InlineData("SET DEFAULT ROLE `reader` FOR `u`@`h`", null)]
    public void A_line_about_roles_gives_no_right_of_its_own(string line, string? roles)
    {
        Assert.Null(GrantStatement.Parse(line));
        Assert.Equal(roles, GrantStatement.Roles(line));
    }

    [Theory]
    [InlineData("shop_eu", MySqlRights.ShowView)]
    [InlineData("shop_us", MySqlRights.References)]
    [InlineData("shopeu", MySqlRights.None)]
    public void Of_patterns_that_match_the_server_takes_one(string schema, object rights)
    {
        string[] lines = [@"GRANT SHOW VIEW ON `shop\_eu`.* TO `u`@`h`", @"GRANT REFERENCES ON `shop\_%`.* TO `u`@`h`"];

        Assert.Equal(rights, new AccountGrants(lines, MariaDb).On(schema));
        Assert.Equal(rights, new AccountGrants(lines.Reverse(), MySql).On(schema));
    }

    [Fact]
    public void Where_the_server_may_take_either_only_what_both_give_counts()
    {
        string[] lines = ["GRANT REFERENCES, SHOW VIEW ON `shop%a`.* TO `u`@`h`", "GRANT SHOW VIEW ON `shop%`.* TO `u`@`h`"];

        Assert.Equal(MySqlRights.ShowView, new AccountGrants(lines, MySql).On("shop_a"));
        Assert.Equal(MySqlRights.ShowView, new AccountGrants(lines, MySql with { Order = GrantOrder.Undefined }).On("shop_a"));
    }

    [Fact]
    public void What_the_role_and_everybody_may_comes_on_top()
    {
        var grants = new AccountGrants(
            ["GRANT SHOW VIEW ON `shop`.* TO `u`@`h`", "GRANT REFERENCES ON `sh%`.* TO `reader`", "GRANT INSERT ON `shop`.* TO PUBLIC"], MariaDb);

        Assert.Equal(MySqlRights.ShowView | MySqlRights.References | MySqlRights.Insert, grants.On("shop"));
    }

    [Fact]
    public void A_partial_revoke_takes_a_global_right_away_on_its_database()
    {
        var grants = new AccountGrants(["GRANT SELECT, REFERENCES ON *.* TO `u`@`h`", "REVOKE SELECT ON `shop_eu`.* FROM `u`@`h`"], MySql with { PatternsAreNames = true });

        Assert.Equal(MySqlRights.References, grants.On("shop_eu"));
        Assert.Equal(MySqlRights.References | MySqlRights.Select, grants.On("shop_us"));
    }

    [Fact]
    public void Case_matters_where_the_server_says_so()
    {
        string[] lines = ["GRANT SELECT ON `Shop`.* TO `u`@`h`", "GRANT UPDATE ON `crm`.`Orders` TO `u`@`h`"];

        Assert.Equal(MySqlRights.None, new AccountGrants(lines, MySql).On("shop"));
        Assert.Equal(MySqlRights.Select, new AccountGrants(lines, MySql with { IgnoresCase = true }).On("shop"));
        Assert.Equal(MySqlRights.Update, new AccountGrants(lines, MySql with { IgnoresCase = true }).On("CRM", "orders"));
    }
}
