using System.Data.Common;
using Discovery.Embedded.LocalMySql;
using MySqlConnector;

namespace Discovery.Integration.Tests;

/// <summary>What the local server is to those who connect.</summary>
public sealed class LocalMySqlClientTests(LocalMySqlFixture fixture) : IClassFixture<LocalMySqlFixture>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private LocalMySqlServer Server => fixture.Server;

    [Fact]
    public async Task Nobody_gets_in_without_the_password_of_this_start()
    {
        foreach (var (user, password) in new[] { ("root", ""), ("discovery_admin", ""), ("", ""), ("discovery_admin", "wrong") })
        {
            await using DbConnection connection = new MySqlConnection(Server.ConnectionString(user, password));
            await Assert.ThrowsAnyAsync<DbException>(() => connection.OpenAsync(Cancelled));
        }
    }

    [Fact]
    public async Task Its_password_is_in_no_file_and_on_no_command_line()
    {
        var password = LocalMySqlFixture.Password(Server);
        foreach (var file in Directory.EnumerateFiles(Server.DataFolder!).Where(file => Path.GetFileName(file) is not ("lock" or "server.sock" or "server.sock.lock")))
        {
            Assert.DoesNotContain(password, await ServerLog.ReadAsync(file, Cancelled), StringComparison.Ordinal);
        }
        var (_, processes) = await Command.RunAsync("/bin/sh", ["-c", "cat /proc/[0-9]*/cmdline 2>/dev/null || ps -axo args"], Cancelled);
        Assert.DoesNotContain(password, processes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_reads_and_writes_no_files_for_its_clients()
    {
        var outside = Path.Combine(Path.GetTempPath(), $"discovery-{Guid.NewGuid()}");
        await Assert.ThrowsAsync<LocalMySqlException>(() => Server.RunSqlAsync($"SELECT 1 INTO OUTFILE '{outside}'", cancellationToken: Cancelled));
        Assert.False(File.Exists(outside));
        Assert.Equal(0, await LocalMySqlFixture.ScalarAsync<long>(Server, "SELECT @@local_infile"));
    }

    [Fact]
    public async Task A_failing_statement_is_named_with_its_line()
    {
        var failed = await Assert.ThrowsAsync<LocalMySqlException>(() => Server.RunSqlAsync("SELECT 1;\n-- ok so far\nSELECT * FROM nowhere.t;", "probe.sql", Cancelled));
        Assert.StartsWith("probe.sql:3: ", failed.Message, StringComparison.Ordinal);
    }
}
