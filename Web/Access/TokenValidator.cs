using Discovery.Web.Access.Oidc;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Discovery.Web.Access;

/// <summary>Validates what programs send and people paste: static tokens, and JWTs of the issuer or, where there is none, of our own.</summary>
internal sealed class TokenValidator
{
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private readonly TokenValidationParameters? _own;
    private readonly OidcProvider? _issuer;
    private readonly StaticTokens? _static;
    private readonly ILogger<TokenValidator> _logger;

    /// <exception cref="AccessSettingsException">The key of own tokens is not as it was made.</exception>
    public TokenValidator(string keyFolder, OidcProvider? issuer, StaticTokens? staticTokens, ILogger<TokenValidator> logger)
    {
        _issuer = issuer;
        _static = staticTokens;
        _logger = logger;
        _own = issuer is not null ? null : new TokenValidationParameters
        {
            IssuerSigningKey = TokenKey.ReadOrCreate(keyFolder),
            ValidAlgorithms = [OwnTokens.Algorithm],
            ValidAudience = OwnTokens.Audience,
            ValidIssuer = OwnTokens.Issuer,
            ClockSkew = ClockSkew,
            // A key id that is not known is no reason to try all keys.
            TryAllIssuerSigningKeys = false,
        };
    }

    /// <summary>How far the clocks of two machines may be apart.</summary>
    public static TimeSpan ClockSkew { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Validates a token.</summary>
    /// <param name="token">What the client sent.</param>
    /// <param name="cancellationToken">Ends waiting for the issuer.</param>
    /// <exception cref="IssuerUnavailableException">The issuer does not tell its keys.</exception>
    public async Task<TokenVerdict> ValidateAsync(string token, CancellationToken cancellationToken)
    {
        // Nothing that begins so is ever tried as a JWT.
        if (token.StartsWith(StaticTokens.Prefix, StringComparison.Ordinal))
        {
            return _static?.Find(RandomText.Hash(token)) ?? TokenVerdict.Refused;
        }
        TokenValidationResult result;
        if (_own is not null)
        {
            result = await _handler.ValidateTokenAsync(token, _own);
        }
        else if (_issuer!.Settings.Audience is { } audience)
        {
            result = await _issuer.ValidateAsync(token, audience, cancellationToken);
        }
        else
        {
            return TokenVerdict.Refused;
        }
        if (!result.IsValid)
        {
            AccessLog.TokenRefused(_logger, result.Exception);
            return TokenVerdict.Refused with { HasExpired = result.Exception is SecurityTokenExpiredException };
        }
        var caller = _issuer is null ? OwnTokens.CallerOf(result.ClaimsIdentity) : _issuer.CallerOf(result.ClaimsIdentity);
        return caller is null ? TokenVerdict.Refused : new TokenVerdict(caller, result.SecurityToken.ValidTo);
    }

    /// <summary>Looks again for the static token that a session was begun with.</summary>
    /// <returns>Null where it has been revoked or has expired.</returns>
    public Caller? FindStatic(string hash) => _static?.Find(hash).Caller;
}

/// <summary>What became of a token.</summary>
/// <param name="Caller">Who sent it; null where it was refused.</param>
/// <param name="Expires">When it ends.</param>
internal sealed record TokenVerdict(Caller? Caller, DateTimeOffset Expires)
{
    public static TokenVerdict Refused { get; } = new(null, default);

    /// <summary>Whether it is only too old.</summary>
    public bool HasExpired { get; init; }

    /// <summary>Under which a static token is found again; null for other tokens.</summary>
    public string? StaticHash { get; init; }

    /// <summary>Why it was refused, for who sent it.</summary>
    public string Problem => HasExpired ? "The token has expired; get a new one." : "The token is not valid here.";
}
