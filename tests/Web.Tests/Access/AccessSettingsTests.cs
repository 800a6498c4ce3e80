using System.Net;
using Discovery.Web.Access;
using Microsoft.AspNetCore.Http;

namespace Discovery.Web.Tests.Access;

public sealed class AccessSettingsTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8080", false)]
    [InlineData("http://localhost:8080", false)]
    [InlineData("http://LOCALHOST:8080", false)]
    [InlineData("http://[::1]:8080", false)]
    [InlineData("http://127.0.0.2:8080", false)]
    [InlineData("http://0.0.0.0:8080", true)]
    [InlineData("http://*:8080", true)]
    [InlineData("http://+:8080", true)]
    [InlineData("http://[::]:8080", true)]
    [InlineData("http://10.0.0.5:8080", true)]
    [InlineData("http://catalog.example.com:8080", true)]
    [InlineData("http://localhost.example.com:8080", true)]
    public void Tokens_are_asked_for_as_soon_as_others_can_reach_the_server(string url, bool tokens)
    {
        Assert.Equal(tokens, Rule(url).TokensRequired);
        Assert.True(Rule("http://127.0.0.1:1", url) is var both && both.TokensRequired == tokens);
        if (tokens)
        {
            var refusal = Assert.Throws<AccessSettingsException>(() => new AccessRule(Settings(url) with { Tokens = false }));
            Assert.Contains(url, refusal.Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.False(new AccessRule(Settings(url) with { Tokens = false }).TokensRequired);
        }
    }

    [Fact]
    public void A_name_for_clients_from_elsewhere_turns_tokens_on() =>
        Assert.True(new AccessRule(Settings("http://127.0.0.1:8080") with { AllowedHosts = ["catalog.example.com"] }).TokensRequired);

    [Theory]
    [InlineData("")]
    [InlineData("8080")]
    [InlineData("https://127.0.0.1:8443")]
    [InlineData("http://unix:/tmp/socket")]
    [InlineData("http://127.0.0.1:8080/path")]
    [InlineData("http://127.0.0.1:99999")]
    [InlineData("http://127.0.0.1:-1")]
    [InlineData("http://localhost:0")]
    public void An_address_that_cannot_be_listened_on_is_refused(string url) => Assert.Throws<AccessSettingsException>(() => Rule(url));

    [Fact]
    public void A_server_without_an_address_is_refused() => Assert.Throws<AccessSettingsException>(() => Rule());

    public static TheoryData<string, AccessSettings> Unsafe => new()
    {
        { "--oidc-client-id", Oidc() with { OidcAudience = null } },
        { "not https", Oidc() with { OidcIssuer = "http://login.example.com/realms/data" } },
        { "not the address", Oidc() with { OidcIssuer = "login.example.com" } },
        { "not the address", Oidc() with { OidcIssuer = "https://login.example.com/?x=1" } },
        { "not the address", Oidc() with { OidcIssuer = "https://kim:secret@login.example.com/" } },
        { "--operators", Oidc() with { OperatorGroups = [] } },
        { "empty", Oidc() with { ViewerGroups = [""] } },
        { "empty", Oidc() with { GroupsClaim = " " } },
        { "--oidc-client-id", Oidc() with { OidcClientSecret = new ClientSecret("x") } },
        { "needs --oidc-issuer", Oidc() with { OidcIssuer = null } },
        { "needs --oidc-issuer", Settings("http://127.0.0.1:1") with { OidcClientId = "catalog" } },
        { "needs --oidc-issuer", Settings("http://127.0.0.1:1") with { OperatorGroups = ["admins"] } },
        { "needs --oidc-issuer", Settings("http://127.0.0.1:1") with { ViewerGroups = ["admins"] } },
        { "contradict", Oidc() with { Tokens = false } },
        { "contradict", Settings("http://127.0.0.1:1") with { TokenFile = "tokens", Tokens = false } },
    };

    [Theory]
    [MemberData(nameof(Unsafe))]
    public void A_server_that_would_be_open_or_closed_by_accident_does_not_start(string reason, AccessSettings settings) =>
        Assert.Contains(reason, Assert.Throws<AccessSettingsException>(() => new AccessRule(settings)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_issuer_and_a_file_of_tokens_turn_tokens_on()
    {
        Assert.True(new AccessRule(Oidc()).TokensRequired);
        Assert.True(new AccessRule(Settings("http://127.0.0.1:1") with { TokenFile = "tokens" }).TokensRequired);
    }

    [Fact]
    public void Settings_that_are_printed_do_not_tell_the_secret() =>
        Assert.DoesNotContain("hush", (Oidc() with { OidcClientSecret = new ClientSecret("hush") }).ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("LocalHost:8080", true)]
    [InlineData("127.0.0.1:8080", true)]
    [InlineData("[::1]:8080", true)]
    [InlineData("catalog.example.com", true)]
    [InlineData("[2001:db8::7]:8080", true)]
    [InlineData("10.0.0.5:8080", true)]
    [InlineData("10.0.0.6:8080", false)]
    [InlineData("evil.example", false)]
    [InlineData("localhost.evil.example", false)]
    [InlineData("127.0.0.1.evil.example", false)]
    public void The_server_answers_to_its_own_names_alone(string host, bool allowed)
    {
        var rule = new AccessRule(Settings("http://0.0.0.0:8080") with { AllowedHosts = ["catalog.example.com", "2001:DB8::7"] });
        Assert.Equal(allowed, rule.IsAllowed(new HostString(host), IPAddress.Parse("10.0.0.5").MapToIPv6()));
    }

    private static AccessSettings Oidc() =>
        Settings("http://127.0.0.1:1") with { OidcIssuer = "https://login.example.com/realms/data", OidcAudience = "catalog", OperatorGroups = ["admins"] };

    private static AccessRule Rule(params string[] urls) => new(Settings(urls));

    private static AccessSettings Settings(params string[] urls) => new() { Urls = urls, KeyFolder = "/nowhere" };
}
