using System.Net;
using Discovery.Web.Access.Oidc;
using Microsoft.AspNetCore.Http;

namespace Discovery.Web.Access;

/// <summary>Settings that were checked: which hosts a server answers to, and whether it asks for a token.</summary>
internal sealed class AccessRule
{
    private readonly HashSet<string> _hosts = new(StringComparer.OrdinalIgnoreCase) { "localhost" };

    /// <exception cref="AccessSettingsException">The server would be open by accident, or a setting is malformed.</exception>
    public AccessRule(AccessSettings settings)
    {
        var addresses = settings.Urls.Select(url => new ListenAddress(url)).ToList();
        if (addresses.Count == 0)
        {
            throw new AccessSettingsException("--urls names no address to listen on. It looks like http://127.0.0.1:8080.");
        }
        var exposed = addresses.FirstOrDefault(address => !address.IsLoopback);
        if (settings.Tokens == false && exposed is not null)
        {
            throw new AccessSettingsException(
                $"{exposed.Url} can be reached from other machines, and --auth off would let all of them read and write. Leave --auth out, or listen on http://127.0.0.1:{exposed.Port}.");
        }
        if (settings.Tokens == false && (settings.OidcIssuer ?? settings.TokenFile) is not null)
        {
            throw new AccessSettingsException($"--auth off and {(settings.OidcIssuer is null ? "--tokens" : "--oidc-issuer")} contradict each other; leave one of them out.");
        }
        // A name that is not this machine's own means a proxy in front: others come through it.
        TokensRequired = settings.Tokens ?? (exposed is not null || settings.AllowedHosts.Count > 0 || settings.OidcIssuer is not null || settings.TokenFile is not null);
        Oidc = OidcSettings.Check(settings);
        _hosts.UnionWith(addresses.Select(address => address.Host));
        _hosts.UnionWith(settings.AllowedHosts.Select(HostName));
    }

    /// <summary>Whether every request needs a token, save those to endpoints that are open to all.</summary>
    public bool TokensRequired { get; }

    /// <summary>Whose tokens are taken; null for own ones.</summary>
    public OidcSettings? Oidc { get; }

    /// <summary>
    /// How long a session may last. What an issuer says of groups is as old as the session, so one that it began is short; people
    /// who are logged in there need not type anything to begin the next.
    /// </summary>
    public TimeSpan SessionLife => Oidc is null ? TimeSpan.FromHours(12) : TimeSpan.FromHours(1);

    /// <summary>
    /// Whether a request was sent to a name of this server. A page of another site can make a name of its own lead here (DNS rebinding), but
    /// then the browser says that name.
    /// </summary>
    public bool IsAllowed(HostString host, IPAddress? receivedOn)
    {
        if (_hosts.Contains(host.Host))
        {
            return true;
        }
        // An address is no name that could be made to lead elsewhere.
        return IPAddress.TryParse(host.Host, out var address) && (IPAddress.IsLoopback(address) || address.Equals(Plain(receivedOn)));
    }

    private static IPAddress? Plain(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;

    private static string HostName(string value) => Uri.CheckHostName(value.Trim('[', ']')) switch
    {
        UriHostNameType.Unknown => throw new AccessSettingsException($"--allow-host {value} is not a host name. Give the name alone, without http:// and without a port."),
        // Requests name these in brackets.
        UriHostNameType.IPv6 => $"[{value.Trim('[', ']')}]",
        _ => value,
    };
}
