using System.IdentityModel.Tokens.Jwt;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Discovery.Web.Access.Oidc;

/// <summary>The authorization code flow with PKCE (OpenID Connect Core 3.1, RFC 7636), from its first address to who came back.</summary>
internal sealed class OidcLogin(OidcProvider provider, PendingLogins pending, ILogger<OidcLogin> logger)
{
    private readonly OpenIdConnectProtocolValidator _protocol = new() { RequireTimeStampInNonce = false, RequireStateValidation = false };

    private OidcSettings Settings => provider.Settings;

    /// <summary>Begins a log-in.</summary>
    /// <returns>Where the browser goes to, and what it keeps.</returns>
    /// <exception cref="IssuerUnavailableException">The issuer does not answer.</exception>
    public async Task<(string Address, string Browser)> BeginAsync(string redirectUri, string back, CancellationToken cancellationToken)
    {
        var issuer = await provider.ReadAsync(cancellationToken);
        var login = new PendingLogin(RandomText.Create(), RandomText.Create(), redirectUri, back);
        var (state, browser) = pending.Begin(login);
        var message = new OpenIdConnectMessage
        {
            IssuerAddress = Endpoint(issuer.AuthorizationEndpoint),
            EnableTelemetryParameters = false,
            ClientId = Settings.ClientId,
            ResponseType = OpenIdConnectResponseType.Code,
            // Some issuers tell groups only to those who ask for them, others refuse a scope that they do not have.
            Scope = issuer.ScopesSupported.Contains("groups") ? "openid profile groups" : "openid profile",
            RedirectUri = redirectUri,
            State = state,
            Nonce = login.Nonce,
        };
        message.SetParameter("code_challenge", Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(login.Verifier))));
        message.SetParameter("code_challenge_method", "S256");
        return (message.CreateAuthenticationRequestUrl(), browser);
    }

    /// <summary>Ends a log-in with what the issuer sent along.</summary>
    /// <exception cref="LoginException">Nobody is logged in.</exception>
    /// <exception cref="IssuerUnavailableException">The issuer does not answer.</exception>
    public async Task<LoggedIn> EndAsync(OpenIdConnectMessage answer, string? browser, CancellationToken cancellationToken)
    {
        if (browser is null || string.IsNullOrEmpty(answer.State) || pending.End(answer.State, browser) is not { } login)
        {
            throw new LoginException(
                HttpStatusCode.BadRequest, $"This log-in was not begun in this browser, or was used already, or took more than {PendingLogins.Life.TotalMinutes:0} minutes. Log in again.");
        }
        // Where it is there it tells whose answer this is (RFC 9207).
        if (answer.Iss is { Length: > 0 } iss && iss != Settings.Issuer)
        {
            throw new LoginException(HttpStatusCode.BadRequest, "This answer comes from another issuer than the one that was asked.");
        }
        if (!string.IsNullOrEmpty(answer.Error))
        {
            throw Refused(answer);
        }
        if (string.IsNullOrEmpty(answer.Code))
        {
            throw new LoginException(HttpStatusCode.BadRequest, "The issuer sent neither a code nor an error. Log in again.");
        }
        var tokens = await RedeemAsync(answer.Code, login, cancellationToken);
        var caller = await ValidateAsync(tokens, login, cancellationToken);
        return new LoggedIn(new TokenVerdict(caller, DateTimeOffset.MaxValue), tokens.IdToken, login.Back);
    }

    /// <summary>Where a browser ends the session at the issuer too.</summary>
    /// <returns>Null where the issuer has no such address, or does not answer: the session here has ended all the same.</returns>
    public async Task<string?> EndAddressAsync(string idToken, string back, CancellationToken cancellationToken)
    {
        try
        {
            var issuer = await provider.ReadAsync(cancellationToken);
            return string.IsNullOrEmpty(issuer.EndSessionEndpoint) ? null : new OpenIdConnectMessage
            {
                IssuerAddress = Endpoint(issuer.EndSessionEndpoint),
                EnableTelemetryParameters = false,
                ClientId = Settings.ClientId,
                IdTokenHint = idToken,
                PostLogoutRedirectUri = back,
            }.CreateLogoutRequestUrl();
        }
        catch (Exception e) when (e is IssuerUnavailableException or LoginException)
        {
            return null;
        }
    }

    private async Task<OpenIdConnectMessage> RedeemAsync(string code, PendingLogin login, CancellationToken cancellationToken)
    {
        var issuer = await provider.ReadAsync(cancellationToken);
        var members = new Dictionary<string, string>
        {
            ["grant_type"] = OpenIdConnectGrantTypes.AuthorizationCode,
            ["code"] = code,
            ["redirect_uri"] = login.RedirectUri,
            ["code_verifier"] = login.Verifier,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, Endpoint(issuer.TokenEndpoint));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        Authenticate(request, members, issuer.TokenEndpointAuthMethodsSupported);
        request.Content = new FormUrlEncodedContent(members);
        try
        {
            using var response = await provider.Http.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            if (response.StatusCode >= HttpStatusCode.InternalServerError)
            {
                throw new HttpRequestException($"Status {(int)response.StatusCode}", null, response.StatusCode);
            }
            var tokens = new OpenIdConnectMessage(text);
            return response.IsSuccessStatusCode ? tokens : throw Refused(tokens);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            AccessLog.IssuerUnavailable(logger, issuer.TokenEndpoint, e);
            throw new IssuerUnavailableException();
        }
        // The message quotes what could not be read, which may be a token.
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw Refused("its answer is not JSON");
        }
    }

    // RFC 6749, 2.3.1; a client without a secret says its name alone.
    private void Authenticate(HttpRequestMessage request, Dictionary<string, string> members, ICollection<string> methods)
    {
        if (Settings.ClientSecret is not { } secret)
        {
            members["client_id"] = Settings.ClientId!;
        }
        else if (methods.Count == 0 || methods.Contains("client_secret_basic"))
        {
            var credentials = $"{WebUtility.UrlEncode(Settings.ClientId)}:{WebUtility.UrlEncode(secret.Value)}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(credentials)));
        }
        else
        {
            members["client_id"] = Settings.ClientId!;
            members["client_secret"] = secret.Value;
        }
    }

    private async Task<Caller> ValidateAsync(OpenIdConnectMessage tokens, PendingLogin login, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(tokens.IdToken))
        {
            throw Refused("its answer has no id token");
        }
        var result = await provider.ValidateAsync(tokens.IdToken, Settings.ClientId!, cancellationToken);
        if (!result.IsValid)
        {
            // Messages of these exceptions may quote the token: their type has to do.
            throw Refused($"its id token is not valid here ({result.Exception.GetType().Name})");
        }
        try
        {
            _protocol.ValidateTokenResponse(new OpenIdConnectProtocolValidationContext
            {
                ClientId = Settings.ClientId,
                Nonce = login.Nonce,
                ProtocolMessage = tokens,
                ValidatedIdToken = new JwtSecurityToken(tokens.IdToken),
            });
        }
        catch (OpenIdConnectProtocolException e)
        {
            throw Refused($"its id token does not belong to this log-in ({e.GetType().Name})");
        }
        var caller = provider.CallerOf(result.ClaimsIdentity) ?? throw Refused("its id token has no subject");
        return caller.Role is null ? throw new LoginException(HttpStatusCode.Forbidden, RoleRule.NoRole(caller)) : caller;
    }

    private LoginException Refused(OpenIdConnectMessage answer) =>
        Refused(string.IsNullOrEmpty(answer.ErrorDescription) ? answer.Error ?? "no reason" : $"{answer.Error}: {answer.ErrorDescription}");

    private LoginException Refused(string reason)
    {
        var shown = new string([.. reason.Take(300).Select(c => char.IsControl(c) ? ' ' : c)]);
        AccessLog.LoginRefused(logger, shown);
        return new LoginException(HttpStatusCode.Forbidden, $"{Settings.Host} did not log you in: {shown}. Log in again, or ask whoever runs this server.");
    }

    // What the document says is not trusted further than the address that it came from.
    private string Endpoint(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && OidcSettings.IsSafe(uri, Settings.RequireHttps)
            ? address
            : throw Refused($"its document has no safe address for a log-in ('{address}')");
}

/// <summary>Somebody who came back from the issuer.</summary>
internal sealed record LoggedIn(TokenVerdict Verdict, string IdToken, string Back);

/// <summary>Why nobody is logged in; the message is for who tried.</summary>
internal sealed class LoginException(HttpStatusCode status, string message) : Exception(message)
{
    public HttpStatusCode Status { get; } = status;
}
