using System.Net;
using System.Security.Cryptography;
using System.Text;
using Discovery.Web.Access;
using Microsoft.IdentityModel.Tokens;

namespace Discovery.Web.Tests.Access;

/// <summary>Tokens of an OpenID Connect issuer that programs send.</summary>
public sealed class OidcTests : IAsyncLifetime
{
    private readonly FakeTime _time = new();
    private OidcIssuer _issuer = null!;
    private TestServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _issuer = await OidcIssuer.StartAsync();
        _server = await TestServer.StartAsync(settings => settings with { OidcIssuer = _issuer.Issuer, OidcAudience = "catalog", OperatorGroups = ["admins", "owners"], ViewerGroups = ["analysts"] }, _time);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Theory]
    [InlineData("rsa", SecurityAlgorithms.RsaSha256)]
    [InlineData("rsa", SecurityAlgorithms.RsaSsaPssSha512)]
    [InlineData("ec", SecurityAlgorithms.EcdsaSha256)]
    public async Task A_token_of_the_issuer_lets_in(string key, string algorithm)
    {
        using var answer = await ReadAsync(_issuer.Sign(Claims(), _issuer.Key(key), algorithm));
        Assert.Equal("kim", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Other_tokens_are_refused()
    {
        using var other = RSA.Create(2048);
        var publicKey = Encoding.ASCII.GetBytes(_issuer.Rsa.ExportSubjectPublicKeyInfoPem());
        var good = _issuer.Sign(Claims());
        string[] tokens =
        [
            _issuer.Sign(Claims(("aud", "other service"))),
            _issuer.Sign(Claims(("iss", "https://evil.example"))),
            _issuer.Sign(Claims(("exp", DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 3600))),
            _issuer.Sign(Claims(("sub", ""))),
            _issuer.Sign(Claims(), new RsaSecurityKey(other) { KeyId = "rsa" }),
            _issuer.Sign(Claims(), new RsaSecurityKey(_issuer.Rsa) { KeyId = "unknown" }),
            // The public key as if it were a secret.
            _issuer.Sign(Claims(), new SymmetricSecurityKey(publicKey) { KeyId = "rsa" }, SecurityAlgorithms.HmacSha256),
            _issuer.Sign(Claims(), new SymmetricSecurityKey(_issuer.Rsa.ExportSubjectPublicKeyInfo()) { KeyId = "rsa" }, SecurityAlgorithms.HmacSha256),
            $"{Base64UrlEncoder.Encode("""{"alg":"none","kid":"rsa"}""")}.{good.Split('.')[1]}.",
            string.Join('.', good.Split('.')[..2]) + ".",
            OwnTokens.Create(_server.KeyFolder, "kim", TimeSpan.FromHours(1), TimeProvider.System),
        ];
        foreach (var token in tokens)
        {
            using var answer = await ReadAsync(token);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("admins", HttpStatusCode.OK, HttpStatusCode.OK)]
    [InlineData("analysts", HttpStatusCode.OK, HttpStatusCode.Forbidden)]
    [InlineData("others", HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData("Admins", HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    public async Task Groups_say_who_may_do_what(string? group, HttpStatusCode read, HttpStatusCode write)
    {
        // What an issuer calls a role is not ours.
        var claims = Claims(("role", "worker"), ("roles", new[] { "admins" }));
        claims.Remove("groups");
        if (group is not null)
        {
            claims["groups"] = new[] { "everybody", group };
        }
        var header = ("Authorization", $"Bearer {_issuer.Sign(claims)}");
        using var reading = await _server.GetAsync("/page", header);
        Assert.Equal(read, reading.StatusCode);
        using var writing = await _server.PostAsync("/aspects", header);
        Assert.Equal(write, writing.StatusCode);
        using var working = await _server.PostAsync("/work", header);
        Assert.Equal(HttpStatusCode.Forbidden, working.StatusCode);
    }

    [Fact]
    public async Task While_the_issuer_does_not_answer_clients_are_told_to_come_back()
    {
        _issuer.IsBroken = true;
        using var away = await ReadAsync(_issuer.Sign(Claims()));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, away.StatusCode);
        using var login = await _server.SubmitAsync("/login", new() { ["token"] = "x" });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, login.StatusCode);
    }

    [Fact]
    public async Task An_issuer_that_fails_is_not_asked_again_by_each_request()
    {
        _issuer.IsBroken = true;
        using var first = await ReadAsync(_issuer.Sign(Claims()));
        var asked = _issuer.Asked;
        using var second = await ReadAsync(_issuer.Sign(Claims()));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, second.StatusCode);
        Assert.Equal(asked, _issuer.Asked);
        _issuer.IsBroken = false;
        _time.Advance(TimeSpan.FromSeconds(2));
        using var third = await ReadAsync(_issuer.Sign(Claims()));
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
    }

    [Fact]
    public async Task A_document_of_another_issuer_is_not_believed()
    {
        _issuer.ChangeDocument = document => document["issuer"] = "https://evil.example";
        using var answer = await ReadAsync(_issuer.Sign(Claims()));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    private Dictionary<string, object> Claims(params (string Name, object Value)[] changes)
    {
        var claims = new Dictionary<string, object>(_issuer.User) { ["iss"] = _issuer.Issuer, ["aud"] = "catalog", ["exp"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 600 };
        foreach (var (name, value) in changes)
        {
            claims[name] = value;
        }
        return claims;
    }

    private Task<HttpResponseMessage> ReadAsync(string token) => _server.GetAsync("/page", ("Authorization", $"Bearer {token}"));
}
