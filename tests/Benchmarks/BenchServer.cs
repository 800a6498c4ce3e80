using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using Discovery.Embedded.LocalMySql;
using Discovery.Ingestion.Sources.MySql;

namespace Discovery.Benchmarks;

/// <summary>The server that is read, an account with REFERENCES alone, and the server's own meters.</summary>
internal sealed class BenchServer : IAsyncDisposable
{
    /// <summary>Name of the account.</summary>
    public const string User = "bench";

    private const string StatementCounter = "SHOW GLOBAL STATUS LIKE 'Questions'";

    private readonly LocalMySqlServer _server;
    private readonly DbConnection _meter;

    private BenchServer(LocalMySqlServer server, DbConnection meter) => (_server, _meter) = (server, meter);

    /// <summary>Password of the account, new at each start.</summary>
    public string Password { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>Port on 127.0.0.1.</summary>
    public int Port => _server.Port;

    /// <summary>What the server can do.</summary>
    public ServerFeatures Features { get; private set; } = ServerFeatures.Parse("");

    /// <summary>Starts the server and makes the account.</summary>
    /// <param name="folder">Where its data stay.</param>
    /// <param name="program">Path of the server program; null for the first one found.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="LocalMySqlException">It does not start.</exception>
    public static async Task<BenchServer> StartAsync(string folder, string? program, CancellationToken cancellationToken)
    {
        var options = new LocalMySqlOptions { DataFolder = folder, Program = program, Arguments = Fleet.ServerArguments, StartTimeout = TimeSpan.FromMinutes(3) };
        var server = await LocalMySqlServer.StartAsync(options, cancellationToken);
        try
        {
            var meter = MySqlServer.Connection(server.AdminConnectionString);
            await meter.OpenAsync(cancellationToken);
            var bench = new BenchServer(server, meter);
            var account = $"'{User}'@'{server.AccountHost}'";
            await server.RunSqlAsync(
                $"DROP USER IF EXISTS {account}; CREATE USER {account} IDENTIFIED BY '{bench.Password}'; GRANT REFERENCES ON *.* TO {account};", "account", cancellationToken);
            bench.Features = ServerFeatures.Parse(await bench.ScalarAsync("SELECT VERSION()", 0, cancellationToken));
            return bench;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes the fleet.</summary>
    public Task CreateFleetAsync(FleetSize size, CancellationToken cancellationToken) => Fleet.CreateAsync(_server, size, cancellationToken);

    /// <summary>Statements that clients have sent so far, this one included.</summary>
    public async Task<long> StatementsAsync(CancellationToken cancellationToken) =>
        long.Parse(await ScalarAsync(StatementCounter, 1, cancellationToken), CultureInfo.InvariantCulture);

    /// <summary>Processor time of the server so far; zero where it is not a process of this machine.</summary>
    public TimeSpan ProcessorTime()
    {
        var pidFile = Path.Combine(_server.DataFolder ?? "", "server.pid");
        return File.Exists(pidFile) ? ProcessorMeter.Of(File.ReadAllText(pidFile).Trim()) : TimeSpan.Zero;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _meter.DisposeAsync();
        await _server.DisposeAsync();
    }

    private async Task<string> ScalarAsync(string sql, int cell, CancellationToken cancellationToken)
    {
        await using var command = _meter.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return reader.GetString(cell);
    }
}
