using System.Globalization;
using System.Text;
using Discovery.Ingestion.Reports;
using Discovery.Integration.Tests.Support;

namespace Discovery.Integration.Tests.MySql.HardCases;

/// <summary>What a run costs the server does not grow with what there is to read.</summary>
public abstract class StatementCountTests(TestServer server)
{
    [Fact]
    public async Task A_thousand_tables_cost_the_same_statements_as_ten()
    {
        try
        {
            await MakeAsync("count_tables", 10);
            var few = await CrawlAsync("database: count_tables");
            await server.DropAsync(["count_tables"]);
            await MakeAsync("count_tables", 1000);
            var many = await CrawlAsync("database: count_tables");

            Assert.Equal(10, few.Emitted["dataset"]);
            Assert.Equal(1000, many.Emitted["dataset"]);
            Assert.Equal(few.Source.Statements, many.Source.Statements);
        }
        finally
        {
            await server.DropAsync(["count_tables"]);
        }
    }

    [Fact]
    public async Task Three_hundred_schemas_cost_the_same_statements_as_one_and_those_of_a_batch_for_each_batch_more()
    {
        var names = Enumerable.Range(0, 300).Select(i => string.Create(CultureInfo.InvariantCulture, $"count_schema_{i:000}")).ToList();
        try
        {
            foreach (var name in names)
            {
                await MakeAsync(name, 1);
            }
            const string All = "database_pattern: { allow: [^count_schema_] }";
            var one = await CrawlAsync("database_pattern: { allow: [^count_schema_000$] }");
            var all = await CrawlAsync(All);
            var two = await CrawlAsync($"{All}\nschemas_per_batch: 150");
            var three = await CrawlAsync($"{All}\nschemas_per_batch: 100");

            Assert.Equal(300, all.Emitted["container"]);
            Assert.Equal(300, three.Emitted["dataset"]);
            Assert.Equal(one.Source.Statements, all.Source.Statements);
            var batch = two.Source.Statements - all.Source.Statements;
            Assert.InRange(batch, 1, 4);
            Assert.Equal(two.Source.Statements + batch, three.Source.Statements);
        }
        finally
        {
            await server.DropAsync(names);
        }
    }

    private async Task<RunReport> CrawlAsync(string settings)
    {
        using var crawl = new Crawl(server);
        var report = await crawl.RunAsync(TestServer.Ref, settings, sink: "blackhole");
        Assert.Equal(RunStatus.Success, report.Status);
        return report;
    }

    private Task MakeAsync(string database, int tables)
    {
        var script = new StringBuilder($"CREATE DATABASE {database};\n");
        for (var i = 0; i < tables; i++)
        {
            script.Append(CultureInfo.InvariantCulture, $"CREATE TABLE {database}.t{i} (id INT PRIMARY KEY, name VARCHAR(20));\n");
        }
        return server.Server.RunSqlAsync(script.ToString(), cancellationToken: TestContext.Current.CancellationToken);
    }
}

[Collection<ServerCollection>]
public sealed class StatementCountOnMariaDbTests(TestServer server) : StatementCountTests(server);

[Collection<MySql97Collection>, Trait("Category", "Long")]
public sealed class StatementCountOnMySqlTests(MySql97Server server) : StatementCountTests(server);
