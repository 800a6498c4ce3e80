using System.Net;
using Microsoft.AspNetCore.Http;

namespace Discovery.Web.Access;

/// <summary>One of the addresses that a server listens on.</summary>
internal sealed class ListenAddress
{
    /// <exception cref="AccessSettingsException">It is not an address.</exception>
    public ListenAddress(string url)
    {
        Url = url;
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            throw Malformed(url);
        }
        if (address.Scheme is not "http" || address.IsUnixPipe || address.IsNamedPipe || address.PathBase.Length > 0)
        {
            throw Malformed(url);
        }
        Host = address.Host;
        Port = address.Port;
        if (Port is < 0 or > IPEndPoint.MaxPort)
        {
            throw Malformed(url);
        }
        if (Port == 0 && Host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            throw new AccessSettingsException($"{url} is two addresses, 127.0.0.1 and [::1], which cannot have the same port of the system's choice. Write http://127.0.0.1:0.");
        }
        // Of any other name the server would make "all addresses".
        IsLoopback = Loopback.Includes(Host);
    }

    /// <summary>As it was given.</summary>
    public string Url { get; }

    /// <summary>A name or an address; <c>*</c> and others stand for all addresses.</summary>
    public string Host { get; }

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>Whether only this machine can reach it.</summary>
    public bool IsLoopback { get; }

    private static AccessSettingsException Malformed(string url) =>
        new($"{url} is not an address to listen on. It looks like http://127.0.0.1:8080; for https put a proxy in front.");
}
