using System.Diagnostics;
using System.Runtime.InteropServices;
using static MySqlConnector.Native.LibMariaDb;

namespace MySqlConnector.Native;

/// <summary>One login at a server. All members but <see cref="Abort"/> are for the thread of the connection alone.</summary>
internal sealed unsafe class NativeSession
{
    private const int ServerStatus = 30;
    private const uint NoBackslashEscapesStatus = 512;
    private const int BothDirections = 2;

    // A batch ends early enough that rows of a slow statement are not held back, and that memory stays small.
    private const int BatchBytes = 128 * 1024;
    private static readonly TimeSpan BatchTime = TimeSpan.FromMilliseconds(20);

    private readonly Lock aborting = new();
    private nint mysql;
    private nint result;
    private int socket = -1;

    internal string ServerVersion { get; private set; } = "";

    internal long ThreadId { get; private set; }

    /// <summary>The connection was lost or cut off and can run no more statements.</summary>
    internal bool IsLost { get; private set; }

    /// <summary>The session's <c>sql_mode</c> has <c>NO_BACKSLASH_ESCAPES</c>, as the server said with its last reply.</summary>
    internal bool NoBackslashEscapes
    {
        get
        {
            uint status;
            return mariadb_get_info(mysql, ServerStatus, &status) == 0 && (status & NoBackslashEscapesStatus) != 0;
        }
    }

    /// <summary>Rows changed by the last statement; -1 after one that returned rows.</summary>
    internal int AffectedRows { get; private set; } = -1;

    /// <summary>Logs in.</summary>
    /// <exception cref="MySqlException">The server cannot be reached, TLS fails as asked for, or the login is refused.</exception>
    internal static NativeSession Connect(MySqlConnectionStringBuilder settings)
    {
        _ = PluginFolder;
        if (settings.SslMode != MySqlSslMode.Preferred)
        {
            return Connect(settings, settings.SslMode);
        }

        try
        {
            return Connect(settings, MySqlSslMode.Required);
        }
        catch (MySqlException e) when (NativeErrors.IsServerWithoutTls(e))
        {
            return Connect(settings, MySqlSslMode.None);
        }
    }

    private static NativeSession Connect(MySqlConnectionStringBuilder settings, MySqlSslMode mode)
    {
        var session = new NativeSession { mysql = mysql_init(0) };
        try
        {
            session.Open(settings, mode);
            return session;
        }
        catch
        {
            session.Close();
            throw;
        }
    }

    private void Open(MySqlConnectionStringBuilder settings, MySqlSslMode mode)
    {
        ConnectOptions.Apply(mysql, settings, mode);
        var database = settings.Database.Length == 0 ? null : settings.Database;
        if (mysql_real_connect(mysql, settings.Server, settings.UserID, settings.Password, database, settings.Port, null, 0) == 0)
        {
            throw NativeErrors.ForConnect(mysql);
        }

        if (mode != MySqlSslMode.None && mysql_get_ssl_cipher(mysql) is null)
        {
            throw new MySqlException(MySqlErrorCode.UnableToConnectToHost, null, "Server does not support SSL");
        }

        socket = dup(mysql_get_socket(mysql));
        ThreadId = (long)mysql_thread_id(mysql);
        ServerVersion = Marshal.PtrToStringUTF8((nint)mysql_get_server_info(mysql))!;
        if (ServerVersion.StartsWith("10.", StringComparison.Ordinal) && mariadb_connection(mysql) != 0)
        {
            // MariaDB 10 says 5.5.5-10.11.6-MariaDB; the library drops the prefix, the real package does not.
            ServerVersion = "5.5.5-" + ServerVersion;
        }

        // The character set of the handshake is only a proposal to the server.
        _ = Execute("SET NAMES utf8mb4"u8);
    }

    /// <summary>Runs a statement.</summary>
    /// <returns>The columns of its rows; empty where it returns none.</returns>
    internal Column[] Execute(ReadOnlySpan<byte> sql)
    {
        fixed (byte* text = sql)
        {
            ThrowIf(mysql_real_query(mysql, text, (nuint)sql.Length) != 0);
        }

        return UseResult();
    }

    /// <summary>Makes a database the default one.</summary>
    internal void SelectDatabase(string database) => ThrowIf(mysql_select_db(mysql, database) != 0);

    /// <summary>Fills the batch with the next rows; waits for at least one.</summary>
    internal void Fetch(RowBatch batch)
    {
        batch.Clear();
        var start = Stopwatch.GetTimestamp();
        do
        {
            var row = mysql_fetch_row(result);
            if (row is null)
            {
                ThrowIf(mysql_errno(mysql) != 0);
                batch.IsLast = true;
                return;
            }

            batch.Add(row, mysql_fetch_lengths(result));
        }
        while (batch.ByteCount < BatchBytes && Stopwatch.GetElapsedTime(start) < BatchTime);
    }

    /// <summary>Skips what is left of the current result and goes to the next one.</summary>
    /// <returns>The columns of the next result; null where there is none.</returns>
    internal Column[]? NextResult()
    {
        FreeResult();
        if (mysql_more_results(mysql) == 0)
        {
            return null;
        }

        ThrowIf(mysql_next_result(mysql) > 0);
        return UseResult();
    }

    /// <summary>Cuts the connection off: a call that waits in the library ends with an error. For any thread.</summary>
    internal void Abort()
    {
        lock (aborting)
        {
            IsLost = true;
            if (socket >= 0)
            {
                _ = shutdown(socket, BothDirections);
            }
        }
    }

    /// <summary>Says good-bye to the server and frees everything.</summary>
    internal void Close()
    {
        FreeResult();
        mysql_close(mysql);
        mysql = 0;
        lock (aborting)
        {
            if (socket >= 0)
            {
                _ = close(socket);
                socket = -1;
            }
        }
    }

    private Column[] UseResult()
    {
        AffectedRows = -1;
        result = mysql_use_result(mysql);
        var count = (int)mysql_field_count(mysql);
        ThrowIf(result == 0 && count != 0);
        if (result == 0)
        {
            AffectedRows = checked((int)mysql_affected_rows(mysql));
            return [];
        }

        var fields = mysql_fetch_fields(result);
        var columns = new Column[count];
        for (var i = 0; i < count; i++)
        {
            var name = System.Text.Encoding.UTF8.GetString(fields[i].Name, (int)fields[i].NameLength);
            columns[i] = new Column(name, fields[i].Type, fields[i].Flags, fields[i].CharacterSet, (long)fields[i].Length);
        }

        return columns;
    }

    private void FreeResult()
    {
        if (result != 0)
        {
            mysql_free_result(result);
            result = 0;
        }
    }

    private void ThrowIf(bool failed)
    {
        if (failed)
        {
            IsLost |= NativeErrors.IsLost(mysql);
            throw NativeErrors.ForStatement(mysql);
        }
    }
}
