using System.Net;

namespace Discovery.Web.Access;

/// <summary>Tells which hosts in an address are this machine alone.</summary>
internal static class Loopback
{
    /// <summary>Whether a host is <c>localhost</c> or a loopback address; of any other name nobody knows where it leads.</summary>
    /// <param name="host">As it stands in an address: <c>127.0.0.1</c>, <c>[::1]</c>.</param>
    public static bool Includes(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
