using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Discovery.Web.Access;
using Microsoft.AspNetCore.WebUtilities;

namespace Discovery.Web.Tests.Access;

/// <summary>The code flow and bearer tokens with a real issuer: alice is in the group data-admins, carol in analysts, bob in others.</summary>
[Trait("Category", "Long")]
public sealed partial class KeycloakTests(KeycloakFixture fixture) : IClassFixture<KeycloakFixture>, IAsyncLifetime
{
    private KeycloakServer _keycloak = null!;
    private TestServer? _server;

    private TestServer Server => _server!;

    public async ValueTask InitializeAsync()
    {
        _keycloak = await fixture.StartAsync();
        _server = await StartServerAsync("discovery-client-secret");
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Theory]
    [InlineData("alice", HttpStatusCode.OK)]
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
    public async Task A_member_of_other_groups_is_told_so()
    {
        using var browser = KeycloakServer.NewBrowser();
        using var back = await LogInAsync(Server, browser, "bob");
        Assert.Equal(HttpStatusCode.Forbidden, back.StatusCode);
        Assert.Contains("bob is known here, but in none of the groups", await TextAsync(back), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_of_another_log_in_fails_at_Keycloak()
    {
        using var browser = KeycloakServer.NewBrowser();
        var stolen = await AuthorizeAsync(browser, (await BeginAsync(Server)).Address, "alice");
        var begun = await BeginAsync(Server);
        var own = await AuthorizeAsync(browser, begun.Address, null);
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
    [InlineData("carol", HttpStatusCode.Forbidden)]
    public async Task Programs_send_access_tokens(string name, HttpStatusCode write)
    {
        using var client = new HttpClient();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "password", ["client_id"] = "discovery-cli", ["username"] = name, ["password"] = $"{name}-secret", ["scope"] = "openid",
        });
        using var answer = await client.PostAsync($"{_keycloak.Issuer}/protocol/openid-connect/token", form, TestContext.Current.CancellationToken);
        var tokens = JsonElement.Parse(await TextAsync(answer));
        using var access = await Server.PostAsync("/aspects", ("Authorization", $"Bearer {tokens.GetProperty("access_token").GetString()}"));
        Assert.Equal(write, access.StatusCode);
        // It is of another client.
        using var id = await Server.PostAsync("/aspects", ("Authorization", $"Bearer {tokens.GetProperty("id_token").GetString()}"));
        Assert.Equal(HttpStatusCode.Unauthorized, id.StatusCode);
    }

    private Task<TestServer> StartServerAsync(string secret) => TestServer.StartAsync(settings => settings with
    {
        OidcIssuer = _keycloak.Issuer,
        OidcAudience = "discovery",
        OidcClientId = "discovery",
        OidcClientSecret = new ClientSecret(secret),
        OperatorGroups = ["data-admins"],
        ViewerGroups = ["analysts"],
    });

    private static async Task<HttpResponseMessage> LogInAsync(TestServer server, HttpClient browser, string name)
    {
        var begun = await BeginAsync(server);
        return await server.GetAsync(await AuthorizeAsync(browser, begun.Address, name), begun.Cookie);
    }

    private static async Task<(string Address, (string, string) Cookie)> BeginAsync(TestServer server)
    {
        using var answer = await server.SubmitAsync("/login/oidc", new() { ["back"] = "/page" });
        return (LeadsTo(await TextAsync(answer)), ("Cookie", Assert.Single(answer.Headers.GetValues("Set-Cookie")).Split(';')[0]));
    }

    /// <param name="browser">Keeps the cookies of Keycloak.</param>
    /// <param name="address">Where the log-in leads to.</param>
    /// <param name="name">Who fills in the form; null for who is logged in there already.</param>
    private static async Task<string> AuthorizeAsync(HttpClient browser, string address, string? name)
    {
        using var page = await browser.GetAsync(address, TestContext.Current.CancellationToken);
        if (name is null)
        {
            return page.Headers.Location!.OriginalString;
        }
        var action = WebUtility.HtmlDecode(FormPattern().Match(await TextAsync(page)).Groups[1].Value);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["username"] = name, ["password"] = $"{name}-secret" });
        using var answer = await browser.PostAsync(action, form, TestContext.Current.CancellationToken);
        return answer.Headers.Location!.OriginalString;
    }

    private static string Member(string address, string name) => QueryHelpers.ParseQuery(new Uri(address).Query)[name].ToString();

    private static string LeadsTo(string page) => WebUtility.HtmlDecode(RefreshPattern().Match(page).Groups[1].Value);

    private static Task<string> TextAsync(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    [GeneratedRegex("<meta http-equiv=\"refresh\" content=\"0;url=([^\"]+)\"")]
    private static partial Regex RefreshPattern();

    [GeneratedRegex("<form[^>]* action=\"([^\"]+)\"")]
    private static partial Regex FormPattern();
}
