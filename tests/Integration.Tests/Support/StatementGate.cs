using System.Net;
using System.Net.Sockets;

namespace Discovery.Integration.Tests.Support;

/// <summary>
/// Stands between a client and a server of MySQL's protocol, without TLS, and does something on the server just before the
/// first statement that holds a text gets there. So a test changes a server in the middle of a run, always at the same place.
/// </summary>
internal sealed class StatementGate : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly int _serverPort;
    private readonly byte[] _statement;
    private readonly Func<Task> _before;
    private readonly Task _listening;
    private int _passed;

    public StatementGate(int serverPort, string statement, Func<Task> before)
    {
        (_serverPort, _statement, _before) = (serverPort, System.Text.Encoding.UTF8.GetBytes(statement), before);
        _listener.Start();
        _listening = ListenAsync();
    }

    /// <summary>As recipes name it.</summary>
    public string HostPort => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Whether the statement came.</summary>
    public bool HasPassed => _passed > 0;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _listening;
        _end.Dispose();
    }

    private async Task ListenAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            await server.ConnectAsync(IPAddress.Loopback, _serverPort);
            var (fromClient, fromServer) = (client.GetStream(), server.GetStream());
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
            var pumps = new[] { StatementsAsync(fromClient, fromServer, ended.Token), fromServer.CopyToAsync(fromClient, ended.Token) };
            await Task.WhenAny(pumps);
            await ended.CancelAsync();
            try
            {
                await Task.WhenAll(pumps);
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException)
            {
                // One side hung up.
            }
        }
    }

    private async Task StatementsAsync(Stream client, Stream server, CancellationToken cancellationToken)
    {
        // Three bytes of length, one of sequence, then the payload.
        var header = new byte[4];
        while (true)
        {
            await client.ReadExactlyAsync(header, cancellationToken);
            var payload = new byte[header[0] | (header[1] << 8) | (header[2] << 16)];
            await client.ReadExactlyAsync(payload, cancellationToken);
            if (payload.AsSpan().IndexOf(_statement) >= 0 && Interlocked.Increment(ref _passed) == 1)
            {
                await _before();
            }
            await server.WriteAsync((byte[])[.. header, .. payload], cancellationToken);
        }
    }
}
