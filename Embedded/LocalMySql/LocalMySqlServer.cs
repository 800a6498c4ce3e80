using System.Data.Common;
using Discovery.Ingestion.Sources.MySql;

namespace Discovery.Embedded.LocalMySql;

/// <summary>
/// A MySQL-compatible server that we start and own: an installed <c>mariadbd</c> or <c>mysqld</c>, else a container. It
/// listens on 127.0.0.1 only, its passwords are random and new at each start, and it ends with us, however we end.
/// </summary>
public sealed class LocalMySqlServer : IAsyncDisposable
{
    private readonly RunningServer _server;
    private bool _disposed;

    private LocalMySqlServer(RunningServer server) => _server = server;

    /// <summary>Name and version for people: <c>mariadbd 10.11.19</c>.</summary>
    public string Name => _server.Name;

    /// <summary>Version of the server, such as 10.11.19.</summary>
    public Version Version => _server.Version;

    /// <summary>MariaDB, else MySQL.</summary>
    public bool IsMariaDb => _server.IsMariaDb;

    /// <summary>Port on 127.0.0.1.</summary>
    public int Port => _server.Port;

    /// <summary>As recipes name it: <c>127.0.0.1:33061</c>.</summary>
    public string HostPort => $"127.0.0.1:{Port}";

    /// <summary>The server's own log.</summary>
    public string LogFile => _server.LogFile;

    /// <summary>Folder whose databases are there again at the next start; null when nothing stays.</summary>
    public string? DataFolder => _server.DataFolder;

    /// <summary>The host part of accounts as this server sees us, for <c>CREATE USER 'name'@'host'</c>.</summary>
    public string AccountHost => _server.AccountHost;

    /// <summary>For an account that may do everything on this server. Holds a password.</summary>
    public string AdminConnectionString => ConnectionString(_server.AdminUser, _server.AdminPassword);

    /// <summary>Whether there is a server to start: a program of this machine, or Docker.</summary>
    public static async Task<bool> IsAvailableAsync(CancellationToken cancellationToken) =>
        await ServerProgram.FindAsync(cancellationToken) is not null || await DockerServer.IsReachableAsync(cancellationToken);

    /// <summary>Starts a server and waits until it answers.</summary>
    /// <exception cref="LocalMySqlException">There is no server to start, or it does not start.</exception>
    public static async Task<LocalMySqlServer> StartAsync(LocalMySqlOptions options, CancellationToken cancellationToken)
    {
        if (options.Image is null && await ProgramAsync(options, cancellationToken) is { } program)
        {
            return new LocalMySqlServer(await InstalledServer.StartAsync(program, options, cancellationToken));
        }
        if (await DockerServer.IsReachableAsync(cancellationToken))
        {
            return new LocalMySqlServer(await DockerServer.StartAsync(options, cancellationToken));
        }
        throw new LocalMySqlException(options.Image is null
            ? "There is no MySQL-compatible server on this machine. Install MariaDB 10.5 or MySQL 8.0 or newer (mariadbd or mysqld), or start Docker."
            : $"The image {options.Image} takes a Docker engine of this machine, and none answers. Start Docker.");
    }

    /// <summary>Connects an account of this server. Holds the password.</summary>
    public string ConnectionString(string user, string password) =>
        $"Server=127.0.0.1;Port={Port};User ID={user};Password={password};SslMode=Preferred;AllowPublicKeyRetrieval=True;Pooling=False";

    /// <summary>Runs a script as administrator, in one session, up to the first statement that fails.</summary>
    /// <param name="script">As for MySQL's command line client: statements with their delimiters, DELIMITER lines, comments.</param>
    /// <param name="name">What errors call the script.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="LocalMySqlException">No connection, or a statement failed; the message names its line.</exception>
    public async Task RunSqlAsync(string script, string name = "script", CancellationToken cancellationToken = default)
    {
        await using var connection = MySqlServer.Connection(AdminConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
        }
        catch (DbException e)
        {
            throw new LocalMySqlException($"The local server at {HostPort} could not be used: {e.Message} Its log: {LogFile}", e);
        }
        await using var command = connection.CreateCommand();
        foreach (var statement in SqlScript.Split(script))
        {
            command.CommandText = statement.Text;
            try
            {
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
            catch (DbException e)
            {
                throw new LocalMySqlException($"{name}:{statement.Line}: {e.Message}", e);
            }
        }
    }

    /// <summary>Runs a script file; see <see cref="RunSqlAsync"/>.</summary>
    /// <param name="path">UTF-8.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="LocalMySqlException">A statement failed; the message names the file and the line.</exception>
    public async Task RunSqlFileAsync(string path, CancellationToken cancellationToken = default) =>
        await RunSqlAsync(await File.ReadAllTextAsync(path, cancellationToken), path, cancellationToken);

    /// <summary>Ends the server and waits for it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }
        _disposed = true;
        await _server.Process.DisposeAsync();
        await _server.CleanUpAsync();
    }

    private static async Task<ServerProgram?> ProgramAsync(LocalMySqlOptions options, CancellationToken cancellationToken) =>
        options.Program is null
            ? await ServerProgram.FindAsync(cancellationToken)
            : await ServerProgram.ProbeAsync(options.Program, cancellationToken) ?? throw new LocalMySqlException($"{options.Program} is not a server program of MariaDB 10.5 or MySQL 8.0 or newer.");
}
