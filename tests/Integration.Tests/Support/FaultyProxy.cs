using System.Net;
using System.Net.Sockets;

namespace Discovery.Integration.Tests.Support;

/// <summary>A network between a client and a server on this machine that can be cut, mended and made slow.</summary>
internal sealed class FaultyProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private readonly Task _listening;
    private CancellationTokenSource _cut = new();
    private volatile bool _isCut;

    public FaultyProxy(int serverPort)
    {
        ServerPort = serverPort;
        _listener.Start();
        _listening = ListenAsync();
    }

    /// <summary>Where it leads.</summary>
    public int ServerPort { get; set; }

    /// <summary>Where clients go.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>As clients of HTTP name it.</summary>
    public string Address => $"http://127.0.0.1:{Port}";

    /// <summary>How long each piece of data takes.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Ends all connections and lets none be made.</summary>
    public void Cut()
    {
        lock (_lock)
        {
            _isCut = true;
            _cut.Cancel();
        }
    }

    /// <summary>Lets connections be made again.</summary>
    public void Mend()
    {
        lock (_lock)
        {
            _cut.Dispose();
            _cut = new CancellationTokenSource();
            _isCut = false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _listening;
        _end.Dispose();
        _cut.Dispose();
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
        using var ended = Ended();
        using (client)
        using (var server = new TcpClient())
        {
            if (ended is null)
            {
                return;
            }
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, ServerPort, ended.Token);
                var (fromClient, fromServer) = (client.GetStream(), server.GetStream());
                await Task.WhenAny(PumpAsync(fromClient, fromServer, ended.Token), PumpAsync(fromServer, fromClient, ended.Token));
                await ended.CancelAsync();
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException)
            {
                // Cut, or the server is away.
            }
        }
    }

    private CancellationTokenSource? Ended()
    {
        lock (_lock)
        {
            return _isCut ? null : CancellationTokenSource.CreateLinkedTokenSource(_end.Token, _cut.Token);
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 << 10];
        try
        {
            for (int read; (read = await from.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                if (Delay > TimeSpan.Zero)
                {
                    await Task.Delay(Delay, cancellationToken);
                }
                await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // One side hung up.
        }
    }
}
