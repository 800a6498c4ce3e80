namespace Discovery.Web.Access.Oidc;

/// <summary>An OpenID Connect issuer whose tokens are taken, as it was checked.</summary>
internal sealed class OidcSettings
{
    private OidcSettings(AccessSettings settings, Uri issuer)
    {
        Issuer = settings.OidcIssuer!;
        Host = issuer.Authority;
        RequireHttps = issuer.Scheme == Uri.UriSchemeHttps;
        Audience = settings.OidcAudience;
        ClientId = settings.OidcClientId;
        ClientSecret = settings.OidcClientSecret;
        Roles = new GroupRoles(settings.GroupsClaim, settings.OperatorGroups, settings.ViewerGroups);
    }

    /// <summary>The <c>iss</c> of its tokens.</summary>
    public string Issuer { get; }

    /// <summary>What people are shown of it, such as <c>login.example.com</c>.</summary>
    public string Host { get; }

    /// <summary>False for an issuer on this machine.</summary>
    public bool RequireHttps { get; }

    /// <summary>The <c>aud</c> of tokens that programs send; null where none are taken.</summary>
    public string? Audience { get; }

    /// <summary>The <c>aud</c> of id tokens; null where people cannot log in.</summary>
    public string? ClientId { get; }

    /// <summary>Null for a public client.</summary>
    public ClientSecret? ClientSecret { get; }

    /// <summary>What groups may do.</summary>
    public GroupRoles Roles { get; }

    /// <summary>Where the issuer tells its addresses and keys.</summary>
    public string Discovery => Issuer.TrimEnd('/') + "/.well-known/openid-configuration";

    /// <returns>Null where there is no issuer.</returns>
    /// <exception cref="AccessSettingsException">They are incomplete, or unsafe.</exception>
    public static OidcSettings? Check(AccessSettings settings)
    {
        if (settings.OidcIssuer is not { } issuer)
        {
            return FirstOfIssuer(settings) is { } alone ? throw new AccessSettingsException($"{alone} needs --oidc-issuer.") : null;
        }
        if (string.IsNullOrEmpty(settings.OidcAudience) && string.IsNullOrEmpty(settings.OidcClientId))
        {
            throw new AccessSettingsException(
                "--oidc-issuer needs --oidc-client-id, with which people log in, or --oidc-audience, which tokens of programs must be for, or both: the issuer makes tokens for other services too.");
        }
        if (settings.OperatorGroups.Count == 0 && settings.ViewerGroups.Count == 0)
        {
            throw new AccessSettingsException(
                $"--oidc-issuer needs --operators GROUP or --viewers GROUP, which say who may do what by the claim '{settings.GroupsClaim}' of a token: without them nobody could do anything.");
        }
        if (settings.OperatorGroups.Concat(settings.ViewerGroups).Any(string.IsNullOrWhiteSpace) || string.IsNullOrWhiteSpace(settings.GroupsClaim))
        {
            throw new AccessSettingsException("--operators, --viewers and --groups-claim need a name that is not empty.");
        }
        if (settings.OidcClientSecret is not null && string.IsNullOrEmpty(settings.OidcClientId))
        {
            throw new AccessSettingsException("The secret of an OpenID Connect client needs --oidc-client-id.");
        }
        if (!Uri.TryCreate(issuer, UriKind.Absolute, out var uri) || uri.Query.Length > 0 || uri.Fragment.Length > 0 || uri.UserInfo.Length > 0)
        {
            throw new AccessSettingsException("--oidc-issuer is not the address of an issuer. It looks like https://login.example.com/realms/data.");
        }
        return IsSafe(uri, requireHttps: !uri.IsLoopback)
            ? new OidcSettings(settings, uri)
            : throw new AccessSettingsException($"--oidc-issuer {issuer} is not https: whoever is on the way could put in keys of their own.");
    }

    /// <summary>Whether an address of the issuer can be talked to.</summary>
    public static bool IsSafe(Uri address, bool requireHttps) =>
        address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && !requireHttps);

    private static string? FirstOfIssuer(AccessSettings settings) => settings switch
    {
        { OidcAudience: not null } => "--oidc-audience",
        { OidcClientId: not null } => "--oidc-client-id",
        { OidcClientSecret: not null } => "--oidc-client-secret-file",
        { OperatorGroups.Count: > 0 } => "--operators",
        { ViewerGroups.Count: > 0 } => "--viewers",
        _ => null,
    };
}
