using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Discovery.Web.Tests.Access;

/// <summary>An OpenID Connect issuer inside the test. It checks what a good one checks: client, redirect URI, PKCE, that a code is used once.</summary>
internal sealed class OidcIssuer : IAsyncDisposable
{
    public const string ClientId = "discovery";
    public const string ClientSecret = "top:secret";

    private readonly WebApplication _app;
    private readonly Dictionary<string, IQueryCollection> _codes = [];
    private readonly ECDsa _ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private OidcIssuer(WebApplication app) => _app = app;

    public RSA Rsa { get; } = RSA.Create(2048);

    /// <summary>The <c>iss</c>.</summary>
    public string Issuer => Root + "/realms/data";

    public string Root => _app.Urls.First();

    /// <summary>How many requests it got.</summary>
    public int Asked { get; private set; }

    /// <summary>Answers everything with 500.</summary>
    public bool IsBroken { get; set; }

    /// <summary>What the id token says of who logs in.</summary>
    public Dictionary<string, object> User { get; } = new() { ["sub"] = "0001", ["preferred_username"] = "kim", ["groups"] = new[] { "admins" } };

    /// <summary>Changes the claims of an id token before it is signed.</summary>
    public Action<Dictionary<string, object>> ChangeClaims { get; set; } = _ => { };

    /// <summary>Changes the signed id token.</summary>
    public Func<string, string> ChangeToken { get; set; } = token => token;

    /// <summary>Changes the document that tells the endpoints.</summary>
    public Action<JsonObject> ChangeDocument { get; set; } = _ => { };

    /// <summary>Changes where a browser is sent back to.</summary>
    public Func<string, string> ChangeReturn { get; set; } = address => address;

    /// <summary>Why the last request for tokens was refused.</summary>
    public string? Refusal { get; private set; }

    /// <summary>The id tokens whose sessions were ended.</summary>
    public List<string> Ended { get; } = [];

    public static async Task<OidcIssuer> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var issuer = new OidcIssuer(app);
        app.Use((context, next) =>
        {
            issuer.Asked++;
            if (!issuer.IsBroken)
            {
                return next(context);
            }
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return Task.CompletedTask;
        });
        app.MapGet("/realms/data/.well-known/openid-configuration", issuer.Document);
        app.MapGet("/keys", () => Json(issuer.Keys()));
        app.MapGet("/auth", issuer.Authorize);
        app.MapPost("/token", issuer.RedeemAsync);
        app.MapGet("/logout", (HttpRequest request) =>
        {
            issuer.Ended.Add(request.Query["id_token_hint"].ToString());
            return Results.Redirect(request.Query["post_logout_redirect_uri"].ToString());
        });
        await app.StartAsync();
        return issuer;
    }

    public SecurityKey Key(string name) => name == "rsa" ? new RsaSecurityKey(Rsa) { KeyId = name } : new ECDsaSecurityKey(_ec) { KeyId = name };

    public string Sign(Dictionary<string, object> claims, SecurityKey? key = null, string algorithm = SecurityAlgorithms.RsaSha256) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Claims = claims,
            SigningCredentials = new SigningCredentials(key ?? Key("rsa"), algorithm),
        });

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Rsa.Dispose();
        _ec.Dispose();
    }

    private static IResult Json(JsonObject json) => Results.Text(json.ToJsonString(), "application/json");

    private IResult Document()
    {
        var document = new JsonObject
        {
            ["issuer"] = Issuer,
            ["jwks_uri"] = Root + "/keys",
            ["authorization_endpoint"] = Root + "/auth",
            ["token_endpoint"] = Root + "/token",
            ["end_session_endpoint"] = Root + "/logout",
        };
        ChangeDocument(document);
        return Json(document);
    }

    private IResult Authorize(HttpRequest request)
    {
        var query = request.Query;
        if (query["client_id"] != ClientId || query["response_type"] != "code" || query["code_challenge_method"] != "S256" || query["code_challenge"].ToString().Length != 43
            || !query["scope"].ToString().Split(' ').Contains("openid"))
        {
            return Results.BadRequest();
        }
        var code = Guid.NewGuid().ToString("N");
        _codes[code] = query;
        return Results.Redirect(ChangeReturn($"{query["redirect_uri"]}?code={code}&state={query["state"]}&iss={Uri.EscapeDataString(Issuer)}"));
    }

    private async Task<IResult> RedeemAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var client = $"Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes($"{ClientId}:{Uri.EscapeDataString(ClientSecret)}"))}";
        var known = _codes.Remove(form["code"].ToString(), out var asked);
        Refusal = !known ? "code"
            : request.Headers.Authorization != client ? "client"
            : form["redirect_uri"] != asked!["redirect_uri"] ? "redirect_uri"
            : Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) != asked["code_challenge"] ? "code_verifier"
            : null;
        if (Refusal is not null)
        {
            return Results.Json(new { error = "invalid_grant", error_description = $"<b>{Refusal}" }, statusCode: StatusCodes.Status400BadRequest);
        }
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = new Dictionary<string, object>(User) { ["iss"] = Issuer, ["aud"] = ClientId, ["iat"] = now, ["exp"] = now + 300, ["nonce"] = asked!["nonce"].ToString() };
        ChangeClaims(claims);
        return Json(new JsonObject { ["access_token"] = "opaque", ["token_type"] = "Bearer", ["id_token"] = ChangeToken(Sign(claims)) });
    }

    private JsonObject Keys()
    {
        var rsa = Rsa.ExportParameters(false);
        var ec = _ec.ExportParameters(false);
        return new JsonObject
        {
            ["keys"] = new JsonArray(
                new JsonObject { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = "rsa", ["n"] = Base64UrlEncoder.Encode(rsa.Modulus), ["e"] = Base64UrlEncoder.Encode(rsa.Exponent) },
                new JsonObject { ["kty"] = "EC", ["use"] = "sig", ["kid"] = "ec", ["crv"] = "P-256", ["x"] = Base64UrlEncoder.Encode(ec.Q.X), ["y"] = Base64UrlEncoder.Encode(ec.Q.Y) }),
        };
    }
}
