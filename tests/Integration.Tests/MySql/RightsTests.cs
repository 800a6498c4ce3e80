using System.Text.Json.Nodes;
using Discovery.Ingestion.Reports;
using Discovery.Integration.Tests.Support;

namespace Discovery.Integration.Tests.MySql;

/// <summary>The server shows an account a part as if it were the whole; the report says so.</summary>
public abstract class RightsTests(TestServer server) : IAsyncLifetime
{
    private const string Whole = "Database partly visible", Columns = "Table partly visible", Perhaps = "Database perhaps partly visible";
    private const string OnlyPartLy = "database_pattern: { allow: [^part_ly$] }";

    private ReadingAccount? _account;

    private ReadingAccount Account => _account!;

    public async ValueTask InitializeAsync()
    {
        await server.ExecuteAsync("CREATE DATABASE part_ly");
        await server.ExecuteAsync("CREATE TABLE part_ly.a (id INT PRIMARY KEY, b INT)");
        await server.ExecuteAsync("CREATE TABLE part_ly.hidden (id INT)");
        await server.ExecuteAsync("CREATE VIEW part_ly.v AS SELECT id FROM part_ly.a");
        _account = await ReadingAccount.CreateAsync(server);
    }

    public async ValueTask DisposeAsync()
    {
        if (_account is not null)
        {
            await _account.DisposeAsync();
            await server.DropAsync(["part_ly"]);
        }
    }

    [Theory]
    [InlineData("some_tables", "GRANT REFERENCES ON part_ly.a")]
    [InlineData("some_columns", "GRANT REFERENCES (id) ON part_ly.a")]
    [InlineData("some_tables", "GRANT REFERENCES (id), SELECT (b) ON part_ly.a", "GRANT REFERENCES ON part_ly.a")]
    [InlineData("complete", "GRANT REFERENCES (id) ON part_ly.a", @"GRANT REFERENCES ON `part\_ly`.*")]
    [InlineData("none", "GRANT ALTER ON *.*")]
    [InlineData("complete", "GRANT REFERENCES ON *.*")]
    [InlineData("complete", "GRANT SELECT, SHOW VIEW ON *.*")]
    [InlineData("complete", "GRANT REFERENCES ON part_ly.*")]
    [InlineData("complete", @"GRANT INSERT ON `part\_%`.*")]
    [InlineData("complete", "GRANT ALL ON part_ly.*")]
    // Of grants that match the server takes one: the longer beginning counts.
    [InlineData("none", @"GRANT REFERENCES ON `part\_%`.*", @"GRANT SHOW VIEW ON `part\_ly`.*")]
    [InlineData("complete", "GRANT SHOW VIEW ON `part%`.*", @"GRANT REFERENCES ON `part\_ly`.*")]
    [InlineData("complete", "GRANT SHOW VIEW ON `pa%`.*", "GRANT REFERENCES ON `part%`.*")]
    [InlineData("none", "GRANT REFERENCES ON `pa%`.*", "GRANT SHOW VIEW ON `part%`.*")]
    [InlineData("complete", "GRANT REFERENCES ON *.*", @"GRANT SHOW VIEW ON `part\_ly`.*")]
    [InlineData("complete", "CREATE ROLE part_reader", @"GRANT REFERENCES ON `part\_ly`.* TO part_reader", "GRANT part_reader", "SET DEFAULT ROLE part_reader")]
    [InlineData("complete", "CREATE ROLE part_reader", "CREATE ROLE part_inner", "GRANT SELECT ON *.* TO part_inner", "GRANT part_inner TO part_reader", "GRANT part_reader", "SET DEFAULT ROLE part_reader")]
    [InlineData("some_tables", "CREATE ROLE part_reader", "GRANT REFERENCES ON part_ly.a TO part_reader", "GRANT part_reader", "SET DEFAULT ROLE part_reader")]
    [InlineData("none", "GRANT SHOW VIEW ON *.*", "CREATE ROLE part_reader", "GRANT REFERENCES ON *.* TO part_reader", "GRANT part_reader")]
    public Task What_an_account_sees_is_told(string visibility, params string[] statements) => ToldAsync(visibility, statements);

    [Theory]
    [InlineData("complete", "GRANT REFERENCES ON part_ly.* TO PUBLIC")]
    [InlineData("complete", "GRANT REFERENCES ON part_ly.* TO PUBLIC", "GRANT SHOW VIEW ON part_ly.*")]
    public async Task Grants_to_PUBLIC_count(string visibility, params string[] statements)
    {
        Assert.SkipUnless(server.Server is { IsMariaDb: true } mariaDb && mariaDb.Version >= new Version(10, 11), "only MariaDB 10.11 and newer have PUBLIC");
        await ToldAsync(visibility, statements);
    }

    [Theory]
    [InlineData("none", "GRANT REFERENCES, SHOW VIEW ON *.*", "REVOKE REFERENCES ON part_ly.*")]
    [InlineData("some_tables", "GRANT REFERENCES, SHOW VIEW ON *.*", "REVOKE REFERENCES ON part_ly.*", "GRANT REFERENCES ON part_ly.a")]
    [InlineData("complete", "GRANT REFERENCES, SELECT ON *.*", "REVOKE SELECT ON part_ly.*")]
    [InlineData("complete", "GRANT REFERENCES ON *.*", @"REVOKE REFERENCES ON `part\_ly`.*")]
    [InlineData("complete", "GRANT REFERENCES ON part_ly.*")]
    [InlineData("none", "GRANT SHOW VIEW ON part_ly.*", @"GRANT REFERENCES ON `part\_ly`.*", "GRANT REFERENCES ON `part%`.*")]
    public async Task With_partial_revokes_rights_can_be_taken_away_and_patterns_are_names(string visibility, params string[] statements)
    {
        Assert.SkipWhen(server.Server.IsMariaDb, "only MySQL has partial revokes");
        await ToldAsync(visibility, ["SET GLOBAL partial_revokes = ON", .. statements]);
    }

    [Fact]
    public async Task What_no_listed_grant_explains_is_perhaps_a_part_and_texts_are_asked_for()
    {
        await Account.GivenAsync(["INSERT INTO mysql.db (Host, Db, User, References_priv, Show_view_priv) VALUES ('%', 'part\\_ly', '', 'Y', 'Y')", "FLUSH PRIVILEGES"]);
        using var crawl = new Crawl(server);

        var report = await crawl.RunAsync(Account.Name, OnlyPartLy);

        Assert.Equal("part_ly", Assert.Single(Assert.Single(report.Source.Infos, info => info.Title == Perhaps).Context));
        Assert.Equal("unknown", VisibilityOf(report));
        Assert.Contains(crawl.Records(), record => (string?)record!["aspectName"] == "viewProperties" && record["aspect"]!["json"]!["viewLogic"]!.ToString().Length > 0);
    }

    [Fact]
    public async Task Grants_of_other_accounts_are_not_taken_for_our_own()
    {
        await Account.GivenAsync(["GRANT SELECT ON mysql.* TO ACCOUNT", "GRANT REFERENCES ON part_ly.a TO ACCOUNT"]);
        using var crawl = new Crawl(server);

        var report = await crawl.RunAsync(Account.Name, OnlyPartLy);

        Assert.Equal("part_ly", Assert.Single(Assert.Single(report.AllWarnings, warning => warning.Title == Whole).Context));
    }

    [Fact]
    public async Task An_account_without_any_right_is_told_so()
    {
        using var crawl = new Crawl(server);

        var report = await crawl.RunAsync(Account.Name, "include_views: false");

        Assert.Contains(report.AllWarnings, warning => warning.Title == "No database visible");
    }

    [Fact]
    public async Task A_shorter_limit_of_the_account_stays()
    {
        Assert.SkipUnless(server.Server.IsMariaDb, "MySQL has no such limit for an account");
        await Account.GivenAsync(["ALTER USER ACCOUNT WITH MAX_STATEMENT_TIME 0.000001", "GRANT REFERENCES ON *.* TO ACCOUNT"]);
        using var crawl = new Crawl(server);

        var report = await crawl.RunAsync(Account.Name, "");

        Assert.Equal(RunStatus.Failure, report.Status);
        Assert.Contains("max_statement_time exceeded", Assert.Single(report.AllFailures).Message, StringComparison.Ordinal);
    }

    /// <summary>Gives rights, runs, and compares what the report says with what the server shows.</summary>
    private async Task ToldAsync(string visibility, IEnumerable<string> statements)
    {
        await Account.GivenAsync(statements.Select(Account.Complete));
        using var crawl = new Crawl(server);

        var report = await crawl.RunAsync(Account.Name, OnlyPartLy);

        Assert.Equal(visibility, VisibilityOf(report));
        string[] expected = visibility switch { "complete" => [], "some_columns" => [Whole, Columns], _ => [Whole] };
        Assert.Equal(expected, report.AllWarnings.Select(warning => warning.Title).Where(title => title is Whole or Columns));
        Assert.DoesNotContain(report.Source.Infos, info => info.Title == Perhaps);
        // The tables a (2 columns) and hidden (1), the view v (1).
        Assert.Equal(visibility == "complete", Assert.Single(report.Source.Databases).Columns == 4);
    }

    private static string? VisibilityOf(RunReport report) =>
        (string?)JsonNode.Parse(RunReportJson.Render(report))!["source"]!["report"]!["databases"]!.AsArray().Single()!["visibility"];
}

[Collection<ServerCollection>]
public sealed class RightsOnMariaDbTests(TestServer server) : RightsTests(server);

[Collection<MySql97Collection>, Trait("Category", "Long")]
public sealed class RightsOnMySqlTests(MySql97Server server) : RightsTests(server);
