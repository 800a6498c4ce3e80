using System.Net;
using System.Net.Sockets;

namespace Discovery.Embedded.LocalMySql;

/// <summary>Ports of 127.0.0.1.</summary>
internal static class FreePort
{
    /// <summary>A port that was free just now. Somebody may take it before it is used: be ready to try again.</summary>
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
