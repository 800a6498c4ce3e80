using System.Text.Json.Nodes;
using Discovery.Ingestion.Reports;
using Discovery.Integration.Tests.Support;

namespace Discovery.Integration.Tests.MySql;

/// <summary>What views read, and stored procedures, where the recorded schemas do not show it.</summary>
public abstract class LineageTests(TestServer server) : IAsyncLifetime
{
    private const string Both = "database_pattern: { allow: [^lin_a$, ^lin_b$] }";

    public async ValueTask InitializeAsync()
    {
        await server.ExecuteAsync("CREATE DATABASE lin_a");
        await server.ExecuteAsync("CREATE DATABASE lin_b");
        await server.ExecuteAsync("CREATE TABLE lin_b.later (id INT PRIMARY KEY, `a/b~c` INT)");
        await server.ExecuteAsync("CREATE VIEW lin_a.v AS SELECT id, `a/b~c` + 1 AS n FROM lin_b.later");
        await server.ExecuteAsync("CREATE PROCEDURE lin_b.p() SELECT 1");
    }

    public ValueTask DisposeAsync() => new(server.DropAsync(["lin_a", "lin_b"]));

    [Theory]
    [InlineData("", 0.9)]
    [InlineData("table_pattern: { deny: ['lin_b\\.later'] }\nview_pattern: { allow: ['.*'] }", 0.35)]
    public async Task Lineage_is_surer_when_the_table_was_part_of_the_run_be_it_in_a_later_database(string settings, double confidence)
    {
        using var crawl = new Crawl(server);

        await crawl.RunAsync(TestServer.Full, $"{Both}\n{settings}");

        var lineage = Assert.Single(Aspects(crawl, "upstreamLineage"))!;
        Assert.Equal("urn:li:dataset:(urn:li:dataPlatform:mysql,lin_b.later,PROD)", (string?)Assert.Single(lineage["upstreams"]!.AsArray())!["dataset"]);
        Assert.All(lineage["fineGrainedLineages"]!.AsArray(), field => Assert.Equal(confidence, (double)field!["confidenceScore"]!));
    }

    [Fact]
    public async Task SHOW_VIEW_is_enough_for_lineage()
    {
        using var full = new Crawl(server);
        using var small = new Crawl(server);
        await full.RunAsync(TestServer.Full, Both);
        await small.RunAsync(TestServer.RefView, Both);

        Assert.Equal(Fields(full), Fields(small));
        Assert.Equal(["COPY", "SQL"], Fields(small).Select(field => field.Split(':')[0]));
    }

    [Fact]
    public async Task Without_column_lineage_tables_are_named_alone()
    {
        using var crawl = new Crawl(server);

        await crawl.RunAsync(TestServer.Full, $"{Both}\ninclude_view_column_lineage: false");

        Assert.Null(Assert.Single(Aspects(crawl, "upstreamLineage"))!["fineGrainedLineages"]);
        Assert.Equal(2, Assert.Single(Aspects(crawl, "querySubjects"))!["subjects"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_view_that_takes_values_of_a_sequence_ends_no_run()
    {
        Assert.SkipUnless(server.Server.IsMariaDb, "only MariaDB has sequences");
        await server.ExecuteAsync("CREATE SEQUENCE lin_a.numbers");
        await server.ExecuteAsync("CREATE VIEW lin_a.numbered AS SELECT NEXTVAL(lin_a.numbers) AS n, id FROM lin_b.later");
        using var crawl = new Crawl(server);

        var report = await crawl.RunAsync(TestServer.Full, Both);

        Assert.Equal(RunStatus.Success, report.Status);
        Assert.Equal(["lin_a.numbered"], Assert.Single(report.AllWarnings, warning => warning.Title == "View without visible columns").Context);
        Assert.Single(Aspects(crawl, "upstreamLineage"));
    }

    [Fact]
    public async Task A_view_that_its_server_cannot_print_ends_no_run()
    {
        Assert.SkipUnless(server.Server.IsMariaDb, "MySQL quotes the name");
        await server.ExecuteAsync("CREATE VIEW lin_a.unquoted AS WITH `a b` AS (SELECT id FROM lin_b.later) SELECT * FROM `a b`");
        using var crawl = new Crawl(server);

        var report = await crawl.RunAsync(TestServer.Full, Both);

        Assert.Equal(RunStatus.Success, report.Status);
        Assert.Single(Aspects(crawl, "upstreamLineage"));
    }

    [Fact]
    public async Task A_patch_escapes_what_would_end_a_part_of_its_path()
    {
        using var crawl = new Crawl(server);

        await crawl.RunAsync(TestServer.Full, $"{Both}\nincremental_lineage: true");

        var record = Assert.Single(crawl.Records(), record => (string?)record!["aspectName"] == "upstreamLineage")!;
        Assert.Equal("PATCH", (string?)record["changeType"]);
        Assert.EndsWith("lin_b.later,PROD),a~1b~0c)", record["aspect"]!["json"]!.AsArray().Select(change => (string)change!["path"]!).Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_tables_that_lower_case_makes_one_are_told()
    {
        await server.ExecuteAsync("CREATE TABLE lin_b.Later (id INT)");
        using var crawl = new Crawl(server);

        var report = await crawl.RunAsync(TestServer.Ref, $"{Both}\nconvert_urns_to_lowercase: true");

        var warning = Assert.Single(report.AllWarnings, warning => warning.Title == "Two tables have one urn");
        Assert.Equal("urn:li:dataset:(urn:li:dataPlatform:mysql,lin_b.later,PROD)", Assert.Single(warning.Context));
    }

    [Fact]
    public async Task A_procedure_whose_body_may_not_be_read_is_named_without_it()
    {
        var account = $"'may_call'@'{server.Server.AccountHost}'";
        await server.ExecuteAsync($"CREATE USER {account} IDENTIFIED BY '{TestServer.Password}'");
        try
        {
            await server.ExecuteAsync($"GRANT REFERENCES, EXECUTE ON lin_b.* TO {account}");
            using var crawl = new Crawl(server);

            var report = await crawl.RunAsync("may_call", Both);

            Assert.Equal((1, 1), (report.Emitted["dataFlow"], report.Emitted["dataJob"]));
            Assert.Single(Aspects(crawl, "dataJobInfo"));
            Assert.Empty(Aspects(crawl, "dataTransformLogic"));
        }
        finally
        {
            await server.ExecuteAsync($"DROP USER {account}");
        }
    }

    [Theory]
    [InlineData(TestServer.Ref, true)]
    [InlineData(TestServer.Full, false)]
    public async Task An_account_to_which_procedures_are_not_shown_is_told_so(string account, bool told)
    {
        // Global SELECT shows bodies on both servers.
        using var crawl = new Crawl(server);

        var report = await crawl.RunAsync(account, Both);

        Assert.Equal(told ? ["lin_a", "lin_b"] : [], report.Source.Infos.Where(info => info.Title == "Stored procedures perhaps hidden").SelectMany(info => info.Context).Order());
        Assert.Equal(told ? 0 : 1, report.Emitted["dataJob"]);
    }

    [Fact]
    public async Task Procedures_that_are_not_asked_for_cost_no_statement_and_those_left_out_are_counted()
    {
        using var without = new Crawl(server);
        using var filtered = new Crawl(server);
        var none = await without.RunAsync(TestServer.Full, $"{Both}\ninclude_stored_procedures: false");
        var denied = await filtered.RunAsync(TestServer.Full, $"{Both}\nprocedure_pattern: {{ deny: ['lin_b\\.p'] }}");

        Assert.Equal(none.Source.Statements + 1, denied.Source.Statements);
        Assert.Equal((1, 1, 0), (denied.Source.ReadCounts["dataJob"], denied.Source.FilteredCounts["dataJob"], denied.Emitted["dataFlow"]));
        Assert.Equal(RunStatus.Success, denied.Status);
        Assert.DoesNotContain(none.Source.ReadCounts.EntityTypes, type => type.StartsWith("dataJob", StringComparison.Ordinal));
    }

    private static List<JsonNode?> Aspects(Crawl crawl, string aspect) =>
        [.. crawl.Records().Where(record => (string?)record!["aspectName"] == aspect).Select(record => record!["aspect"]!["json"])];

    private static List<string> Fields(Crawl crawl) =>
        [.. Assert.Single(Aspects(crawl, "upstreamLineage"))!["fineGrainedLineages"]!.AsArray().Select(field => $"{field!["transformOperation"]} {field["upstreams"]!.ToJsonString()}")];
}

[Collection<ServerCollection>]
public sealed class LineageOnMariaDbTests(TestServer server) : LineageTests(server);

[Collection<MySql97Collection>, Trait("Category", "Long")]
public sealed class LineageOnMySqlTests(MySql97Server server) : LineageTests(server);
