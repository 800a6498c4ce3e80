namespace Discovery.Web.Access;

/// <summary>An OpenID Connect issuer whose tokens are taken.</summary>
internal sealed record OidcSettings(string Issuer, string Audience, bool RequireHttps)
{
    /// <summary>Where the issuer tells its keys.</summary>
    public string Discovery => Issuer.TrimEnd('/') + "/.well-known/openid-configuration";

    /// <exception cref="AccessSettingsException">They are incomplete, or unsafe.</exception>
    public static OidcSettings? Check(AccessSettings settings)
    {
        if (settings.OidcIssuer is not { } issuer)
        {
            return settings.OidcAudience is null ? null : throw new AccessSettingsException("--oidc-audience needs --oidc-issuer.");
        }
        if (string.IsNullOrEmpty(settings.OidcAudience))
        {
            throw new AccessSettingsException("--oidc-issuer needs --oidc-audience: without it, tokens that the issuer made for other services would be taken too.");
        }
        if (!Uri.TryCreate(issuer, UriKind.Absolute, out var uri) || uri.Query.Length > 0 || uri.Fragment.Length > 0 || uri.UserInfo.Length > 0)
        {
            throw new AccessSettingsException("--oidc-issuer is not the address of an issuer. It looks like https://login.example.com/realms/data.");
        }
        var local = uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback;
        return uri.Scheme == Uri.UriSchemeHttps || local
            ? new OidcSettings(issuer, settings.OidcAudience, RequireHttps: !local)
            : throw new AccessSettingsException($"--oidc-issuer {issuer} is not https: whoever is on the way could put in keys of their own.");
    }
}
