namespace Discovery.Embedded.LocalMySql;

/// <summary>Starts a server process on a port and waits until it answers there.</summary>
/// <param name="launch">Starts the process on a port.</param>
/// <param name="logFile">Where it writes its log; deleted before each try.</param>
/// <param name="isReady">Whether a log says that it answers. (An answering port may be somebody else's.)</param>
internal sealed class ServerStart(Func<int, OwnedProcess> launch, string logFile, Predicate<string> isReady)
{
    private const int Tries = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <exception cref="LocalMySqlException">It ended, took too long, or the port is taken.</exception>
    public async Task<(OwnedProcess Process, int Port, string Log)> RunAsync(LocalMySqlOptions options, CancellationToken cancellationToken)
    {
        for (var tried = 1; ; tried++)
        {
            File.Delete(logFile);
            var port = options.Port ?? FreePort.Next();
            var process = launch(port);
            string log;
            try
            {
                log = await WaitAsync(process, options.StartTimeout, cancellationToken);
            }
            catch
            {
                await process.DisposeAsync();
                throw;
            }
            if (isReady(log))
            {
                return (process, port, log);
            }
            await process.DisposeAsync();
            if (!ServerLog.SaysPortTaken(log))
            {
                throw new LocalMySqlException($"The local server ended while it started. The last lines of its log ({logFile}):\n{ServerLog.LastLines(log)}");
            }
            if (options.Port is not null || tried == Tries)
            {
                throw new LocalMySqlException($"Port {port} of 127.0.0.1 is taken by another program. End that program or choose another port.");
            }
        }
    }

    /// <summary>The log when the server is ready or has ended.</summary>
    private async Task<string> WaitAsync(OwnedProcess process, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timer.CancelAfter(timeout);
        try
        {
            while (true)
            {
                var ended = process.HasExited;
                var log = await ServerLog.ReadAsync(logFile, timer.Token);
                if (ended || isReady(log))
                {
                    return log;
                }
                await Task.Delay(Pause, timer.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            var log = await ServerLog.ReadAsync(logFile, cancellationToken);
            throw new LocalMySqlException($"The local server was not ready after {timeout.TotalSeconds:0} s. The last lines of its log ({logFile}):\n{ServerLog.LastLines(log)}");
        }
    }
}
