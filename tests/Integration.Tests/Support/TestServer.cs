using Discovery.Embedded.LocalMySql;
using MySqlConnector;

namespace Discovery.Integration.Tests.Support;

/// <summary>
/// A MariaDB or MySQL server of the tests' own, with the accounts that the recorded output of DataHub's client was made
/// with. One for all tests of a collection; each test makes and drops its own databases.
/// </summary>
public sealed class TestServer : IAsyncLifetime
{
    public const string Full = "meta_full", Ref = "meta_ref", RefView = "meta_refview", Password = "pw-3x4mple-9f";

    private readonly string _folder = Directory.CreateTempSubdirectory("discovery-test-").FullName;
    private LocalMySqlServer? _server;

    /// <summary>The server; skips the test where none can be had.</summary>
    public LocalMySqlServer Server
    {
        get
        {
            Assert.SkipWhen(_server is null, "no mariadbd, mysqld or Docker on this machine");
            return _server;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (!await LocalMySqlServer.IsAvailableAsync(TestContext.Current.CancellationToken))
        {
            return;
        }
        _server = await LocalMySqlServer.StartAsync(new LocalMySqlOptions { DataFolder = Path.Combine(_folder, "data") }, TestContext.Current.CancellationToken);
        foreach (var (user, grants) in new[] { (Full, "SELECT, SHOW VIEW"), (Ref, "REFERENCES"), (RefView, "REFERENCES, SHOW VIEW") })
        {
            await ExecuteAsync($"CREATE USER '{user}'@'{_server.AccountHost}' IDENTIFIED BY '{Password}'");
            await ExecuteAsync($"GRANT {grants} ON *.* TO '{user}'@'{_server.AccountHost}'");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Runs one statement as administrator.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new MySqlConnection(Server.AdminConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Runs a statement as administrator and reads the first cell of each row.</summary>
    public async Task<List<string>> QueryAsync(string sql)
    {
        await using var connection = new MySqlConnection(Server.AdminConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var cells = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            cells.Add(reader.GetString(0));
        }
        return cells;
    }

    /// <summary>Runs a script as administrator and goes on after a statement that the server refuses, as the recorded output was made.</summary>
    /// <returns>Messages of the refused statements.</returns>
    public async Task<List<string>> LoadAsync(string script)
    {
        var refused = new List<string>();
        await using var connection = new MySqlConnection(Server.AdminConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        foreach (var statement in SqlScript.Split(script))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = statement.Text;
            try
            {
                await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            }
            catch (MySqlException exception)
            {
                refused.Add(exception.Message);
            }
        }
        return refused;
    }

    /// <summary>Drops databases that a test made.</summary>
    public async Task DropAsync(IEnumerable<string> databases)
    {
        foreach (var database in databases)
        {
            await ExecuteAsync($"DROP DATABASE IF EXISTS `{database.Replace("`", "``", StringComparison.Ordinal)}`");
        }
    }
}
