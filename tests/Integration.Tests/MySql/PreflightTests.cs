using System.Text.Json.Nodes;
using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Reports;
using Discovery.Ingestion.Sources.MySql;
using Discovery.Ingestion.Sources.MySql.Preflight;
using Discovery.Integration.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Discovery.Integration.Tests.MySql;

/// <summary>What preflight prints is run by an administrator, and then everything is there.</summary>
public abstract class PreflightTests(TestServer server) : IAsyncLifetime
{
    private const string Schema = "pre_flight", Recipe = "database_pattern: { allow: [^pre_flight$] }";

    public async ValueTask InitializeAsync()
    {
        await MakeAsync(Schema);
        // Its name matches the pattern pre_flight, and no grant printed may open it.
        await MakeAsync("prexflight");
    }

    public async ValueTask DisposeAsync() => await server.DropAsync([Schema, "prexflight"]);

    [Theory]
    [InlineData]
    [InlineData("GRANT REFERENCES ON *.*")]
    [InlineData("GRANT REFERENCES, SHOW VIEW ON *.*")]
    [InlineData("GRANT SHOW VIEW ON *.*")]
    [InlineData("GRANT PROCESS ON *.*")]
    [InlineData("GRANT REFERENCES ON pre_flight.a")]
    [InlineData("GRANT SELECT (id), REFERENCES (b) ON pre_flight.a")]
    [InlineData(@"GRANT REFERENCES ON `pre\_%`.*")]
    [InlineData(@"GRANT REFERENCES, TRIGGER ON `pre\_%`.*", @"GRANT SHOW VIEW ON `pre\_flight`.*")]
    [InlineData("GRANT SHOW VIEW ON `pr%`.*", @"GRANT REFERENCES ON `pre\_%`.*")]
    [InlineData("CREATE ROLE pre_role", @"GRANT REFERENCES ON `pre\_%`.* TO pre_role", "GRANT pre_role", "SET DEFAULT ROLE pre_role")]
    [InlineData("CREATE ROLE pre_role", @"GRANT REFERENCES ON `pre\_%`.* TO pre_role", "GRANT pre_role", "SET DEFAULT ROLE pre_role", @"GRANT SHOW VIEW ON `pre\_flight`.*")]
    [InlineData("CREATE ROLE pre_role", "GRANT SHOW VIEW ON `pr%`.* TO pre_role", "GRANT pre_role", "SET DEFAULT ROLE pre_role", @"GRANT REFERENCES ON `pre\_%`.*")]
    [InlineData("CREATE ROLE pre_role", "GRANT REFERENCES ON *.* TO pre_role", "GRANT pre_role")]
    [InlineData("GRANT EXECUTE ON pre_flight.*")]
    public Task What_it_prints_is_enough(params string[] statements) => SufficesAsync("reader", statements);

    [Theory]
    [InlineData]
    [InlineData("GRANT REFERENCES, SHOW VIEW ON *.*", "REVOKE REFERENCES, SHOW VIEW ON pre_flight.*")]
    [InlineData("GRANT SELECT, SHOW VIEW ON *.*", "REVOKE SELECT ON pre_flight.*")]
    [InlineData(@"GRANT REFERENCES ON `pre\_flight`.*", "GRANT SHOW VIEW ON pre_flight.*")]
    [InlineData("CREATE ROLE pre_role", "GRANT SHOW VIEW ON pre_flight.* TO pre_role", "GRANT pre_role", "SET DEFAULT ROLE pre_role")]
    public async Task It_is_enough_with_partial_revokes(params string[] statements)
    {
        Assert.SkipWhen(server.Server.IsMariaDb, "only MySQL has partial revokes");
        await SufficesAsync("reader", ["SET GLOBAL partial_revokes = ON", .. statements]);
    }

    [Theory]
    [InlineData("o'brien")]
    [InlineData("d\"ouble")]
    [InlineData("back`tick\\slash")]
    [InlineData("p@rt%of_it")]
    public Task Names_of_accounts_are_quoted(string account) => SufficesAsync(account, []);

    [Theory]
    [InlineData("per%cent_under")]
    [InlineData("back`tick")]
    [InlineData("back\\slash_")]
    [InlineData("엣지 '\"")]
    public async Task Names_of_databases_are_quoted_and_escaped(string schema)
    {
        await MakeAsync(schema);
        await using var account = await ReadingAccount.CreateAsync(server);
        var recipe = $"database: {System.Text.Json.JsonSerializer.Serialize(schema)}";
        try
        {
            await ExecuteAsync(await PreflightAsync(account, recipe));

            Assert.True((await PreflightAsync(account, recipe)).IsComplete);
        }
        finally
        {
            await server.DropAsync([schema]);
        }
    }

    [Fact]
    public async Task It_prints_the_least_right_for_the_one_database()
    {
        await using var account = await ReadingAccount.CreateAsync(server);

        var report = await PreflightAsync(account, "database: pre_flight\ninclude_stored_procedures: false\nprofiling: { enabled: true }");

        Assert.Equal(PreflightPresence.NotVisible, Assert.Single(report.Databases).Presence);
        Assert.Equal(
            [$@"GRANT REFERENCES ON `pre\_flight`.* TO {account.Quoted};", $@"GRANT SHOW VIEW ON `pre\_flight`.* TO {account.Quoted};", $@"GRANT SELECT ON `pre\_flight`.* TO {account.Quoted};"],
            report.Missing.SelectMany(missing => missing.Statements));
    }

    [Fact]
    public async Task Rows_are_opened_one_database_at_a_time()
    {
        await using var account = await ReadingAccount.CreateAsync(server);
        await account.GivenAsync(["GRANT REFERENCES, SHOW VIEW ON *.* TO ACCOUNT"]);

        var report = await PreflightAsync(account, "database_pattern: { allow: [^pre_flight$, ^prexflight$] }\ninclude_stored_procedures: false\nprofiling: { enabled: true }");

        var data = Assert.Single(report.Missing);
        Assert.Equal([$@"GRANT SELECT ON `pre\_flight`.* TO {account.Quoted};", $"GRANT SELECT ON `prexflight`.* TO {account.Quoted};"], data.Statements);
        Assert.Null(data.Wide);
    }

    [Fact]
    public async Task A_recipe_is_told_what_it_asks_for_alone()
    {
        await using var account = await ReadingAccount.CreateAsync(server);
        await account.GivenAsync(["GRANT REFERENCES ON *.* TO ACCOUNT"]);

        var report = await PreflightAsync(account, Recipe + "\ninclude_views: false\ninclude_stored_procedures: false");

        Assert.True(report.IsComplete);
        Assert.Equal([PreflightFeature.Structure], report.Features);
    }

    [Fact]
    public async Task View_texts_are_missing_only_where_there_are_views()
    {
        await using var account = await ReadingAccount.CreateAsync(server);
        await account.GivenAsync(["GRANT REFERENCES ON *.* TO ACCOUNT"]);

        var withView = await PreflightAsync(account, Recipe + "\ninclude_stored_procedures: false");
        var withoutView = await PreflightAsync(account, Recipe + "\ninclude_stored_procedures: false\nview_pattern: { deny: [pre_flight] }");

        Assert.Equal(PreflightFeature.ViewTexts, Assert.Single(withView.Missing).Feature);
        Assert.True(withoutView.IsComplete);
    }

    [Fact]
    public async Task A_database_that_is_named_and_not_there_needs_no_grant()
    {
        var report = await PreflightAsync(TestServer.Full, "database_pattern: { allow: [^pre_flight$, ^pre_gone$] }");

        Assert.Equal(PreflightPresence.NotThere, report.Databases.Single(database => database.Name == "pre_gone").Presence);
        Assert.False(report.IsComplete);
        Assert.DoesNotContain(report.Missing, missing => missing.Databases.Contains("pre_gone"));
    }

    [Fact]
    public async Task Names_of_procedures_without_bodies_are_told_apart()
    {
        await using var account = await ReadingAccount.CreateAsync(server);
        await account.GivenAsync(["GRANT EXECUTE, REFERENCES ON pre_flight.* TO ACCOUNT"]);

        var report = await PreflightAsync(account, Recipe);

        Assert.Equal(PreflightSight.NamesOnly, Assert.Single(report.Databases).Sights[PreflightFeature.Procedures]);
    }

    [Fact]
    public async Task Roles_that_are_not_active_are_named()
    {
        await using var account = await ReadingAccount.CreateAsync(server);
        await account.GivenAsync(["CREATE ROLE pre_role", "GRANT REFERENCES ON *.* TO pre_role", "GRANT pre_role TO ACCOUNT"]);

        var report = await PreflightAsync(account, Recipe);

        Assert.Contains("pre_role", Assert.Single(report.InactiveRoles), StringComparison.Ordinal);
        Assert.Contains("SET DEFAULT ROLE", PreflightText.Render(report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_asks_as_much_of_one_database_as_of_all()
    {
        var one = await StatementsAsync("database: pre_flight");
        var all = await StatementsAsync("");

        Assert.Equal(one, all);
        Assert.InRange(all, 1, 8);
    }

    [Fact]
    public async Task The_command_prints_text_or_JSON_and_no_secret()
    {
        await using var account = await ReadingAccount.CreateAsync(server);
        var hash = (await server.QueryAsync($"SELECT authentication_string FROM mysql.user WHERE User = 'p@rt'"))[0];
        var folder = Directory.CreateTempSubdirectory("discovery-preflight-");
        try
        {
            var recipe = $$"""
                source:
                  type: mysql
                  config: { host_port: "{{server.Server.HostPort}}", username: p@rt, password: "${MYSQL_PASSWORD}", database: pre_flight }
                sink: { type: blackhole }
                """;
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "recipe.yml"), recipe, TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "closed.yml"), recipe.Replace(server.Server.HostPort, "127.0.0.1:1", StringComparison.Ordinal), TestContext.Current.CancellationToken);
            var variables = new Dictionary<string, string> { ["MYSQL_PASSWORD"] = TestServer.Password };

            var missing = await ProgramResult.DiscoveryAsync(folder.FullName, variables, "preflight", "-c", "recipe.yml");
            var json = await ProgramResult.DiscoveryAsync(folder.FullName, variables, "preflight", "-c", "recipe.yml", "--json");
            var unreachable = await ProgramResult.DiscoveryAsync(folder.FullName, variables, "preflight", "-c", "closed.yml");
            await ExecuteAsync(await PreflightAsync(account, "database: pre_flight"));
            var complete = await ProgramResult.DiscoveryAsync(folder.FullName, variables, "preflight", "-c", "recipe.yml");

            Assert.Equal((1, 1, 1, 0), (missing.ExitCode, json.ExitCode, unreachable.ExitCode, complete.ExitCode));
            Assert.Contains($@"GRANT REFERENCES ON `pre\_flight`.* TO {account.Quoted};", missing.Output, StringComparison.Ordinal);
            Assert.False((bool)JsonNode.Parse(json.Output)!["complete"]!);
            Assert.Contains("127.0.0.1:1", unreachable.Error, StringComparison.Ordinal);
            Assert.Contains("Everything that the recipe asks for is visible.", complete.Output, StringComparison.Ordinal);
            foreach (var result in new[] { missing, json, unreachable, complete })
            {
                Assert.DoesNotContain(TestServer.Password, result.Output + result.Error, StringComparison.Ordinal);
                Assert.DoesNotContain(hash, result.Output + result.Error, StringComparison.Ordinal);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Runs what is printed, and then a preflight and a run find everything.</summary>
    private async Task SufficesAsync(string name, IEnumerable<string> statements)
    {
        await using var account = await ReadingAccount.CreateAsync(server, name);
        await account.GivenAsync(statements.Select(account.Complete));
        var sawOther = await SeesAsync(account, "prexflight");

        await ExecuteAsync(await PreflightAsync(account, Recipe));
        var report = await PreflightAsync(account, Recipe);
        using var crawl = new Crawl(server);
        var run = await crawl.RunAsync(account.YamlName, Recipe);

        Assert.True(report.IsComplete, PreflightText.Render(report));
        var database = Assert.Single(run.Source.Databases);
        Assert.Equal((DatabaseVisibility.Complete, 1, 1, 3), (database.Visibility, database.Tables, database.Views, database.Columns));
        Assert.Contains(crawl.Records(), record => (string?)record!["aspectName"] == "viewProperties" && record["aspect"]!["json"]!["viewLogic"]!.ToString().Length > 0);
        Assert.Contains("SELECT 1", Assert.Single(await BodiesAsync(account)), StringComparison.Ordinal);
        Assert.Equal(sawOther, await SeesAsync(account, "prexflight"));
    }

    private async Task MakeAsync(string schema)
    {
        var quoted = $"`{schema.Replace("`", "``", StringComparison.Ordinal)}`";
        await server.ExecuteAsync($"CREATE DATABASE {quoted}");
        await server.ExecuteAsync($"CREATE TABLE {quoted}.a (id INT PRIMARY KEY, b INT)");
        await server.ExecuteAsync($"CREATE VIEW {quoted}.v AS SELECT id FROM {quoted}.a");
        await server.ExecuteAsync($"CREATE PROCEDURE {quoted}.p() SELECT 1");
    }

    private async Task ExecuteAsync(PreflightReport report)
    {
        foreach (var statement in report.Missing.SelectMany(missing => missing.Statements))
        {
            await server.ExecuteAsync(statement);
        }
    }

    private Task<PreflightReport> PreflightAsync(ReadingAccount account, string settings) => PreflightAsync(account.YamlName, settings);

    private async Task<PreflightReport> PreflightAsync(string account, string settings)
    {
        using var crawl = new Crawl(server);
        return await MySqlPreflight.RunAsync((MySqlSourceConfig)crawl.Recipe(account, settings, "blackhole").SourceConfig, Context(), TestContext.Current.CancellationToken);
    }

    private async Task<long> StatementsAsync(string settings)
    {
        using var crawl = new Crawl(server);
        var context = Context();
        await MySqlPreflight.RunAsync((MySqlSourceConfig)crawl.Recipe(TestServer.Ref, settings, "blackhole").SourceConfig, context, TestContext.Current.CancellationToken);
        return context.SourceReport.Statements;
    }

    private static RunContext Context() => new() { RunId = "preflight", Loggers = NullLoggerFactory.Instance };

    private Task<List<string>> BodiesAsync(ReadingAccount account) =>
        server.QueryAsync("SELECT ROUTINE_DEFINITION FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = 'pre_flight' AND ROUTINE_DEFINITION IS NOT NULL", account.Name);

    private async Task<bool> SeesAsync(ReadingAccount account, string schema) =>
        (await server.QueryAsync("SELECT SCHEMA_NAME FROM information_schema.SCHEMATA", account.Name)).Contains(schema);
}

[Collection<ServerCollection>]
public sealed class PreflightOnMariaDbTests(TestServer server) : PreflightTests(server);

[Collection<MySql97Collection>, Trait("Category", "Long")]
public sealed class PreflightOnMySqlTests(MySql97Server server) : PreflightTests(server);
