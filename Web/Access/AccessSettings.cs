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

    /// <summary>Whether a token is asked for; null where the other settings decide.</summary>
    public bool? Tokens { get; init; }

    /// <summary>The file of static tokens, which are taken beside others.</summary>
    public string? TokenFile { get; init; }

    /// <summary>The OpenID Connect issuer whose tokens are taken, instead of own ones.</summary>
    public string? OidcIssuer { get; init; }

    /// <summary>The <c>aud</c> that tokens of <see cref="OidcIssuer"/> must have which programs send; null where none of them are taken.</summary>
    public string? OidcAudience { get; init; }

    /// <summary>What the issuer knows this server by, to log people in; null where they cannot log in there.</summary>
    public string? OidcClientId { get; init; }

    /// <summary>What this server shows to the issuer; null for a public client.</summary>
    public ClientSecret? OidcClientSecret { get; init; }

    /// <summary>The claim of the issuer's tokens that lists groups.</summary>
    public string GroupsClaim { get; init; } = "groups";

    /// <summary>Groups whose members are operators.</summary>
    public IReadOnlyList<string> OperatorGroups { get; init; } = [];

    /// <summary>Groups whose members are viewers.</summary>
    public IReadOnlyList<string> ViewerGroups { get; init; } = [];
}

/// <summary>A server that will not start as it was asked to; the message says why and what to do.</summary>
public sealed class AccessSettingsException(string message) : Exception(message);
