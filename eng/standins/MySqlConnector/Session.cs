using System.Text;
using MySqlConnector.Native;

namespace MySqlConnector;

/// <summary>A login and the thread its native calls run on; knows how to interrupt them.</summary>
internal sealed class Session
{
    // How long to wait for KILL QUERY before the connection is cut off, as in the real package.
    private const int CancellationTimeout = 2;

    private readonly NativeThread thread;
    private readonly NativeSession native;
    private readonly MySqlConnectionStringBuilder settings;
    private bool killIsPending;

    // Why the statement that runs was interrupted: the caller's token, or none of them for a time-out. Its error may come only with a later call.
    private CancellationToken? interruption;

    private Session(NativeThread thread, NativeSession native, MySqlConnectionStringBuilder settings)
    {
        (this.thread, this.native, this.settings) = (thread, native, settings);
        Database = settings.Database;
    }

    internal string ServerVersion => native.ServerVersion;

    internal long ThreadId => native.ThreadId;

    internal bool IsLost => native.IsLost;

    internal string Database { get; private set; }

    /// <summary>The reader whose rows the server is sending.</summary>
    internal MySqlDataReader? ActiveReader { get; set; }

    internal static async Task<Session> OpenAsync(MySqlConnectionStringBuilder settings, CancellationToken cancellationToken)
    {
        var thread = new NativeThread();
        var opening = thread.RunAsync(() => NativeSession.Connect(settings));
        using var stop = StopAfter(settings.ConnectionTimeout, cancellationToken);
        try
        {
            return new Session(thread, await opening.WaitAsync(stop.Token).ConfigureAwait(false), settings);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // A name look-up cannot be interrupted. The thread ends by itself and closes what it may still open.
            _ = thread.RunAsync(() =>
            {
                if (opening.Exception is null)
                {
                    opening.Result.Close();
                }

                return true;
            });
            thread.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw new MySqlException(MySqlErrorCode.UnableToConnectToHost, null, "Connect Timeout expired.");
        }
        catch
        {
            thread.Dispose();
            throw;
        }
    }

    internal Task<Column[]> ExecuteAsync(MySqlCommand command, CancellationToken cancellationToken)
    {
        interruption = null;
        return RunAsync(
            () =>
            {
                ClearPendingKill();
                return native.Execute(SqlText.Bind(command.CommandText, command.Parameters, native.NoBackslashEscapes));
            },
            command.CommandTimeout,
            cancellationToken);
    }

    internal int AffectedRows => native.AffectedRows;

    internal Task FetchAsync(RowBatch batch, int timeout, CancellationToken cancellationToken) => RunAsync(
        () =>
        {
            native.Fetch(batch);
            return true;
        },
        timeout,
        cancellationToken);

    internal Task<Column[]?> NextResultAsync(int timeout, CancellationToken cancellationToken) =>
        RunAsync(native.NextResult, timeout, cancellationToken);

    internal async Task ChangeDatabaseAsync(string database, CancellationToken cancellationToken)
    {
        await RunAsync(
            () =>
            {
                native.SelectDatabase(database);
                return true;
            },
            0,
            cancellationToken).ConfigureAwait(false);
        Database = database;
    }

    internal async Task CloseAsync()
    {
        await thread.RunAsync(() =>
        {
            native.Close();
            return true;
        }).ConfigureAwait(false);
        thread.Dispose();
    }

    /// <summary>Interrupts the statement that runs, by KILL QUERY over a second connection; where that fails, cuts the connection off.</summary>
    internal async Task KillAsync()
    {
        try
        {
            var brief = new MySqlConnectionStringBuilder(settings.ConnectionString) { ConnectionTimeout = CancellationTimeout };
            await (await OpenAsync(brief, CancellationToken.None).ConfigureAwait(false)).KillQueryAsync(ThreadId).ConfigureAwait(false);
            killIsPending = true;
        }
        catch (Exception e) when (e is MySqlException or TimeoutException)
        {
            native.Abort();
        }
    }

    // The whole life of the second connection.
    private async Task KillQueryAsync(long threadId)
    {
        var sql = Encoding.UTF8.GetBytes($"KILL QUERY {threadId}");
        try
        {
            _ = await thread.RunAsync(() => native.Execute(sql)).WaitAsync(TimeSpan.FromSeconds(CancellationTimeout)).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            native.Abort();
            throw;
        }
        finally
        {
            await CloseAsync().ConfigureAwait(false);
        }
    }

    private static CancellationTokenSource StopAfter(long seconds, CancellationToken cancellationToken)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (seconds > 0)
        {
            stop.CancelAfter(TimeSpan.FromSeconds(Math.Min(seconds, int.MaxValue / 1000)));
        }

        return stop;
    }

    private async Task<T> RunAsync<T>(Func<T> call, int timeout, CancellationToken cancellationToken)
    {
        var work = thread.RunAsync(call);
        using var stop = StopAfter(timeout, cancellationToken);
        try
        {
            await InterruptAtAsync(work, stop.Token, cancellationToken).ConfigureAwait(false);
            return await work.ConfigureAwait(false);
        }
        catch (MySqlException e) when (interruption is not null && (e.ErrorCode == MySqlErrorCode.QueryInterrupted || IsLost))
        {
            killIsPending = false;
            throw interruption == CancellationToken.None
                ? MySqlException.ForTimeout(e)
                : new OperationCanceledException(e.Message, e, interruption.Value);
        }
    }

    // The call ends with the server's word that it was killed or with the loss of the connection, unless it was about to end anyway.
    private async Task InterruptAtAsync(Task work, CancellationToken stop, CancellationToken cancellationToken)
    {
        try
        {
            await work.WaitAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            interruption = cancellationToken.IsCancellationRequested ? cancellationToken : CancellationToken.None;
            await KillAsync().ConfigureAwait(false);
            if (await Task.WhenAny(work, Task.Delay(TimeSpan.FromSeconds(CancellationTimeout), CancellationToken.None)).ConfigureAwait(false) != work)
            {
                native.Abort();
            }
        }
    }

    // A KILL QUERY that came too late would end the next statement.
    private void ClearPendingKill()
    {
        if (!killIsPending)
        {
            return;
        }

        killIsPending = false;
        try
        {
            _ = native.Execute("DO SLEEP(0)"u8);
        }
        catch (MySqlException e) when (e.ErrorCode == MySqlErrorCode.QueryInterrupted)
        {
            // The late kill has found its statement.
        }
    }
}
