namespace Discovery.Embedded.LocalMySql;

/// <summary>Reads what a server said.</summary>
internal static class ServerLog
{
    private const int LinesShown = 12;

    // 2026-11-21 17:53:13 0 [Note] /usr/sbin/mariadbd: ready for connections.
    public static bool SaysReady(string log) => log.Contains(": ready for connections", StringComparison.Ordinal);

    // [ERROR] Can't start server: Bind on TCP/IP port. Got error: 98: Address already in use
    // [ERROR] [MY-010262] [Server] Can't start server: Bind on TCP/IP port: Address already in use
    // docker: Error response from daemon: driver failed programming ...: Error starting userland proxy: listen tcp4 127.0.0.1:33061: bind: address already in use
    // docker: Error response from daemon: driver failed programming ...: Bind for 127.0.0.1:33061 failed: port is already allocated
    public static bool SaysPortTaken(string log) =>
        log.Contains("Bind on TCP/IP port", StringComparison.Ordinal)
        || log.Contains(": bind: address already in use", StringComparison.Ordinal)
        || log.Contains("failed: port is already allocated", StringComparison.Ordinal);

    public static string LastLines(string log) =>
        string.Join('\n', log.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(LinesShown).Select(line => "  " + line.TrimEnd()));

    /// <summary>The log so far, while the server writes on.</summary>
    public static async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return "";
        }
        using var reader = new StreamReader(path, new FileStreamOptions { Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete });
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
