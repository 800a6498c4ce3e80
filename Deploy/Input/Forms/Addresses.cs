using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Discovery.Ingestion.Recipes;

namespace Discovery.Deploy.Input.Forms;

/// <summary>A host name of DNS with a domain.</summary>
internal sealed partial class HostNameAttribute() : TextPatternAttribute(
    "a host name, such as datahub.example.com", @"^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$")
{
    /// <inheritdoc/>
    public override string Advice(string text) =>
        text.Any(character => character > 127) ? "; write names of other scripts in their xn-- form"
        : Whole().Match(text) is { Success: true } match && Takes(match.Groups["host"].Value.ToLowerInvariant()) ? $"; write {match.Groups["host"].Value.ToLowerInvariant()}"
        : "";

    // https://DataHub.example.com:443/login
    [GeneratedRegex(@"^(?:https?://)?(?<host>[A-Za-z0-9.-]+?)\.?(?::\d+)?(?:/.*)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Whole();
}

/// <summary>A host name, with or without a domain, or an IPv4 address.</summary>
internal sealed class HostAttribute() : TextPatternAttribute(
    "a host without scheme and port, such as search.example.internal", @"^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$")
{
    // The chart writes it without quotes, and 10 or 1.5 would be numbers there.
    /// <inheritdoc/>
    public override bool Takes(string text) => base.Takes(text) && !PlainTextAttribute.IsAmbiguous(text);
}

/// <summary>Addresses of Kafka brokers.</summary>
internal sealed class BrokersAttribute() : TextPatternAttribute(
    "host:port of each broker with commas between them, such as kafka-0.example.internal:9092,kafka-1.example.internal:9092",
    @"^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?:[0-9]{1,5}(,[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?:[0-9]{1,5})*$")
{
    /// <inheritdoc/>
    public override bool Takes(string text) => base.Takes(text) && text.Split(',').All(broker => int.Parse(broker[(broker.IndexOf(':') + 1)..], CultureInfo.InvariantCulture) is >= 1 and <= 65535);
}

/// <summary>A range of addresses.</summary>
internal sealed class CidrAttribute() : TextFormAttribute("a range of addresses, such as 10.20.0.0/24")
{
    /// <inheritdoc/>
    public override string Pattern => "^[0-9a-f.:]+/[0-9]{1,3}$";

    /// <inheritdoc/>
    public override bool Takes(string text) => Parse(text) is { } range && range.PrefixLength > 0 && range.ToString() == text;

    /// <inheritdoc/>
    public override string Advice(string text) =>
        Parse(text) is { } range ? range.PrefixLength == 0 ? "; that is every address, name the ones that are meant" : $"; write {range}"
        : IPAddress.TryParse(text, out var address) && text.Contains('.', StringComparison.Ordinal) && address.ToString() == text ? $"; for this address alone write {address}/32"
        : "";

    /// <summary>The range that is meant, also of an address in the middle of it; null for none.</summary>
    public static IPNetwork? Parse(string text)
    {
        if (text.Split('/') is not [var first, var length] || !IPAddress.TryParse(first, out var address) || !int.TryParse(length, out var bits)
            || bits < 0 || bits > address.GetAddressBytes().Length * 8)
        {
            return null;
        }
        var bytes = address.GetAddressBytes();
        for (var bit = bits; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }
        return new IPNetwork(new IPAddress(bytes), bits);
    }
}

/// <summary>One IPv4 address.</summary>
internal sealed class AddressAttribute() : TextPatternAttribute(
    "an IPv4 address, such as 10.20.0.3", @"^((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])$");

/// <summary>An address with https.</summary>
internal sealed class HttpsUrlAttribute() : TextPatternAttribute("an address with https, such as https://login.example.com/realms/data", @"^https://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?(/[A-Za-z0-9._~%/-]*)?$")
{
    /// <inheritdoc/>
    public override bool Takes(string text) => base.Takes(text) && Uri.TryCreate(text, UriKind.Absolute, out _);
}

/// <summary>An address with http or https and a port.</summary>
internal sealed class EndpointAttribute() : TextPatternAttribute(
    "an address with http or https and a port, such as http://collector.observability.svc:4317", @"^https?://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?:[0-9]{1,5}/?$")
{
    /// <inheritdoc/>
    public override bool Takes(string text) => base.Takes(text) && Uri.TryCreate(text, UriKind.Absolute, out _);
}

/// <summary>Address of a Git repository, without account and password.</summary>
internal sealed class RepositoryAttribute() : TextPatternAttribute(
    "the address of a Git repository without an account in it, such as https://git.example.com/data/platform.git or git@git.example.com:data/platform.git",
    @"^(https://|ssh://git@|git@)[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5}/|:|/)[A-Za-z0-9._~/-]+$");
