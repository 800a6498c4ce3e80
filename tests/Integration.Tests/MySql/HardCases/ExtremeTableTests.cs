using System.Globalization;
using System.Text.Json.Nodes;
using Discovery.Ingestion.Reports;
using Discovery.Integration.Tests.Support;

namespace Discovery.Integration.Tests.MySql.HardCases;

/// <summary>The largest that a server takes, and text beyond three bytes a character.</summary>
public abstract class ExtremeTableTests(TestServer server) : IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await server.ExecuteAsync("CREATE DATABASE extreme CHARACTER SET utf8mb4");

    public ValueTask DisposeAsync() => new(server.DropAsync(["extreme"]));

    [Fact]
    public async Task A_table_of_4000_columns_comes_whole_and_in_order()
    {
        // InnoDB ends at 1017 columns, and MariaDB where names and types of all columns fill 64 KB.
        var columns = Names(server.Server.IsMariaDb ? 2500 : 4000);
        await server.ExecuteAsync($"CREATE TABLE extreme.wide ({string.Join(", ", columns.Select(column => $"{column} TINYINT"))}) ENGINE = MyISAM");
        using var crawl = await CrawlAsync();

        Assert.Equal(columns, Fields(crawl, "wide").Select(field => (string)field!["fieldPath"]!));
    }

    [Fact]
    public async Task A_view_of_4000_columns_comes_whole_and_in_order()
    {
        var columns = Names(4000);
        await server.ExecuteAsync($"CREATE VIEW extreme.wide_view AS SELECT {string.Join(", ", columns.Select(column => $"1 AS {column}"))}");
        using var crawl = await CrawlAsync();

        Assert.Equal(columns, Fields(crawl, "wide_view").Select(field => (string)field!["fieldPath"]!));
    }

    [Fact]
    public async Task An_enum_of_64_KB_comes_whole()
    {
        var values = string.Join(',', Enumerable.Range(0, 250).Select(i => string.Create(CultureInfo.InvariantCulture, $"'{new string('x', 252)}{i:000}'")));
        await server.ExecuteAsync($"CREATE TABLE extreme.choice (e ENUM({values}))");
        using var crawl = await CrawlAsync();

        Assert.InRange(values.Length, 64_000, 65_536);
        Assert.Equal($"ENUM({values})", (string)Assert.Single(Fields(crawl, "choice"))!["nativeDataType"]!);
    }

    [Fact]
    public async Task A_view_text_of_a_megabyte_comes_whole_with_its_lineage()
    {
        await server.ExecuteAsync("CREATE TABLE extreme.t (id INT PRIMARY KEY)");
        var cases = string.Join(' ', Enumerable.Range(0, 10_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"WHEN {i} THEN '{new string('y', 90)}{i}'")));
        await server.ExecuteAsync($"CREATE VIEW extreme.long_view AS SELECT CASE id {cases} END AS label FROM extreme.t");
        using var crawl = await CrawlAsync();

        var text = (string)Assert.Single(Proposals(crawl, "viewProperties"))["viewLogic"]!;
        Assert.InRange(text.Length, 1_000_000, 2_000_000);
        Assert.Contains("y9999'", text, StringComparison.Ordinal);
        var lineage = Assert.Single(Proposals(crawl, "upstreamLineage"));
        Assert.EndsWith(",extreme.t,PROD)", (string)Assert.Single(lineage["upstreams"]!.AsArray())!["dataset"]!, StringComparison.Ordinal);
        Assert.EndsWith(",extreme.t,PROD),id)", (string)Assert.Single(Assert.Single(lineage["fineGrainedLineages"]!.AsArray())!["upstreams"]!.AsArray())!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_beyond_three_bytes_comes_as_the_server_keeps_it()
    {
        // Names and comments of three bytes; the dictionaries of both servers have no four, and keep a question mark.
        await server.ExecuteAsync("CREATE TABLE extreme.`표㋿` (`열` ENUM('a🦊', '한') COMMENT '주석🦊' DEFAULT '한', d VARCHAR(9) DEFAULT '🦊') COMMENT '표🦊'");
        await server.ExecuteAsync("CREATE VIEW extreme.`뷰` AS SELECT '🦊' AS fox FROM extreme.`표㋿`");
        using var crawl = await CrawlAsync();

        var kept = await server.QueryAsync("SELECT column_comment FROM information_schema.columns WHERE table_schema = 'extreme' AND column_name = '열'");
        Assert.StartsWith("주석", kept[0], StringComparison.Ordinal);
        Assert.Equal(kept[0], (string)Fields(crawl, "표㋿")[0]!["description"]!);
        kept = await server.QueryAsync("SELECT column_type FROM information_schema.columns WHERE table_schema = 'extreme' AND column_name = '열'");
        Assert.StartsWith($"ENUM{kept[0]["enum".Length..]}", (string)Fields(crawl, "표㋿")[0]!["nativeDataType"]!, StringComparison.Ordinal);
        kept = await server.QueryAsync("SELECT table_comment FROM information_schema.tables WHERE table_schema = 'extreme' AND table_type <> 'VIEW'");
        Assert.Equal(kept[0], (string)crawl.Aspect("extreme.표㋿", "DatasetProperties")!["description"]!);
        Assert.Contains("select '🦊' AS `fox`", (string)Assert.Single(Proposals(crawl, "viewProperties"))["viewLogic"]!, StringComparison.Ordinal);
    }

    private async Task<Crawl> CrawlAsync()
    {
        var crawl = new Crawl(server);
        var report = await crawl.RunAsync(TestServer.Full, "database: extreme");
        Assert.Equal(RunStatus.Success, report.Status);
        Assert.Empty(report.AllWarnings);
        return crawl;
    }

    private static List<string> Names(int count) => [.. Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"c{i}"))];

    private static JsonArray Fields(Crawl crawl, string table) => crawl.Aspect($"extreme.{table}", "SchemaMetadata")!["fields"]!.AsArray();

    private static IEnumerable<JsonNode> Proposals(Crawl crawl, string aspect) =>
        crawl.Records().Where(record => (string?)record!["aspectName"] == aspect).Select(record => record!["aspect"]!["json"]!);
}

[Collection<ServerCollection>]
public sealed class ExtremeTableOnMariaDbTests(TestServer server) : ExtremeTableTests(server);

[Collection<MySql97Collection>, Trait("Category", "Long")]
public sealed class ExtremeTableOnMySqlTests(MySql97Server server) : ExtremeTableTests(server);
