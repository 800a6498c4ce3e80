using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Discovery.Web.Tests.Access;

/// <summary>
/// What DataHub's frontend relies on: browsers and the frontend reach Keycloak by two addresses, and the frontend keeps what it gets in a cookie
/// (https://github.com/datahub-project/datahub/issues/4448).
/// </summary>
[Collection(nameof(KeycloakCollection))]
[Trait("Category", "Long")]
public sealed class KeycloakDataHubTests(KeycloakFixture fixture) : IAsyncLifetime
{
    private const int LargestCookie = 4096;

    private readonly HttpClient _browser = KeycloakPages.NewBrowser();
    private KeycloakServer _keycloak = null!;

    public async ValueTask InitializeAsync() => _keycloak = await fixture.StartAsync();

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Both_sides_see_one_issuer_and_each_its_own_addresses()
    {
        var front = await ReadAsync($"{_keycloak.Issuer}/.well-known/openid-configuration");
        var back = await ReadAsync($"{_keycloak.BackChannel}/.well-known/openid-configuration");
        Assert.Equal([_keycloak.Issuer, _keycloak.Issuer], [Text(front, "issuer"), Text(back, "issuer")]);
        foreach (var name in (string[])["authorization_endpoint", "end_session_endpoint"])
        {
            Assert.StartsWith(_keycloak.Issuer, Text(back, name), StringComparison.Ordinal);
        }
        foreach (var name in (string[])["token_endpoint", "jwks_uri", "userinfo_endpoint"])
        {
            Assert.StartsWith(_keycloak.BackChannel, Text(back, name), StringComparison.Ordinal);
            Assert.StartsWith(_keycloak.Issuer, Text(front, name), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("alice", "data-admins")]
    [InlineData("bob", "data-engineers")]
    [InlineData("carol", "data-analysts")]
    [InlineData("dave")]
    public async Task People_log_in_with_their_groups(string name, params string[] groups)
    {
        var code = QueryHelpers.ParseQuery(new Uri(await _keycloak.LogInAsync(_browser, AuthorizationAddress("/callback/oidc"), name)).Query)["code"].ToString();
        var tokens = await _keycloak.RedeemAsync("datahub", _keycloak.DataHubSecret, new()
        {
            ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = KeycloakServer.DataHubAddress + "/callback/oidc",
        });

        var keys = new JsonWebKeySet((await ReadAsync($"{_keycloak.BackChannel}/protocol/openid-connect/certs")).GetRawText());
        var id = await new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(Text(tokens, "id_token"), new TokenValidationParameters
        {
            ValidIssuer = _keycloak.Issuer, ValidAudience = "datahub", ValidAlgorithms = [SecurityAlgorithms.RsaSha256], IssuerSigningKeys = keys.GetSigningKeys(),
        });
        Assert.True(id.IsValid, id.Exception?.Message);
        Assert.Equal(name, id.Claims["preferred_username"]);
        Assert.Equal($"{name}@example.com", id.Claims["email"]);
        Assert.Equal(groups, id.ClaimsIdentity.FindAll("groups").Select(claim => claim.Value));
        Assert.InRange(Text(tokens, "id_token").Length + Text(tokens, "access_token").Length + Text(tokens, "refresh_token").Length, 1, LargestCookie);

        _browser.DefaultRequestHeaders.Authorization = new("Bearer", Text(tokens, "access_token"));
        var told = await ReadAsync($"{_keycloak.BackChannel}/protocol/openid-connect/userinfo");
        Assert.Equal(groups, told.TryGetProperty("groups", out var list) ? list.EnumerateArray().Select(group => group.GetString()) : []);
    }

    [Fact]
    public async Task Codes_are_sent_to_the_one_address_alone()
    {
        using var answer = await _browser.GetAsync(AuthorizationAddress("/callback/oidc/elsewhere"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private string AuthorizationAddress(string callback) =>
        $"{_keycloak.Issuer}/protocol/openid-connect/auth?client_id=datahub&response_type=code&scope=openid%20profile%20email&redirect_uri={KeycloakServer.DataHubAddress}{callback}";

    private async Task<JsonElement> ReadAsync(string address) => JsonElement.Parse(await _browser.GetStringAsync(address, TestContext.Current.CancellationToken));

    private static string Text(JsonElement element, string member) => element.GetProperty(member).GetString()!;
}
