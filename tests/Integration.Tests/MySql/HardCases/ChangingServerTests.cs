using Discovery.Ingestion.Reports;
using Discovery.Ingestion.Sources.MySql;
using Discovery.Integration.Tests.Support;

namespace Discovery.Integration.Tests.MySql.HardCases;

/// <summary>What goes away while it is read is named, and the counts add up.</summary>
public abstract class ChangingServerTests(TestServer server) : IAsyncLifetime
{
    private const string Tables = "FROM information_schema.TABLES", Keys = "FROM information_schema.KEY_COLUMN_USAGE", Columns = "FROM information_schema.COLUMNS", ViewText = "SHOW CREATE TABLE";

    public async ValueTask InitializeAsync()
    {
        foreach (var database in new[] { "change_a", "change_b" })
        {
            await server.ExecuteAsync($"CREATE DATABASE {database}");
            await server.ExecuteAsync($"CREATE TABLE {database}.t (id INT PRIMARY KEY, b INT)");
            await server.ExecuteAsync($"CREATE TABLE {database}.u (id INT PRIMARY KEY)");
            await server.ExecuteAsync($"CREATE VIEW {database}.v AS SELECT id FROM {database}.t");
        }
    }

    public ValueTask DisposeAsync() => new(server.DropAsync(["change_a", "change_b"]));

    [Fact]
    public async Task A_database_that_is_dropped_before_its_tables_are_listed_keeps_its_container_and_is_named()
    {
        var report = await CrawlWhileAsync(Tables, "DROP DATABASE change_a");

        Assert.Equal(["change_a"], Warned(report, "Database is gone"));
        Assert.Equal(2, report.Emitted["container"]);
        Assert.Equal(3, report.Emitted["dataset"]);
    }

    [Theory]
    [InlineData(Keys)]
    [InlineData(Columns)]
    public async Task A_database_that_is_dropped_after_its_tables_were_listed_has_each_table_and_view_named(string before)
    {
        var report = await CrawlWhileAsync(before, "DROP DATABASE change_a");

        Assert.Equal(["change_a.t", "change_a.u"], Warned(report, "Table without visible columns"));
        Assert.Equal(["change_a.v"], Warned(report, "View without visible columns"));
        Assert.Equal(2, report.Source.FailedCounts["dataset"]);
    }

    [Fact]
    public async Task A_table_that_is_dropped_before_its_columns_are_read_is_named_and_not_written_empty()
    {
        var report = await CrawlWhileAsync(Columns, "DROP TABLE change_a.u");

        Assert.Equal(["change_a.u"], Warned(report, "Table without visible columns"));
        Assert.Equal(1, report.Source.FailedCounts["dataset"]);
        Assert.Equal(5, report.Emitted["dataset"]);
    }

    [Theory]
    [InlineData("DROP VIEW change_a.v")]
    [InlineData("DROP DATABASE change_a")]
    public async Task A_view_that_is_dropped_before_its_text_is_read_comes_without_text_and_is_named(string change)
    {
        var report = await CrawlWhileAsync(ViewText, change);

        Assert.Equal(["change_a.v"], Assert.Single(report.Source.Infos, info => info.Title == "View without text").Context);
        Assert.Equal(6, report.Emitted["dataset"]);
    }

    [Fact]
    public async Task A_view_that_breaks_before_its_columns_are_read_is_named()
    {
        var report = await CrawlWhileAsync(Columns, "DROP TABLE change_a.t");

        Assert.Equal(["change_a.t"], Warned(report, "Table without visible columns"));
        Assert.Equal(["change_a.v"], Warned(report, "View without visible columns"));
    }

    [Fact]
    public async Task A_broken_view_is_written_with_a_warning()
    {
        await server.ExecuteAsync("DROP TABLE change_a.t");
        using var crawl = new Crawl(server);

        var report = await crawl.RunAsync(TestServer.RefView, "database: change_a");

        // MariaDB tells only with statistics, which no crawl asks it for.
        Assert.Equal(["change_a.v"], Warned(report, server.Server.IsMariaDb ? "View without visible columns" : "View is broken"));
        Assert.Equal(2, report.Emitted["dataset"]);
    }

    private static IEnumerable<string> Warned(RunReport report, string title) => report.AllWarnings.Where(warning => warning.Title == title).SelectMany(warning => warning.Context);

    private async Task<RunReport> CrawlWhileAsync(string before, string change)
    {
        await using var gate = new StatementGate(server.Server.Port, before, () => server.ExecuteAsync(change));
        using var crawl = new Crawl(server);
        var recipe = crawl.Recipe(TestServer.RefView, "database_pattern: { allow: [^change_] }\noptions: { connect_args: { ssl_disabled: true } }");

        var report = await crawl.RunAsync(recipe with { SourceConfig = ((MySqlSourceConfig)recipe.SourceConfig) with { HostPort = gate.HostPort } });

        Assert.Empty(report.AllFailures.Select(failure => failure.Message));
        Assert.True(gate.HasPassed);
        Assert.Equal(RunStatus.Success, report.Status);
        return report;
    }
}

[Collection<ServerCollection>]
public sealed class ChangingServerOnMariaDbTests(TestServer server) : ChangingServerTests(server);

[Collection<MySql97Collection>, Trait("Category", "Long")]
public sealed class ChangingServerOnMySqlTests(MySql97Server server) : ChangingServerTests(server);
