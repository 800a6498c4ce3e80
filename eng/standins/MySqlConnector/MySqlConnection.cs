using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace MySqlConnector;

/// <summary>A connection to a MySQL or MariaDB server over TCP.</summary>
public sealed class MySqlConnection : DbConnection
{
    private MySqlConnectionStringBuilder settings = new();
    private string connectionString = "";
    private Session? session;
    private bool hasBeenOpened;

    /// <summary>Makes a closed connection.</summary>
    /// <param name="connectionString">Where to connect to and how; see <see cref="MySqlConnectionStringBuilder"/>.</param>
    public MySqlConnection(string? connectionString)
    {
        this.connectionString = connectionString ?? "";
    }

    /// <summary>The connection string; once the connection has been opened, without its password.</summary>
    [AllowNull]
    public override string ConnectionString
    {
        get => hasBeenOpened ? settings.WithoutPassword() : connectionString;
        set
        {
            if (State == ConnectionState.Open)
            {
                throw new InvalidOperationException("Cannot change the connection string on an open connection.");
            }

            (connectionString, hasBeenOpened) = (value ?? "", false);
        }
    }

    /// <summary>The default database.</summary>
    public override string Database => session?.Database ?? Settings.Database;

    /// <summary>The host.</summary>
    public override string DataSource => Settings.Server;

    /// <summary>Longest time to log in, in seconds; 0 for no limit.</summary>
    public override int ConnectionTimeout => (int)Settings.ConnectionTimeout;

    /// <summary>Open, closed, or broken where the server was lost.</summary>
    public override ConnectionState State => session switch
    {
        null => ConnectionState.Closed,
        { IsLost: true } => ConnectionState.Broken,
        _ => ConnectionState.Open,
    };

    /// <summary>The version as the server says it in its first packet; MariaDB before 11 puts <c>5.5.5-</c> before it.</summary>
    /// <exception cref="InvalidOperationException">The connection is not open.</exception>
    public override string ServerVersion => Session.ServerVersion;

    /// <summary>The server's number for the session, as <c>CONNECTION_ID()</c>.</summary>
    /// <exception cref="InvalidOperationException">The connection is not open.</exception>
    public int ServerThread => (int)Session.ThreadId;

    internal MySqlConnectionStringBuilder Settings => hasBeenOpened ? settings : new MySqlConnectionStringBuilder(connectionString);

    internal Session Session => session is { IsLost: false }
        ? session
        : throw new InvalidOperationException($"Connection must be Open; current state is {State}");

    /// <summary>Makes a command for the connection.</summary>
    public new MySqlCommand CreateCommand() => new(this);

    /// <summary>Logs in.</summary>
    /// <exception cref="MySqlException">The server cannot be reached in time, TLS fails as asked for, or the login is refused.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public override async Task OpenAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (State != ConnectionState.Closed)
        {
            throw new InvalidOperationException($"Cannot Open when State is {State}.");
        }

        settings = Settings;
        session = await Session.OpenAsync(settings, cancellationToken).ConfigureAwait(false);
        hasBeenOpened = true;
    }

    /// <inheritdoc cref="OpenAsync"/>
    public override void Open() => OpenAsync(CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>Ends the session; a reader that is still open reads to its end first.</summary>
    public override async Task CloseAsync()
    {
        if (session?.ActiveReader is { } reader)
        {
            await reader.CloseAsync().ConfigureAwait(false);
        }

        if (session is { } open)
        {
            session = null;
            await open.CloseAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc cref="CloseAsync"/>
    public override void Close() => CloseAsync().GetAwaiter().GetResult();

    /// <summary>Makes a database the default one.</summary>
    /// <exception cref="MySqlException">There is no such database, or the account may not use it.</exception>
    public override Task ChangeDatabaseAsync(string databaseName, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(databaseName);
        return Session.ChangeDatabaseAsync(databaseName, cancellationToken);
    }

    /// <inheritdoc cref="ChangeDatabaseAsync"/>
    public override void ChangeDatabase(string databaseName) => ChangeDatabaseAsync(databaseName).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Close();
        }

        base.Dispose(disposing);
    }

    /// <inheritdoc/>
    protected override DbCommand CreateDbCommand() => CreateCommand();

    /// <inheritdoc/>
    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) =>
        throw new NotSupportedException("Transactions are not supported by this build of MySqlConnector.");
}
