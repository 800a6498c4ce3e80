using Discovery.Ingestion.Reports;
using Discovery.Integration.Tests.Support;

namespace Discovery.Integration.Tests.MySql;

/// <summary>The server shows an account a part as if it were the whole; the report says so.</summary>
[Collection<ServerCollection>]
public sealed class RightsTests(TestServer server) : IAsyncLifetime
{
    private const string Whole = "Database partly visible", Columns = "Table partly visible";

    public async ValueTask InitializeAsync()
    {
        await server.ExecuteAsync("CREATE DATABASE part_ly");
        await server.ExecuteAsync("CREATE TABLE part_ly.a (id INT PRIMARY KEY, b INT)");
        await server.ExecuteAsync("CREATE TABLE part_ly.hidden (id INT)");
        await server.ExecuteAsync($"CREATE USER {Account} IDENTIFIED BY '{TestServer.Password}'");
    }

    public async ValueTask DisposeAsync()
    {
        await server.ExecuteAsync($"DROP USER {Account}");
        await server.DropAsync(["part_ly"]);
    }

    private string Account => $"'p@rt'@'{server.Server.AccountHost}'";

    [Theory]
    [InlineData("REFERENCES ON part_ly.a", "", Whole)]
    [InlineData("REFERENCES (id) ON part_ly.a", "", Whole, Columns)]
    [InlineData("REFERENCES (id), SELECT (b) ON part_ly.a", "REFERENCES ON part_ly.a", Whole)]
    [InlineData("REFERENCES (id) ON part_ly.a", "REFERENCES ON `part\\_ly`.*")]
    [InlineData("ALTER ON *.*", "", Whole)]
    [InlineData("REFERENCES ON *.*", "")]
    public async Task What_an_account_sees_only_in_part_is_named(string grant, string secondGrant, params string[] warnings)
    {
        foreach (var rights in new[] { grant, secondGrant }.Where(rights => rights.Length > 0))
        {
            await server.ExecuteAsync($"GRANT {rights} TO {Account}");
        }
        using var crawl = new Crawl(server);

        var report = await crawl.RunAsync("p@rt", "database_pattern: { allow: [^part_ly$] }");

        Assert.Equal(warnings, report.AllWarnings.Select(warning => warning.Title).Where(title => title is Whole or Columns));
        Assert.All(report.AllWarnings, warning => Assert.StartsWith("part_ly", Assert.Single(warning.Context.Distinct().Take(1)), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Grants_of_other_accounts_are_not_taken_for_our_own()
    {
        await server.ExecuteAsync($"GRANT SELECT ON mysql.* TO {Account}");
        await server.ExecuteAsync($"GRANT REFERENCES ON part_ly.a TO {Account}");
        using var crawl = new Crawl(server);

        var report = await crawl.RunAsync("p@rt", "database_pattern: { allow: [^part_ly$] }");

        Assert.Equal("part_ly", Assert.Single(Assert.Single(report.AllWarnings, warning => warning.Title == Whole).Context));
    }

    [Fact]
    public async Task An_account_without_any_right_is_told_so()
    {
        using var crawl = new Crawl(server);

        var report = await crawl.RunAsync("p@rt", "include_views: false");

        Assert.Contains(report.AllWarnings, warning => warning.Title == "No database visible");
    }

    [Fact]
    public async Task A_shorter_limit_of_the_account_stays()
    {
        Assert.SkipUnless((await server.QueryAsync("SELECT VERSION()"))[0].Contains("MariaDB", StringComparison.Ordinal), "MySQL has no such limit for an account");
        await server.ExecuteAsync($"ALTER USER {Account} WITH MAX_STATEMENT_TIME 0.000001");
        await server.ExecuteAsync($"GRANT REFERENCES ON *.* TO {Account}");
        using var crawl = new Crawl(server);

        var report = await crawl.RunAsync("p@rt", "");

        Assert.Equal(RunStatus.Failure, report.Status);
        Assert.Contains("max_statement_time exceeded", Assert.Single(report.AllFailures).Message, StringComparison.Ordinal);
    }
}
