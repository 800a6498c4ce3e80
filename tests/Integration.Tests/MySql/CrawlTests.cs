using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Reports;
using Discovery.Ingestion.Sources.MySql;
using Discovery.Integration.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Discovery.Integration.Tests.MySql;

public abstract class CrawlTests(TestServer server) : IAsyncLifetime
{
    private readonly List<string> _databases = [];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await server.DropAsync(_databases);

    [Fact]
    public async Task Two_runs_over_an_unchanged_server_give_the_same_bytes()
    {
        await MakeAsync("same", tables: 5);
        using var first = new Crawl(server);
        using var second = new Crawl(server);

        await first.RunAsync(TestServer.Ref, "database: same");
        await second.RunAsync(TestServer.Ref, "database: same");

        Assert.Equal(first.TimelessOutput(), second.TimelessOutput());
    }

    [Fact]
    public async Task Each_statement_is_a_span_with_its_name_and_rows_and_without_its_text()
    {
        await MakeAsync("traced", tables: 3);
        using var caller = new Activity("caller").Start();
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Discovery.Ingestion",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var crawl = new Crawl(server);

        var report = await crawl.RunAsync(TestServer.Ref, "database: traced");

        var statements = spans.Where(span => span.TraceId == caller.TraceId && span.OperationName.EndsWith(" query", StringComparison.Ordinal)).ToList();
        Assert.Equal(report.Source.Statements, statements.Count(span => span.GetTagItem("db.query.summary") is not "default database"));
        Assert.Equal(3L, Assert.Single(statements, span => span.GetTagItem("db.query.summary") is "tables").GetTagItem("db.response.returned_rows"));
        Assert.All(statements, span => Assert.DoesNotContain(span.TagObjects, tag => $"{tag.Value}".Contains("SELECT", StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task With_references_alone_tables_come_out_byte_for_byte_as_with_select()
    {
        await MakeAsync("rights", tables: 3);
        using var least = new Crawl(server);
        using var full = new Crawl(server);

        await least.RunAsync(TestServer.Ref, "database: rights");
        await full.RunAsync(TestServer.Full, "database: rights");

        Assert.Equal(full.TimelessOutput(), least.TimelessOutput());
    }

    [Fact]
    public async Task A_view_without_a_readable_text_keeps_its_columns_and_gets_a_note()
    {
        await MakeAsync("noted", tables: 1);
        await server.ExecuteAsync("CREATE VIEW noted.v AS SELECT id, name FROM noted.t0");
        using var least = new Crawl(server);
        using var showView = new Crawl(server);

        var report = await least.RunAsync(TestServer.Ref, "database: noted");
        await showView.RunAsync(TestServer.RefView, "database: noted");

        Assert.Contains(report.Source.Infos, info => info.Title == "View without text" && info.Context.Contains("noted.v"));
        Assert.Equal(2, least.Aspect("noted.v", "SchemaMetadata")!["fields"]!.AsArray().Count);
        Assert.DoesNotContain(least.Records(), record => (string?)record!["aspectName"] == "viewProperties");
        Assert.Contains(showView.Records(), record => (string?)record!["aspectName"] == "viewProperties"
            && ((string)record["aspect"]!["json"]!["viewLogic"]!).Contains("VIEW `v` AS select `t0`.`id` AS `id`", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, 13)]
    [InlineData(20, 13)]
    public async Task The_number_of_statements_does_not_depend_on_the_number_of_tables(int tables, int most)
    {
        await MakeAsync("counted", tables);
        using var crawl = new Crawl(server);
        await server.ExecuteAsync("SET GLOBAL log_output = 'TABLE'");
        await server.ExecuteAsync("SET GLOBAL general_log = ON");
        RunReport report;
        try
        {
            report = await crawl.RunAsync(TestServer.Ref, "database_pattern: { allow: [^counted$] }");
        }
        finally
        {
            await server.ExecuteAsync("SET GLOBAL general_log = OFF");
        }
        // SET NAMES is the driver's own, once a connection.
        var logged = await server.QueryAsync(
            $"SELECT CONVERT(argument USING utf8mb4) FROM mysql.general_log WHERE command_type IN ('Query', 'Execute') AND user_host LIKE '{TestServer.Ref}[%' AND argument NOT LIKE 'SET NAMES %'");
        await server.ExecuteAsync("TRUNCATE mysql.general_log");

        Assert.True(report.Source.Statements == logged.Count, string.Join('\n', logged));
        Assert.InRange(logged.Count, 1, most);
        Assert.All(logged, statement => Assert.Matches("^(SELECT|SHOW|SET SESSION) ", statement));
        Assert.Contains("SET SESSION TRANSACTION READ ONLY", logged);
    }

    [Fact]
    public async Task A_thousand_schemas_cost_four_statements_more_than_the_set_up_and_the_rest_four_each()
    {
        for (var i = 0; i < 12; i++)
        {
            await MakeAsync(string.Create(CultureInfo.InvariantCulture, $"batch_{i:00}"), tables: 1);
        }
        using var one = new Crawl(server);
        using var three = new Crawl(server);

        var whole = await one.RunAsync(TestServer.Ref, "database_pattern: { allow: [^batch_] }");
        var parts = await three.RunAsync(TestServer.Ref, "database_pattern: { allow: [^batch_] }\nschemas_per_batch: 4");

        Assert.Equal(12, whole.Emitted["container"]);
        Assert.Equal(whole.Source.Statements + 8, parts.Source.Statements);
        Assert.Equal(one.TimelessOutput(), three.TimelessOutput());
    }

    [Fact]
    public async Task What_is_read_is_what_the_server_has()
    {
        await MakeAsync("truth", tables: 7);
        await server.ExecuteAsync("CREATE VIEW truth.v AS SELECT id FROM truth.t1");
        using var crawl = new Crawl(server);

        var report = await crawl.RunAsync(TestServer.Ref, "database: truth\ntable_pattern: { deny: ['truth\\.t[56]$'] }");

        Assert.Equal(RunStatus.Success, report.Status);
        var kept = "table_schema = 'truth' AND table_name NOT IN ('t5', 't6')";
        Assert.Equal(await CountAsync($"tables WHERE {kept}"), report.Emitted["dataset"]);
        Assert.Equal(await CountAsync("tables WHERE table_schema = 'truth'"), report.Source.ReadCounts["dataset"]);
        Assert.Equal(2, report.Source.FilteredCounts["dataset"]);
        Assert.Equal(await CountAsync($"columns WHERE {kept}"), Assert.Single(report.Source.Databases).Columns);
    }

    [Fact]
    public async Task Databases_that_differ_in_case_only_are_told_apart()
    {
        await MakeAsync("Twice", tables: 1);
        await MakeAsync("twice", tables: 2);
        using var crawl = new Crawl(server);

        var report = await crawl.RunAsync(TestServer.Ref, "database_pattern: { allow: [^twice$], ignoreCase: false }");

        Assert.Equal("twice", Assert.Single(report.Source.Databases).Name);
        Assert.Equal(2, report.Emitted["dataset"]);
    }

    [Fact]
    public async Task A_sink_that_stalls_holds_no_statement_open_and_loses_nothing()
    {
        for (var i = 0; i < 4; i++)
        {
            await MakeAsync(string.Create(CultureInfo.InvariantCulture, $"stall_{i}"), tables: 20);
        }
        using var crawl = new Crawl(server);
        var stalled = false;

        var report = await crawl.RunAsync(TestServer.Ref, "database_pattern: { allow: [^stall_] }\nschemas_per_batch: 1", progress: _ =>
        {
            if (!stalled)
            {
                stalled = true;
                // The reader works on until it is one batch ahead; then the server has nothing of ours to do.
                Assert.True(SpinWait.SpinUntil(() => QueryNow("SELECT command FROM information_schema.processlist WHERE user = 'meta_ref'") is ["Sleep"], TimeSpan.FromMinutes(1)));
            }
        });

        Assert.Equal(RunStatus.Success, report.Status);
        Assert.Equal(80, report.Sink.AcceptedCounts["dataset"]);
    }

    [Fact]
    public async Task A_database_that_is_dropped_while_the_run_goes_on_is_named()
    {
        await MakeAsync("gone_a", tables: 1);
        await MakeAsync("gone_b", tables: 1);
        await server.ExecuteAsync("CREATE DATABASE gone_empty");
        _databases.Add("gone_empty");
        using var crawl = new Crawl(server);
        var dropped = false;

        var report = await crawl.RunAsync(TestServer.Ref, "database_pattern: { allow: [^gone_] }\nschemas_per_batch: 1\npause_between_batches_sec: 1", progress: _ =>
        {
            if (!dropped)
            {
                dropped = true;
                server.ExecuteAsync("DROP DATABASE gone_b").GetAwaiter().GetResult();
            }
        });

        Assert.Equal("gone_b", Assert.Single(Assert.Single(report.AllWarnings, warning => warning.Title == "Database is gone").Context));
    }

    [Fact]
    public async Task A_server_that_ends_idle_connections_early_is_not_met_with_a_dead_one()
    {
        await MakeAsync("brief_a", tables: 1);
        await MakeAsync("brief_b", tables: 1);
        await server.ExecuteAsync("SET GLOBAL wait_timeout = 1");
        using var crawl = new Crawl(server);
        try
        {
            var report = await crawl.RunAsync(TestServer.Ref, "database_pattern: { allow: [^brief_] }\nschemas_per_batch: 1\npause_between_batches_sec: 2");

            Assert.Equal(RunStatus.Success, report.Status);
            Assert.Equal(2, report.Source.Connections.Count);
        }
        finally
        {
            await server.ExecuteAsync("SET GLOBAL wait_timeout = DEFAULT");
        }
    }

    [Fact]
    public async Task Where_case_does_not_tell_databases_apart_the_recipes_spelling_is_kept_and_nothing_lost()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var crawl = new Crawl(server);
        await using var folding = await Embedded.LocalMySql.LocalMySqlServer.StartAsync(
            new() { DataFolder = Path.Combine(Path.GetDirectoryName(crawl.OutputFile)!, "data"), Arguments = ["--lower-case-table-names=1"] }, cancel);
        await folding.RunSqlAsync(
            "CREATE DATABASE shop; CREATE TABLE shop.parent (id INT PRIMARY KEY); CREATE TABLE shop.child (p INT, CONSTRAINT f FOREIGN KEY (p) REFERENCES parent (id));"
            + $"CREATE USER 'r'@'{folding.AccountHost}' IDENTIFIED BY '{TestServer.Password}'; GRANT REFERENCES ON *.* TO 'r'@'{folding.AccountHost}';", cancellationToken: cancel);
        var recipe = crawl.Recipe("r", "database: Shop");
        recipe = recipe with { SourceConfig = ((MySqlSourceConfig)recipe.SourceConfig) with { HostPort = folding.HostPort } };

        var report = await crawl.RunAsync(recipe);

        Assert.Equal(2, report.Emitted["dataset"]);
        Assert.Empty(report.AllWarnings);
        Assert.EndsWith(",Shop.parent,PROD)", (string)crawl.Aspect("Shop.child", "SchemaMetadata")!["foreignKeys"]![0]!["foreignDataset"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_idled_too_long_is_opened_anew()
    {
        await MakeAsync("idle", tables: 1);
        var clock = new SettableTime();
        using var crawl = new Crawl(server);
        var context = new RunContext { RunId = "idle", Loggers = NullLoggerFactory.Instance, Time = clock };
        await using var session = await MySqlSession.OpenAsync((MySqlSourceConfig)crawl.Recipe(TestServer.Ref, "").SourceConfig, context, TestContext.Current.CancellationToken);

        foreach (var idle in new[] { MySqlSession.IdleLimit / 2, MySqlSession.IdleLimit * 4 })
        {
            clock.Advance(idle);
            using var rows = new RowSpool(InformationSchema.Table.Count);
            await session.SpoolAsync("tables", InformationSchema.Tables(1), ["idle"], rows, TestContext.Current.CancellationToken);
            Assert.True(await rows.ReadAsync(TestContext.Current.CancellationToken));
        }

        Assert.Equal(2, context.SourceReport.Connections.Count);
    }

    [Fact]
    public async Task A_verified_connection_is_reported_as_such_and_a_plain_one_too()
    {
        await MakeAsync("plain", tables: 1);
        using var crawl = new Crawl(server);

        var report = await crawl.RunAsync(TestServer.Ref, "database: plain\noptions: { connect_args: { ssl_disabled: true } }");

        var connection = Assert.Single(report.Source.Connections);
        Assert.False(connection.Encrypted);
        Assert.False(connection.Verified);
        Assert.Contains("not encrypted", RunReportText.Render(report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recipe_that_asks_for_verification_never_falls_back()
    {
        await MakeAsync("strict", tables: 1);
        using var crawl = new Crawl(server);
        var authority = Path.Combine(Path.GetDirectoryName(crawl.OutputFile)!, "ca.pem");
        using (var key = System.Security.Cryptography.RSA.Create(2048))
        {
            var request = new System.Security.Cryptography.X509Certificates.CertificateRequest(
                "CN=nobody's authority", key, System.Security.Cryptography.HashAlgorithmName.SHA256, System.Security.Cryptography.RSASignaturePadding.Pkcs1);
            using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
            await File.WriteAllTextAsync(authority, certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);
        }

        var report = await crawl.RunAsync(TestServer.Ref, $"database: strict\noptions: {{ connect_args: {{ ssl: {{ ca: '{authority}' }} }} }}");

        Assert.Equal(RunStatus.Failure, report.Status);
        Assert.Empty(report.Source.Connections);
        Assert.False(File.Exists(crawl.OutputFile));
    }

    private async Task MakeAsync(string database, int tables)
    {
        _databases.Add(database);
        await server.ExecuteAsync($"CREATE DATABASE {database} CHARACTER SET utf8mb4");
        for (var i = 0; i < tables; i++)
        {
            var parent = i == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", CONSTRAINT fk_{i} FOREIGN KEY (parent) REFERENCES t{i - 1} (id)");
            await server.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"CREATE TABLE {database}.t{i} (id INT PRIMARY KEY COMMENT '식별자', name VARCHAR(20) NOT NULL, parent INT{parent}) COMMENT 'table {i}'"));
        }
    }

    private async Task<long> CountAsync(string from) => long.Parse((await server.QueryAsync($"SELECT CONCAT(COUNT(*), '') FROM information_schema.{from}"))[0], CultureInfo.InvariantCulture);

    private List<string> QueryNow(string sql) => server.QueryAsync(sql).GetAwaiter().GetResult();

    private sealed class SettableTime : TimeProvider
    {
        private long _offset;

        public void Advance(TimeSpan by) => Interlocked.Add(ref _offset, (long)(by.TotalSeconds * TimestampFrequency));

        public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref _offset);
    }
}

[Collection<ServerCollection>]
public sealed class CrawlOnMariaDbTests(TestServer server) : CrawlTests(server);

[Collection<MySql97Collection>, Trait("Category", "Long")]
public sealed class CrawlOnMySqlTests(MySql97Server server) : CrawlTests(server);
