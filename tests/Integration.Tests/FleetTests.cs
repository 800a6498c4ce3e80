using System.Data.Common;
using Discovery.Embedded;
using Discovery.Embedded.LocalMySql;
using Discovery.Ingestion.Api;
using Discovery.Ingestion.Control;
using Microsoft.Extensions.Logging.Abstractions;
using MySqlConnector;

namespace Discovery.Integration.Tests;

public sealed class FleetTests(LocalMySqlFixture fixture) : IClassFixture<LocalMySqlFixture>
{
    private readonly SampleFleet _fleet = new(LocalMySqlCheckout.SampleFleetFolder());

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private LocalMySqlServer Server => fixture.Server;

    [Fact]
    public async Task The_fleet_has_what_its_README_says()
    {
        await _fleet.LoadAsync(Server, Cancelled);

        var documented = FleetReadme.Read();
        Assert.Equal(_fleet.Databases, documented.Select(row => row.Database));
        foreach (var row in documented)
        {
            var counted = new FleetReadme(
                row.Database,
                await CountAsync($"tables WHERE table_type = 'BASE TABLE' AND table_schema = '{row.Database}'"),
                await CountAsync($"views WHERE table_schema = '{row.Database}'"),
                await CountAsync($"columns WHERE table_schema = '{row.Database}'"),
                await CountAsync($"referential_constraints WHERE constraint_schema = '{row.Database}'"),
                await CountAsync($"routines WHERE routine_schema = '{row.Database}'"));
            Assert.Equal(row, counted);
        }
    }

    [Fact]
    public async Task What_up_ingests_is_what_the_server_itself_counts()
    {
        await _fleet.LoadAsync(Server, Cancelled);
        var account = await ReadingAccount.CreateAsync(Server, _fleet.Databases, Cancelled);
        var folder = new UpFolder(fixture.Folder.FullName);
        var control = new ControlSettings { DataFolder = folder.Control, RecipeFolder = folder.Recipes };
        await using var local = await LocalServer.StartAsync(folder.Catalog, control, port: 0, Cancelled);
        folder.Write(Server.HostPort, account, local.Address);
        await using var runner = new LocalRunner(local.Address, folder.Files, new Dictionary<string, string> { [UpFolder.PasswordVariable] = account.Password }, NullLoggerFactory.Instance);

        var (run, report) = await RequestedRun.ExecuteAsync(local.Address, UpFolder.RecipeName, Cancelled);

        Assert.Equal((RunState.Succeeded, null), (run.State, run.Reason));
        var databases = report!.Value.GetProperty("source").GetProperty("report").GetProperty("databases").EnumerateArray().ToList();
        Assert.Equal(_fleet.Databases.Order(StringComparer.Ordinal), databases.Select(database => database.GetProperty("name").GetString()));
        foreach (var database in databases)
        {
            var name = database.GetProperty("name").GetString();
            Assert.Equal(await CountAsync($"tables WHERE table_type = 'BASE TABLE' AND table_schema = '{name}'"), database.GetProperty("tables").GetInt64());
            Assert.Equal(await CountAsync($"views WHERE table_schema = '{name}'"), database.GetProperty("views").GetInt64());
            Assert.Equal(await CountAsync($"columns WHERE table_schema = '{name}'"), database.GetProperty("columns").GetInt64());
        }
    }

    [Fact]
    public async Task It_is_loaded_again_only_when_it_changed()
    {
        await _fleet.LoadAsync(Server, Cancelled);
        Assert.False(await _fleet.LoadAsync(Server, Cancelled));

        var changed = Directory.CreateDirectory(Path.Combine(fixture.Folder.FullName, "changed"));
        foreach (var script in Directory.GetFiles(LocalMySqlCheckout.SampleFleetFolder(), "*.sql"))
        {
            File.Copy(script, Path.Combine(changed.FullName, Path.GetFileName(script)));
        }
        await File.AppendAllTextAsync(Path.Combine(changed.FullName, "10-geo.sql"), "CREATE TABLE one_more (id INT);\n", Cancelled);
        Assert.True(await new SampleFleet(changed.FullName).LoadAsync(Server, Cancelled));
        Assert.Equal(1, await CountAsync("tables WHERE table_name = 'one_more'"));
    }

    [Fact]
    public async Task The_account_sees_the_structure_and_cannot_read_a_row()
    {
        await _fleet.LoadAsync(Server, Cancelled);
        var account = await ReadingAccount.CreateAsync(Server, _fleet.Databases, Cancelled);

        await using DbConnection connection = new MySqlConnection(Server.ConnectionString(account.Name, account.Password));
        await connection.OpenAsync(Cancelled);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT column_comment FROM information_schema.columns WHERE table_schema = 'mobility' AND table_name = 'ride' AND column_name = 'started_at'";
        Assert.Equal("대여 시각 (UTC)", await command.ExecuteScalarAsync(Cancelled));
        command.CommandText = "SELECT ride_id FROM mobility.ride";
        await Assert.ThrowsAnyAsync<DbException>(() => command.ExecuteScalarAsync(Cancelled));
    }

    private Task<long> CountAsync(string ofInformationSchema) =>
        LocalMySqlFixture.ScalarAsync<long>(Server, $"SELECT COUNT(*) FROM information_schema.{ofInformationSchema}");
}
