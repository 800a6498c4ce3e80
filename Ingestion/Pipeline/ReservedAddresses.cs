using System.Net;

namespace Discovery.Ingestion.Pipeline;

/// <summary>Addresses that no database and no catalog has: link-local and unspecified ones, and those of the metadata services of clouds.</summary>
internal static class ReservedAddresses
{
    // Amazon, Google, Alibaba, Azure, where they are not link-local anyway.
    private static readonly IPAddress[] MetadataServices =
        [IPAddress.Parse("fd00:ec2::254"), IPAddress.Parse("fd20:ce::254"), IPAddress.Parse("100.100.100.200"), IPAddress.Parse("168.63.129.16")];

    /// <summary>Whether a name, or an address in any spelling, is that of a metadata service or link-local, without asking anybody.</summary>
    public static bool IsMetadataService(string host)
    {
        var name = host.TrimEnd('.');
        return name.Equals("metadata.google.internal", StringComparison.OrdinalIgnoreCase) || name.Equals("metadata.goog", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address) && IsMetadataService(Embedded(address)));
    }

    /// <summary>Whether it is one of them.</summary>
    public static bool Contains(IPAddress address)
    {
        if (address.Equals(IPAddress.IPv6Loopback))
        {
            return false;
        }
        address = Embedded(address);
        // What begins with 0 is this machine, too.
        return IsMetadataService(address) || address.Equals(IPAddress.IPv6Any) || address.GetAddressBytes() is [0, _, _, _];
    }

    private static bool IsMetadataService(IPAddress address) =>
        address.IsIPv6LinkLocal || address.GetAddressBytes() is [169, 254, _, _] || Array.Exists(MetadataServices, service => service.GetAddressBytes().AsSpan().SequenceEqual(address.GetAddressBytes()));

    /// <summary>
    /// The IPv4 address in <c>::ffff:169.254.169.254</c>, <c>::169.254.169.254</c> or, behind translators and tunnels, <c>::ffff:0:169.254.169.254</c>,
    /// <c>64:ff9b::169.254.169.254</c>, <c>64:ff9b:1::169.254.169.254</c> and <c>2002:a9fe:a9fe::</c>.
    /// </summary>
    private static IPAddress Embedded(IPAddress address) => address.GetAddressBytes() switch
    {
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 or 0xff, 0 or 0xff, .. var last] => new IPAddress(last),
        [0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, .. var last] => new IPAddress(last),
        [0, 0x64, 0xff, 0x9b, 0, 0 or 1, 0, 0, 0, 0, 0, 0, .. var last] => new IPAddress(last),
        [0x20, 0x02, .. var rest] and { Length: 16 } => new IPAddress(rest[..4]),
        _ => address,
    };
}
