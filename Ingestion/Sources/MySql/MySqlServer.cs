using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using Discovery.Ingestion.Pipeline;
using MySqlConnector;

namespace Discovery.Ingestion.Sources.MySql;

/// <summary>Opens connections and explains their faults. The one file that names types of the driver.</summary>
public static class MySqlServer
{
    /// <summary>A connection that is not open yet, for a server whose connection string is at hand.</summary>
    public static DbConnection Connection(string connectionString) => new MySqlConnection(connectionString);

    /// <summary>Opens a connection as the recipe says.</summary>
    /// <exception cref="SourceException">The server cannot be reached or refuses the account.</exception>
    internal static async Task<DbConnection> OpenAsync(MySqlSourceConfig config, Confinement? confinement, CancellationToken cancellationToken)
    {
        if (confinement is not null)
        {
            await RefuseReservedAsync(config.GetTarget().Address, cancellationToken);
        }
        var connection = new MySqlConnection(ConnectionString(config));
        var opening = connection.OpenAsync(cancellationToken);
        try
        {
            // The driver does not look at the token while a server that has accepted says nothing.
            await opening.WaitAsync(cancellationToken);
            return connection;
        }
        catch (MySqlException exception)
        {
            await connection.DisposeAsync();
            throw new SourceException(Explain(exception, config), exception);
        }
        catch
        {
            // Ends by the connection's own time-out at the latest, and takes the connection along.
            _ = opening.ContinueWith(async _ => await connection.DisposeAsync(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            throw;
        }
    }

    // The driver connects by name, so that TLS can check it, and asks for its address once more.
    private static async Task RefuseReservedAsync(HostPort address, CancellationToken cancellationToken)
    {
        try
        {
            await Confinement.AddressesAsync(address.Host, cancellationToken);
        }
        catch (RefusedHostException exception)
        {
            throw new SourceException($"{exception.Message}. Give the address of the database server as `host_port`.", exception);
        }
        catch (SocketException)
        {
            // The driver says that there is no such host.
        }
    }

    /// <summary>Whether the server's certificate is checked; such a recipe never falls back to less.</summary>
    internal static bool Verifies(MySqlTarget target) => target.Tls.Mode >= MySqlTlsMode.VerifyCa;

    /// <summary>
    /// Whether a server refused one object alone: no right on it, it is broken or gone, its table's file is lost, its stored text is no SQL
    /// any more, it takes values of a sequence and the session may only read. All that a server can find fault with in a view is
    /// no list to write down; what is about the session or the whole server is.
    /// </summary>
    internal static bool IsAboutOneObject(DbException exception) => exception is MySqlException { Number: (> 1000 and < 2000) or >= 3000 } fault && fault.Number is not (
        // disk and memory
        1021 or 1037 or 1038 or 1041 or 1135
        // connections: too many, refused, killed, lost, shutdown
        or 1040 or 1042 or 1043 or 1045 or 1053 or 1079 or 1129 or 1130 or (>= 1152 and <= 1161) or 1184 or 1203 or 1226 or 1317 or 1836 or 1927 or 3032 or 3168 or 3169 or 4031
        // time limits
        or 1205 or 1969 or 3024);

    /// <summary>Whether a server says that it has no grants to list: the account's row is gone, or it checks no rights at all.</summary>
    internal static bool ListsNoGrants(DbException exception) => exception is MySqlException { Number: 1141 or 1290 };

    /// <summary>What happened and what to do, without the password.</summary>
    internal static string Explain(Exception exception, MySqlSourceConfig config)
    {
        var number = exception is MySqlException mySql ? mySql.Number : 0;
        var advice = number switch
        {
            1044 => "The account has no right on the database; GRANT REFERENCES on it is enough.",
            1045 or 1698 => "Check username and password of the recipe, and that the account may log in from this host, and without TLS where the connection has none.",
            1049 => "Check `database` of the recipe; without it every visible database is read.",
            1820 or 1862 => "The password of the account has expired: an administrator sets a new one with ALTER USER.",
            3118 or 4151 => "The account is locked: an administrator unlocks it with ALTER USER ... ACCOUNT UNLOCK.",
            1040 or 1203 => "The server has no connection to spare; try again later.",
            1226 => "The account has reached a limit of its own; try again later, or an administrator raises it with ALTER USER ... WITH.",
            1969 or 3024 => $"A statement ran longer than `statement_timeout_sec` ({config.StatementTimeoutSec}) or a shorter limit of the server or the account; raise it, or lower `schemas_per_batch`.",
            1205 => $"Another session holds a lock longer than `lock_wait_timeout_sec` ({config.LockWaitTimeoutSec}); run it again later.",
            (int)MySqlErrorCode.UnableToConnectToHost when exception.Message.StartsWith("Authentication method", StringComparison.Ordinal) =>
                "Without TLS the driver would have to take any key that it is given for the server's: remove `ssl_disabled` from the recipe, or let the server offer TLS.",
            (int)MySqlErrorCode.UnableToConnectToHost => "Check `host_port` of the recipe, that the server runs, and that this machine can reach it.",
            _ => "The connection to the server was lost or refused a statement; run it again, and look at the server's error log if it stays.",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{config.GetTarget().Address}: {exception.Message.TrimEnd('.')} ({number}). {advice}");
    }

    private static string ConnectionString(MySqlSourceConfig config)
    {
        var target = config.GetTarget();
        return new MySqlConnectionStringBuilder
        {
            Server = target.Address.Host,
            Port = (uint)target.Address.Port,
            UserID = target.User ?? "",
            Password = target.Password?.Reveal() ?? "",
            Database = target.Database ?? "",
            SslMode = TlsMode(target.Tls.Mode),
            SslCa = target.Tls.CaFile ?? "",
            SslCert = target.Tls.CertificateFile ?? "",
            SslKey = target.Tls.KeyFile ?? "",
            AllowPublicKeyRetrieval = false,
            AllowLoadLocalInfile = false,
            ConnectionTimeout = (uint)Math.Ceiling(target.ConnectTimeout.TotalSeconds),
            // The server ends a statement at its own limit; this one is for a server that no longer answers.
            DefaultCommandTimeout = (uint)Math.Ceiling(config.StatementTimeoutSec) + 30,
            Pooling = false,
            ApplicationName = "discovery",
        }.ConnectionString;
    }

    private static MySqlSslMode TlsMode(MySqlTlsMode mode) => mode switch
    {
        MySqlTlsMode.Disabled => MySqlSslMode.Disabled,
        MySqlTlsMode.Required => MySqlSslMode.Required,
        MySqlTlsMode.VerifyCa => MySqlSslMode.VerifyCA,
        MySqlTlsMode.VerifyFull => MySqlSslMode.VerifyFull,
        _ => MySqlSslMode.Preferred,
    };
}
