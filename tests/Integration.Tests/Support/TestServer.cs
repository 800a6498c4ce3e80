using Discovery.Embedded.LocalMySql;
using MySqlConnector;

namespace Discovery.Integration.Tests.Support;

/// <summary>
/// A MariaDB or MySQL server of the tests' own, with the accounts that the recorded output of DataHub's client was made
/// with. One for all tests of a collection; each test makes and drops its own databases. This one is the first server
/// found, or the one that DISCOVERY_TEST_SERVER names.
/// </summary>
public class TestServer : IAsyncLifetime
{
    /// <summary>The password looks otherwise in JSON, in an address and in base 64; none of it may be shown anywhere.</summary>
    public const string Full = "meta_full", Ref = "meta_ref", RefView = "meta_refview", Password = "pw+3x4mple!9f";

    // Nothing of a test's server has to outlive a power cut.
    private static readonly string[] Careless = ["--innodb-flush-method=nosync", "--innodb-doublewrite=OFF", "--loose-sync-frm=OFF"];

    private readonly string _folder = Directory.CreateTempSubdirectory("discovery-test-").FullName;
    private LocalMySqlServer? _server;

    /// <summary>Whether there is a server.</summary>
    public bool IsThere => _server is not null;

    /// <summary>Path of the server program, null for the first one found.</summary>
    protected virtual string? Program => LocalMySqlFixture.ServerProgram;

    /// <summary>Why there is no server, where there is none.</summary>
    protected virtual string WhyNone => "no mariadbd, mysqld or Docker on this machine";

    /// <summary>Who made the objects that <see cref="LoadAsync"/> loaded, as view texts name them.</summary>
    public string Definer => $"`{new MySqlConnectionStringBuilder(Server.AdminConnectionString).UserID}`@`{Server.AccountHost}`";

    /// <summary>The server; skips the test where none can be had.</summary>
    public LocalMySqlServer Server
    {
        get
        {
            Assert.SkipWhen(_server is null, WhyNone);
            return _server;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (Program is null ? !await LocalMySqlServer.IsAvailableAsync(TestContext.Current.CancellationToken) : !File.Exists(Program))
        {
            return;
        }
        _server = await LocalMySqlServer.StartAsync(new LocalMySqlOptions { DataFolder = Path.Combine(_folder, "data"), Program = Program, Arguments = Careless }, TestContext.Current.CancellationToken);
        foreach (var (user, grants) in new[] { (Full, "SELECT, SHOW VIEW"), (Ref, "REFERENCES"), (RefView, "REFERENCES, SHOW VIEW") })
        {
            await ExecuteAsync($"CREATE USER '{user}'@'{_server.AccountHost}' IDENTIFIED BY '{Password}'");
            await ExecuteAsync($"GRANT {grants} ON *.* TO '{user}'@'{_server.AccountHost}'");
            // MySQL lets an account in without TLS when it has come with TLS before.
            await using var connection = new MySqlConnection(_server.ConnectionString(user, Password));
            await connection.OpenAsync(TestContext.Current.CancellationToken);
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

    /// <summary>Runs a statement and reads the first cell of each row; as administrator, where no account of the tests is named.</summary>
    public async Task<List<string>> QueryAsync(string sql, string? account = null)
    {
        var login = new MySqlConnectionStringBuilder(Server.AdminConnectionString);
        if (account is not null)
        {
            (login.UserID, login.Password) = (account, Password);
        }
        await using var connection = new MySqlConnection(login.ConnectionString);
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

    /// <summary>
    /// Runs a script as administrator with the server's own client, which goes on after a statement that the server
    /// refuses, as the recorded output was made.
    /// </summary>
    /// <returns>Messages of the refused statements.</returns>
    public async Task<string[]> LoadAsync(string script)
    {
        var admin = new MySqlConnectionStringBuilder(Server.AdminConnectionString);
        var client = new[] { "mariadb", "mysql" }.FirstOrDefault(name => Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, name))));
        Assert.SkipWhen(client is null, "no mariadb or mysql client on this machine");
        var result = await ProgramResult.RunAsync(
            client, Path.GetTempPath(), new Dictionary<string, string> { ["MYSQL_PWD"] = admin.Password },
            "--no-defaults", $"--host={admin.Server}", $"--port={admin.Port}", $"--user={admin.UserID}", "--force", "--execute", $"source {script}");
        return [.. result.Error.Split('\n').Where(line => line.StartsWith("ERROR", StringComparison.Ordinal))];
    }

    /// <summary>Drops databases that a test made; foreign keys between them do not hold it up.</summary>
    public async Task DropAsync(IEnumerable<string> databases)
    {
        if (!IsThere)
        {
            return; // The test was skipped.
        }
        await using var connection = new MySqlConnection(Server.AdminConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        foreach (var statement in databases.Select(database => $"DROP DATABASE IF EXISTS `{database.Replace("`", "``", StringComparison.Ordinal)}`").Prepend("SET foreign_key_checks = 0"))
        {
            command.CommandText = statement;
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }
}
