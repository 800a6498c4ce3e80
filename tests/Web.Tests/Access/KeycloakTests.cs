using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Discovery.Web.Access;
using Microsoft.AspNetCore.WebUtilities;

namespace Discovery.Web.Tests.Access;

/// <summary>
/// The code flow and bearer tokens with a real issuer: alice is in the group data-admins, bob in data-engineers, carol in data-analysts, dave in none.
/// </summary>
[Collection(nameof(KeycloakCollection))]
[Trait("Category", "Long")]
public sealed partial class KeycloakTests(KeycloakFixture fixture) : IAsyncLifetime
{
    private KeycloakServer _keycloak = null!;
    private TestServer? _server;

    private TestServer Server => _server!;

    public async ValueTask InitializeAsync()
    {
        _keycloak = await fixture.StartAsync();
        _server = await StartServerAsync(_keycloak.DiscoverySecret);
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Theory]
    [InlineData("alice", HttpStatusCode.OK)]
    [InlineData("bob", HttpStatusCode.OK)]
    [InlineData("carol", HttpStatusCode.Forbidden)]
    public async Task People_log_in_and_out(string name, HttpStatusCode write)
    {
        using var browser = KeycloakServer.NewBrowser();
        using var back = await LogInAsync(Server, browser, name);
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
        var session = ("Cookie", back.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("discovery-session-", StringComparison.Ordinal)).Split(';')[0]);
        using var read = await Server.GetAsync("/page", session);
        Assert.Equal(name, await TextAsync(read));
        using var writing = await Server.PostAsync("/aspects", session, ("Origin", $"http://{Server.Host}"));
        Assert.Equal(write, writing.StatusCode);

        using var logout = await Server.SubmitAsync("/logout", [], session);
        using var ended = await browser.GetAsync(LeadsTo(await TextAsync(logout)), TestContext.Current.CancellationToken);
        Assert.Equal($"http://{Server.Host}/login", ended.Headers.Location!.OriginalString);
        using var after = await Server.GetAsync("/page", session);
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
        // Keycloak asks for the password again.
        using var again = await browser.GetAsync((await BeginAsync(Server)).Address, TestContext.Current.CancellationToken);
        Assert.Contains("password", await TextAsync(again), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_in_no_group_is_told_so()
    {
        using var browser = KeycloakServer.NewBrowser();
        using var back = await LogInAsync(Server, browser, "dave");
        Assert.Equal(HttpStatusCode.Forbidden, back.StatusCode);
        Assert.Contains("dave is known here, but in none of the groups", await TextAsync(back), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_of_another_log_in_fails_at_Keycloak()
    {
        using var browser = KeycloakServer.NewBrowser();
        var stolen = await _keycloak.LogInAsync(browser, (await BeginAsync(Server)).Address, "alice");
        var begun = await BeginAsync(Server);
        var own = await _keycloak.LogInAsync(browser, begun.Address, null);
        using var back = await Server.GetAsync($"/login/callback?code={Member(stolen, "code")}&state={Member(own, "state")}", begun.Cookie);
        Assert.Equal(HttpStatusCode.Forbidden, back.StatusCode);
        Assert.Contains("PKCE", await TextAsync(back), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_client_secret_fails_at_Keycloak()
    {
        await using var server = await StartServerAsync("wrong secret");
        using var browser = KeycloakServer.NewBrowser();
        using var back = await LogInAsync(server, browser, "alice");
        Assert.Equal(HttpStatusCode.Forbidden, back.StatusCode);
        Assert.Contains("unauthorized_client", await TextAsync(back), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("alice", HttpStatusCode.OK)]
    [InlineData("bob", HttpStatusCode.OK)]
    [InlineData("carol", HttpStatusCode.Forbidden)]
    public async Task Programs_send_access_tokens(string name, HttpStatusCode write)
    {
        const string redirect = "http://127.0.0.1:7777/login/callback";
        var verifier = RandomNumberGenerator.GetHexString(64);
        var challenge = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        using var browser = KeycloakServer.NewBrowser();
        var back = await _keycloak.LogInAsync(
            browser,
            $"{_keycloak.Issuer}/protocol/openid-connect/auth?client_id=discovery&response_type=code&scope=openid&redirect_uri={redirect}&code_challenge={challenge}&code_challenge_method=S256",
            name);
        var tokens = await _keycloak.RedeemAsync("discovery", _keycloak.DiscoverySecret, new()
        {
            ["grant_type"] = "authorization_code", ["code"] = Member(back, "code"), ["redirect_uri"] = redirect, ["code_verifier"] = verifier,
        });
        using var access = await Server.PostAsync("/aspects", ("Authorization", $"Bearer {tokens.GetProperty("access_token").GetString()}"));
        Assert.Equal(write, access.StatusCode);
        // It tells a client who somebody is, and opens nothing.
        using var id = await Server.PostAsync("/aspects", ("Authorization", $"Bearer {tokens.GetProperty("id_token").GetString()}"));
        Assert.Equal(HttpStatusCode.Unauthorized, id.StatusCode);
    }

    private Task<TestServer> StartServerAsync(string secret) => TestServer.StartAsync(settings => settings with
    {
        OidcIssuer = _keycloak.Issuer,
        OidcAudience = "discovery-api",
        OidcClientId = "discovery",
        OidcClientSecret = new ClientSecret(secret),
        OperatorGroups = ["data-admins", "data-engineers"],
        ViewerGroups = ["data-analysts"],
    });

    private async Task<HttpResponseMessage> LogInAsync(TestServer server, HttpClient browser, string name)
    {
        var begun = await BeginAsync(server);
        return await server.GetAsync(await _keycloak.LogInAsync(browser, begun.Address, name), begun.Cookie);
    }

    private static async Task<(string Address, (string, string) Cookie)> BeginAsync(TestServer server)
    {
        using var answer = await server.SubmitAsync("/login/oidc", new() { ["back"] = "/page" });
        return (LeadsTo(await TextAsync(answer)), ("Cookie", Assert.Single(answer.Headers.GetValues("Set-Cookie")).Split(';')[0]));
    }

    private static string Member(string address, string name) => QueryHelpers.ParseQuery(new Uri(address).Query)[name].ToString();

    private static string LeadsTo(string page) => WebUtility.HtmlDecode(RefreshPattern().Match(page).Groups[1].Value);

    private static Task<string> TextAsync(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    [GeneratedRegex("<meta http-equiv=\"refresh\" content=\"0;url=([^\"]+)\"")]
    private static partial Regex RefreshPattern();
}
