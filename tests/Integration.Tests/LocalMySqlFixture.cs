using System.Data.Common;
using System.Globalization;
using Discovery.Embedded.LocalMySql;
using MySqlConnector;

namespace Discovery.Integration.Tests;

/// <summary>One server for all tests of a class, in a folder of its own. Tests ask for it and skip where there is none to start.</summary>
public sealed class LocalMySqlFixture : IAsyncLifetime
{
    private LocalMySqlServer? _server;

    /// <summary>The server program to test with: DISCOVERY_TEST_SERVER holds its path, null for the first one found.</summary>
    public static string? ServerProgram { get; } = Environment.GetEnvironmentVariable("DISCOVERY_TEST_SERVER");

    public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("discovery-test-");

    public LocalMySqlServer Server
    {
        get
        {
            Assert.SkipWhen(_server is null, NoServer);
            return _server;
        }
    }

    internal static string NoServer => "There is no MySQL-compatible server on this machine.";

    public async ValueTask InitializeAsync()
    {
        if (await LocalMySqlServer.IsAvailableAsync(TestContext.Current.CancellationToken))
        {
            _server = await LocalMySqlServer.StartAsync(OptionsIn(Folder), TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
        Folder.Delete(recursive: true);
    }

    internal static LocalMySqlOptions OptionsIn(DirectoryInfo folder) =>
        new() { DataFolder = Path.Combine(folder.FullName, "mysql"), Program = ServerProgram };

    /// <summary>The first value of a query, run as administrator.</summary>
    internal static async Task<T> ScalarAsync<T>(LocalMySqlServer server, string sql)
    {
        await using DbConnection connection = new MySqlConnection(server.AdminConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (T)Convert.ChangeType((await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!, typeof(T), CultureInfo.InvariantCulture);
    }

    internal static string Password(LocalMySqlServer server) =>
        (string)new DbConnectionStringBuilder { ConnectionString = server.AdminConnectionString }["Password"];
}
