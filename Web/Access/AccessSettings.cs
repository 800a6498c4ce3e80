namespace Discovery.Web.Access;

/// <summary>Who may reach a server, as its command line says.</summary>
public sealed record AccessSettings
{
    /// <summary>Where the server listens, such as <c>http://127.0.0.1:8080</c>.</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>The folder that keeps the key of own tokens.</summary>
    public required string KeyFolder { get; init; }

    /// <summary>Names that clients may call the server by, besides loopback and those of <see cref="Urls"/>.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Whether a token is asked for; null where the addresses decide.</summary>
    public bool? Tokens { get; init; }

    /// <summary>The OpenID Connect issuer whose tokens are taken, instead of own ones.</summary>
    public string? OidcIssuer { get; init; }

    /// <summary>The <c>aud</c> that tokens of <see cref="OidcIssuer"/> must have.</summary>
    public string? OidcAudience { get; init; }
}

/// <summary>A server that will not start as it was asked to; the message says why and what to do.</summary>
public sealed class AccessSettingsException(string message) : Exception(message);
