using System.Security.Claims;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Discovery.Web.Access.Oidc;

/// <summary>The issuer: where its endpoints are, and what it signed.</summary>
internal sealed class OidcProvider : IDisposable
{
    // What a public key verifies. A token that says HS256 would make a secret of that public key.
    private static readonly string[] PublicKeyAlgorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(2);

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private readonly ConfigurationManager<OpenIdConnectConfiguration> _configuration;
    private readonly TimeProvider _time;
    private readonly ILogger<OidcProvider> _logger;
    private readonly Lock _lock = new();
    private Task<OpenIdConnectConfiguration>? _asked;
    private long _failed;

    public OidcProvider(OidcSettings settings, TimeProvider time, ILogger<OidcProvider> logger)
    {
        Settings = settings;
        _time = time;
        _logger = logger;
        // An issuer that leads elsewhere is not followed: what is sent to it is secret.
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = Patience,
            MaxResponseContentBufferSize = 1 << 20,
        };
        _configuration = new(settings.Discovery, new OpenIdConnectConfigurationRetriever(), new HttpDocumentRetriever(Http) { RequireHttps = settings.RequireHttps });
    }

    public OidcSettings Settings { get; }

    /// <summary>Talks to the issuer; gives up after ten seconds.</summary>
    public HttpClient Http { get; }

    /// <summary>Tells the issuer's endpoints.</summary>
    /// <exception cref="IssuerUnavailableException">It does not tell them, or says to be another one.</exception>
    public async Task<OpenIdConnectConfiguration> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await AskOnce().WaitAsync(cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IssuerUnavailableException();
        }
    }

    /// <summary>Validates a token: signature with a fixed list of algorithms, issuer, audience, lifetime.</summary>
    /// <exception cref="IssuerUnavailableException">The issuer does not tell its keys: each token would look foreign.</exception>
    public async Task<TokenValidationResult> ValidateAsync(string token, string audience, CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken);
        return await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ConfigurationManager = _configuration,
            ValidAlgorithms = PublicKeyAlgorithms,
            ValidAudience = audience,
            // The one that was configured alone, whatever its document says.
            IssuerValidator = (issuer, _, _) => issuer == Settings.Issuer ? issuer : throw new SecurityTokenInvalidIssuerException(),
            ClockSkew = TokenValidator.ClockSkew,
            // A key id that is not known is no reason to try all keys.
            TryAllIssuerSigningKeys = false,
        });
    }

    /// <returns>Null for a token without a subject.</returns>
    public Caller? CallerOf(ClaimsIdentity identity)
    {
        var subject = identity.FindFirst(JwtRegisteredClaimNames.Sub)?.Value;
        var name = identity.FindFirst(JwtRegisteredClaimNames.PreferredUsername)?.Value;
        return string.IsNullOrWhiteSpace(subject) ? null : new Caller(subject, string.IsNullOrWhiteSpace(name) ? subject : name, Settings.Roles.RoleOf(identity));
    }

    public void Dispose() => Http.Dispose();

    // All who wait while the issuer hangs wait for one answer, not each for one of their own after the others.
    private Task<OpenIdConnectConfiguration> AskOnce()
    {
        lock (_lock)
        {
            var isFresh = _asked is { IsCompleted: false } || (_asked is { IsFaulted: true } && _time.GetElapsedTime(_failed) < PauseAfterFailure);
            return isFresh ? _asked! : _asked = AskAsync();
        }
    }

    private async Task<OpenIdConnectConfiguration> AskAsync()
    {
        try
        {
            var configuration = await _configuration.GetConfigurationAsync(CancellationToken.None);
            return configuration.Issuer == Settings.Issuer
                ? configuration
                : throw new InvalidOperationException($"The document there is of the issuer {configuration.Issuer}, not of {Settings.Issuer}.");
        }
        catch (Exception e)
        {
            _failed = _time.GetTimestamp();
            AccessLog.IssuerUnavailable(_logger, Settings.Discovery, e);
            throw new IssuerUnavailableException();
        }
    }
}

/// <summary>The issuer of tokens does not answer now.</summary>
internal sealed class IssuerUnavailableException : Exception;
