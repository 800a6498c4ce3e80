using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Discovery.MySqlConnector.Tests;

/// <summary>A server that speaks the protocol well enough to break it on purpose, to one client after another.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    // LONG_PASSWORD, PROTOCOL_41, TRANSACTIONS, SECURE_CONNECTION, PLUGIN_AUTH; no SSL
    private const uint Capabilities = 0x1 | 0x200 | 0x2000 | 0x8000 | 0x80000;

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly MemoryStream received = new();
    private readonly byte[] greeting;
    private readonly CancellationTokenSource stop = new();
    private readonly Task serving;
    private NetworkStream stream = null!;
    private byte sequence;

    /// <param name="play">What the server does after its first packet.</param>
    /// <param name="greeting">The first packet, if not that of an ordinary server.</param>
    internal FakeServer(Func<FakeServer, Task> play, byte[]? greeting = null)
    {
        this.greeting = greeting ?? Greeting();
        listener.Start();
        serving = ServeAsync(play);
    }

    internal uint Port => (uint)((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Ends the server, once its clients are gone.</summary>
    /// <returns>All bytes that they have sent.</returns>
    internal async Task<byte[]> StopAsync()
    {
        await stop.CancelAsync();
        await serving;
        listener.Dispose();
        return received.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        _ = await StopAsync();
        stop.Dispose();
    }

    /// <summary>Lets the client in whatever it says, and answers its first statements.</summary>
    internal async Task LoginAsync()
    {
        _ = await ReadAsync();
        await OkAsync();
        await AnswerUntilAsync("SELECT");
    }

    /// <summary>Reads statements and says yes, until one that starts with the text.</summary>
    internal async Task AnswerUntilAsync(string start)
    {
        while (true)
        {
            var packet = await ReadAsync();
            if (Encoding.UTF8.GetString(packet.AsSpan(Math.Min(1, packet.Length))).Contains(start, StringComparison.Ordinal))
            {
                return;
            }

            await OkAsync();
        }
    }

    internal Task OkAsync() => WriteAsync([0, 0, 0, 2, 0, 0, 0]);

    internal async Task<byte[]> ReadAsync()
    {
        var header = new byte[4];
        await stream.ReadExactlyAsync(header);
        var body = new byte[header[0] | (header[1] << 8) | (header[2] << 16)];
        await stream.ReadExactlyAsync(body);
        sequence = (byte)(header[3] + 1);
        received.Write(body);
        return body;
    }

    internal async Task WriteAsync(byte[] body)
    {
        var header = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(header, body.Length);
        header[3] = sequence++;
        await stream.WriteAsync((byte[])[.. header, .. body]);
    }

    private static byte[] Greeting()
    {
        byte[] capabilities = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(capabilities, Capabilities);
        return
        [
            10, .. "8.0.36\0"u8, 7, 0, 0, 0, .. "12345678"u8, 0, .. capabilities[..2], 45, 2, 0, .. capabilities[2..], 21,
            .. new byte[10], .. "901234567890"u8, 0, .. "mysql_native_password\0"u8,
        ];
    }

    private async Task ServeAsync(Func<FakeServer, Task> play)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                await TalkAsync(client, play);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(TcpClient client, Func<FakeServer, Task> play)
    {
        try
        {
            (stream, sequence) = (client.GetStream(), 0);
            await WriteAsync(greeting);
            await play(this);
        }
        catch (IOException)
        {
            // The client has left, as most of the tests want it to.
        }
    }
}
