using System.Security.Claims;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Discovery.Web.Access;

/// <summary>Validates tokens: signature with a fixed list of algorithms, issuer, audience, lifetime, and that they have a subject.</summary>
internal sealed class TokenValidator
{
    // What a public key verifies. A token that says HS256 would make a secret of that public key.
    private static readonly string[] PublicKeyAlgorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private readonly TokenValidationParameters _parameters;
    private readonly ConfigurationManager<OpenIdConnectConfiguration>? _issuer;
    private readonly ILogger<TokenValidator> _logger;

    public TokenValidator(AccessRule rule, string keyFolder, ILogger<TokenValidator> logger)
    {
        _logger = logger;
        _parameters = new TokenValidationParameters
        {
            NameClaimType = JwtRegisteredClaimNames.Sub,
            ClockSkew = TimeSpan.FromSeconds(30),
            // A key id that is not known is no reason to try all keys.
            TryAllIssuerSigningKeys = false,
        };
        if (rule.Oidc is { } oidc)
        {
            _issuer = new(oidc.Discovery, new OpenIdConnectConfigurationRetriever(), new HttpDocumentRetriever { RequireHttps = oidc.RequireHttps });
            _parameters.ConfigurationManager = _issuer;
            _parameters.ValidAlgorithms = PublicKeyAlgorithms;
            _parameters.ValidAudience = oidc.Audience;
            // The one that was configured alone, whatever its document says.
            _parameters.IssuerValidator = (issuer, _, _) => issuer == oidc.Issuer ? issuer : throw new SecurityTokenInvalidIssuerException();
        }
        else
        {
            _parameters.IssuerSigningKey = TokenKey.ReadOrCreate(keyFolder);
            _parameters.ValidAlgorithms = [OwnTokens.Algorithm];
            _parameters.ValidAudience = OwnTokens.Audience;
            _parameters.ValidIssuer = OwnTokens.Issuer;
        }
    }

    /// <summary>Validates a token.</summary>
    /// <param name="token">What the client sent.</param>
    /// <param name="authentication">How it sent it.</param>
    /// <param name="cancellationToken">Ends waiting for the issuer.</param>
    /// <exception cref="IssuerUnavailableException">The issuer does not tell its keys.</exception>
    public async Task<TokenVerdict> ValidateAsync(string token, string authentication, CancellationToken cancellationToken)
    {
        await RequireKeysAsync(cancellationToken);
        var result = await _handler.ValidateTokenAsync(token, _parameters);
        if (!result.IsValid)
        {
            AccessLog.TokenRefused(_logger, result.Exception);
            return new TokenVerdict(null, default, result.Exception is SecurityTokenExpiredException);
        }
        var identity = result.ClaimsIdentity;
        return string.IsNullOrWhiteSpace(identity.Name)
            ? new TokenVerdict(null, default, HasExpired: false)
            : new TokenVerdict(new ClaimsPrincipal(new ClaimsIdentity(identity.Claims, authentication, JwtRegisteredClaimNames.Sub, null)), result.SecurityToken.ValidTo, HasExpired: false);
    }

    // Without keys each token would look foreign, and clients do not try again after a 401.
    private async Task RequireKeysAsync(CancellationToken cancellationToken)
    {
        if (_issuer is null)
        {
            return;
        }
        try
        {
            await _issuer.GetConfigurationAsync(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            AccessLog.IssuerUnavailable(_logger, _issuer.MetadataAddress, e);
            throw new IssuerUnavailableException();
        }
    }
}

/// <summary>What became of a token.</summary>
/// <param name="User">Who sent it; null where it was refused.</param>
/// <param name="Expires">When it ends, in UTC.</param>
/// <param name="HasExpired">Whether it is only too old.</param>
internal sealed record TokenVerdict(ClaimsPrincipal? User, DateTime Expires, bool HasExpired);

/// <summary>The issuer of tokens does not tell its keys now.</summary>
internal sealed class IssuerUnavailableException : Exception;
