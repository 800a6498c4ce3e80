using System.Net;
using System.Security.Claims;
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

/// <summary>Tokens of an OpenID Connect issuer, which runs inside the test.</summary>
public sealed class OidcTests : IAsyncLifetime
{
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly ECDsa _ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private WebApplication _issuer = null!;
    private TestServer _server = null!;
    private bool _broken;

    private string Issuer => _issuer.Urls.First() + "/realms/data";

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _issuer = builder.Build();
        _issuer.MapGet("/realms/data/.well-known/openid-configuration", () => _broken
            ? Results.StatusCode(500)
            : Results.Text(new JsonObject { ["issuer"] = Issuer, ["jwks_uri"] = _issuer.Urls.First() + "/keys" }.ToJsonString(), "application/json"));
        _issuer.MapGet("/keys", () => Results.Text(Keys(), "application/json"));
        await _issuer.StartAsync();
        _server = await TestServer.StartAsync(settings => settings with { OidcIssuer = Issuer, OidcAudience = "catalog" });
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _issuer.DisposeAsync();
        _rsa.Dispose();
        _ec.Dispose();
    }

    [Theory]
    [InlineData("rsa", SecurityAlgorithms.RsaSha256)]
    [InlineData("rsa", SecurityAlgorithms.RsaSsaPssSha512)]
    [InlineData("ec", SecurityAlgorithms.EcdsaSha256)]
    public async Task A_token_of_the_issuer_lets_in(string key, string algorithm)
    {
        using var answer = await ReadAsync(Sign(Key(key), algorithm));
        Assert.Equal("kim", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Other_tokens_are_refused()
    {
        using var other = RSA.Create(2048);
        var publicKey = Encoding.ASCII.GetBytes(_rsa.ExportSubjectPublicKeyInfoPem());
        string[] tokens =
        [
            Sign(Key("rsa"), SecurityAlgorithms.RsaSha256, audience: "other service"),
            Sign(Key("rsa"), SecurityAlgorithms.RsaSha256, issuer: "https://evil.example"),
            Sign(Key("rsa"), SecurityAlgorithms.RsaSha256, seconds: -3600),
            Sign(new RsaSecurityKey(other) { KeyId = "rsa" }, SecurityAlgorithms.RsaSha256),
            Sign(new RsaSecurityKey(_rsa) { KeyId = "unknown" }, SecurityAlgorithms.RsaSha256),
            // The public key as if it were a secret.
            Sign(new SymmetricSecurityKey(publicKey) { KeyId = "rsa" }, SecurityAlgorithms.HmacSha256),
            Sign(new SymmetricSecurityKey(_rsa.ExportSubjectPublicKeyInfo()) { KeyId = "rsa" }, SecurityAlgorithms.HmacSha256),
            Discovery.Web.Access.OwnTokens.Create(_server.KeyFolder, "kim", TimeSpan.FromHours(1), TimeProvider.System),
        ];
        foreach (var token in tokens)
        {
            using var answer = await ReadAsync(token);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    [Fact]
    public async Task While_the_issuer_does_not_answer_clients_are_told_to_come_back()
    {
        _broken = true;
        using var away = await ReadAsync(Sign(Key("rsa"), SecurityAlgorithms.RsaSha256));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, away.StatusCode);
        using var login = await _server.SendAsync(HttpMethod.Post, "/login", "token=x", "application/x-www-form-urlencoded", ("Origin", $"http://{_server.Host}"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, login.StatusCode);
    }

    private SecurityKey Key(string name) => name == "rsa" ? new RsaSecurityKey(_rsa) { KeyId = name } : new ECDsaSecurityKey(_ec) { KeyId = name };

    private string Keys()
    {
        var rsa = _rsa.ExportParameters(false);
        var ec = _ec.ExportParameters(false);
        return new JsonObject
        {
            ["keys"] = new JsonArray(
                new JsonObject { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = "rsa", ["n"] = Base64UrlEncoder.Encode(rsa.Modulus), ["e"] = Base64UrlEncoder.Encode(rsa.Exponent) },
                new JsonObject { ["kty"] = "EC", ["use"] = "sig", ["kid"] = "ec", ["crv"] = "P-256", ["x"] = Base64UrlEncoder.Encode(ec.Q.X), ["y"] = Base64UrlEncoder.Encode(ec.Q.Y) }),
        }.ToJsonString();
    }

    private string Sign(SecurityKey key, string algorithm, string? issuer = null, string audience = "catalog", int seconds = 600) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? Issuer,
            Audience = audience,
            Expires = DateTime.UtcNow.AddSeconds(seconds),
            Subject = new ClaimsIdentity([new Claim("sub", "kim")]),
            SigningCredentials = new SigningCredentials(key, algorithm),
        });

    private Task<HttpResponseMessage> ReadAsync(string token) => _server.GetAsync("/page", ("Authorization", $"Bearer {token}"));
}
