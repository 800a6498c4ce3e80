using System.Buffers;
using System.Globalization;

namespace Discovery.Ingestion.Sources.MySql;

/// <summary>Address of a server.</summary>
/// <param name="Host">Name or IP address, an IPv6 address without brackets.</param>
/// <param name="Port">TCP port, 1 to 65535.</param>
public readonly record struct HostPort(string Host, int Port)
{
    /// <summary>MySQL's own port.</summary>
    public const int DefaultPort = 3306;

    private static readonly SearchValues<char> NotInAddress = SearchValues.Create("/@ \t\r\n");

    /// <summary>Reads <c>db.example.com:3307</c>, <c>db.example.com</c> (then 3306), <c>[::1]:3307</c> or <c>[::1]</c>.</summary>
    /// <exception cref="FormatException">It is none of these; the message says what to write and repeats no part of the text.</exception>
    public static HostPort Parse(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.Contains("://", StringComparison.Ordinal) || trimmed.AsSpan().IndexOfAny(NotInAddress) >= 0)
        {
            throw new FormatException("write host:port alone, without '://', user or path");
        }
        var isIpv6 = trimmed.StartsWith('[');
        var hostEnd = isIpv6 ? trimmed.IndexOf(']', StringComparison.Ordinal) : trimmed.IndexOf(':', StringComparison.Ordinal);
        if (isIpv6 && (hostEnd < 0 || !System.Net.IPAddress.TryParse(trimmed[1..hostEnd], out _)))
        {
            throw new FormatException("an IPv6 address stands in brackets: [::1]:3306");
        }
        var host = hostEnd < 0 ? trimmed : isIpv6 ? trimmed[1..hostEnd] : trimmed[..hostEnd];
        var rest = hostEnd < 0 ? "" : isIpv6 ? trimmed[(hostEnd + 1)..] : trimmed[hostEnd..];
        if (host.Length == 0)
        {
            throw new FormatException("the host is missing; write host:port");
        }
        if (rest.Length == 0)
        {
            return new HostPort(host, DefaultPort);
        }
        if (!isIpv6 && rest.LastIndexOf(':') > 0)
        {
            throw new FormatException("more than one ':'; an IPv6 address stands in brackets: [::1]:3306");
        }
        return rest[0] == ':' && int.TryParse(rest.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65535
            ? new HostPort(host, port)
            : throw new FormatException("the port, behind the ':', must be a number from 1 to 65535");
    }

    /// <summary>As a recipe writes it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}");
}
