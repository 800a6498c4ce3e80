using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Discovery.Web.Access;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.Tokens;

namespace Discovery.Web.Tests.Access;

/// <summary>People who log in at an OpenID Connect issuer.</summary>
public sealed partial class OidcLoginTests : IAsyncLifetime
{
    private readonly FakeTime _time = new();
    private OidcIssuer _issuer = null!;
    private TestServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _issuer = await OidcIssuer.StartAsync();
        _server = await TestServer.StartAsync(
            settings => settings with
            {
                OidcIssuer = _issuer.Issuer,
                OidcClientId = OidcIssuer.ClientId,
                OidcClientSecret = new ClientSecret(OidcIssuer.ClientSecret),
                OperatorGroups = ["admins"],
                ViewerGroups = ["analysts"],
            },
            _time);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task A_person_logs_in_at_the_issuer_and_comes_back_to_the_page()
    {
        using var asked = await _server.GetAsync("/page?x=1", ("Accept", "text/html"));
        var page = await TextAsync(asked);
        Assert.Contains($"Log in with {new Uri(_issuer.Issuer).Authority}", page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"token\"", page, StringComparison.Ordinal);

        var begun = await BeginAsync("/page?x=1");
        Assert.Contains("samesite=lax", begun.SetCookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", begun.SetCookie, StringComparison.OrdinalIgnoreCase);
        using var back = await _server.GetAsync(await AuthorizeAsync(begun.Address), begun.Cookie);
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
        Assert.Equal("/page?x=1", LeadsTo(await TextAsync(back)));
        var cookies = back.Headers.GetValues("Set-Cookie").ToList();
        Assert.Contains(cookies, cookie => cookie.StartsWith($"discovery-login-{_server.Client.BaseAddress!.Port}=;", StringComparison.Ordinal));
        var session = Assert.Single(cookies, cookie => cookie.StartsWith("discovery-session-", StringComparison.Ordinal));
        Assert.Contains("samesite=strict", session, StringComparison.OrdinalIgnoreCase);

        using var read = await _server.GetAsync("/page", ("Cookie", session.Split(';')[0]));
        Assert.Equal("kim", await TextAsync(read));
        using var write = await _server.PostAsync("/aspects", ("Cookie", session.Split(';')[0]), ("Origin", $"http://{_server.Host}"));
        Assert.Equal(HttpStatusCode.OK, write.StatusCode);
    }

    [Theory]
    [InlineData("analysts", HttpStatusCode.OK, HttpStatusCode.Forbidden)]
    [InlineData("admins", HttpStatusCode.OK, HttpStatusCode.OK)]
    public async Task Groups_say_who_may_do_what(string group, HttpStatusCode read, HttpStatusCode write)
    {
        _issuer.User["groups"] = new[] { group };
        var cookie = await LogInAsync();
        using var reading = await _server.GetAsync("/page", cookie);
        Assert.Equal(read, reading.StatusCode);
        using var writing = await _server.PostAsync("/aspects", cookie, ("Origin", $"http://{_server.Host}"));
        Assert.Equal(write, writing.StatusCode);
    }

    [Fact]
    public async Task A_member_of_no_group_is_told_so_and_gets_no_session()
    {
        _issuer.User["groups"] = new[] { "others" };
        var begun = await BeginAsync();
        using var back = await _server.GetAsync(await AuthorizeAsync(begun.Address), begun.Cookie, ("Accept", "text/html"));
        Assert.Equal(HttpStatusCode.Forbidden, back.StatusCode);
        Assert.Contains("kim is known here, but in none of the groups", await TextAsync(back), StringComparison.Ordinal);
        Assert.False(back.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_log_in_is_ended_once_by_the_browser_that_began_it()
    {
        var victim = await BeginAsync();
        var attacker = await BeginAsync();
        var address = await AuthorizeAsync(attacker.Address);
        // The attacker's answer in the browser of another, without and with a log-in of its own.
        foreach (var cookie in new[] { ("X-None", ""), victim.Cookie, ("Cookie", $"discovery-login-{_server.Client.BaseAddress!.Port}=") })
        {
            using var foreign = await _server.GetAsync(address, cookie);
            Assert.Equal(HttpStatusCode.BadRequest, foreign.StatusCode);
            Assert.False(foreign.Headers.Contains("Set-Cookie"));
        }
        using var own = await _server.GetAsync(address, attacker.Cookie);
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        using var again = await _server.GetAsync(address, attacker.Cookie);
        Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
    }

    [Fact]
    public async Task A_log_in_that_takes_too_long_begins_anew()
    {
        var begun = await BeginAsync();
        var address = await AuthorizeAsync(begun.Address);
        _time.Advance(TimeSpan.FromMinutes(10));
        using var late = await _server.GetAsync(address, begun.Cookie);
        Assert.Equal(HttpStatusCode.BadRequest, late.StatusCode);
    }

    [Theory]
    [InlineData("state", "x")]
    [InlineData("state", null)]
    [InlineData("code", null)]
    [InlineData("iss", "https://evil.example")]
    public async Task An_answer_with_a_wrong_or_missing_member_does_not_log_in(string member, string? value)
    {
        var begun = await BeginAsync();
        var address = new Uri(await AuthorizeAsync(begun.Address));
        var query = QueryHelpers.ParseQuery(address.Query).Where(pair => pair.Key != member).ToDictionary(pair => pair.Key, pair => (string?)pair.Value.ToString());
        if (value is not null)
        {
            query[member] = value;
        }
        using var back = await _server.GetAsync(QueryHelpers.AddQueryString(address.AbsolutePath, query), begun.Cookie);
        Assert.Equal(HttpStatusCode.BadRequest, back.StatusCode);
        Assert.False(back.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_code_of_another_log_in_fails_at_the_issuer()
    {
        var first = await BeginAsync();
        var second = await BeginAsync();
        var stolen = QueryHelpers.ParseQuery(new Uri(await AuthorizeAsync(first.Address)).Query)["code"];
        var state = QueryHelpers.ParseQuery(new Uri(await AuthorizeAsync(second.Address)).Query)["state"];
        using var back = await _server.GetAsync($"/login/callback?code={stolen}&state={state}", second.Cookie, ("Accept", "text/html"));
        Assert.Equal(HttpStatusCode.Forbidden, back.StatusCode);
        Assert.Equal("code_verifier", _issuer.Refusal);
        var page = await TextAsync(back);
        Assert.Contains("invalid_grant", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>code_verifier", page, StringComparison.Ordinal);
    }

    public static TheoryData<string> Forgeries => ["nonce", "no nonce", "audience", "azp", "issuer", "expired", "nobody", "none", "stripped", "foreign", "hmac", "no id token", "no json"];

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task An_id_token_that_is_not_for_this_log_in_is_refused(string forgery)
    {
        using var other = RSA.Create(2048);
        Dictionary<string, object> claims = [];
        _issuer.ChangeClaims = made =>
        {
            claims = made;
            switch (forgery)
            {
                case "nonce": made["nonce"] = "of another log-in"; break;
                case "no nonce": made.Remove("nonce"); break;
                case "audience": made["aud"] = "other service"; break;
                case "azp": made["azp"] = "other service"; break;
                case "issuer": made["iss"] = "https://evil.example"; break;
                case "expired": made["exp"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 3600; break;
                case "nobody": made.Remove("sub"); break;
                default: break;
            }
        };
        _issuer.ChangeToken = token => forgery switch
        {
            "none" => $"{Base64UrlEncoder.Encode("""{"alg":"none","kid":"rsa"}""")}.{token.Split('.')[1]}.",
            "stripped" => string.Join('.', token.Split('.')[..2]) + ".",
            "foreign" => _issuer.Sign(claims, new RsaSecurityKey(other) { KeyId = "rsa" }),
            "hmac" => _issuer.Sign(claims, new SymmetricSecurityKey(_issuer.Rsa.ExportSubjectPublicKeyInfo()) { KeyId = "rsa" }, SecurityAlgorithms.HmacSha256),
            "no id token" => "",
            "no json" => "x",
            _ => token,
        };
        var begun = await BeginAsync();
        using var back = await _server.GetAsync(await AuthorizeAsync(begun.Address), begun.Cookie, ("Accept", "text/html"));
        Assert.Equal(HttpStatusCode.Forbidden, back.StatusCode);
        Assert.False(back.Headers.Contains("Set-Cookie"));
        Assert.Contains("did not log you in", await TextAsync(back), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_issuer_says_against_it_is_shown()
    {
        _issuer.ChangeReturn = address => address.Replace("code=", "error=access_denied&error_description=<i>No+seat+left</i>&x=", StringComparison.Ordinal);
        var begun = await BeginAsync();
        using var back = await _server.GetAsync(await AuthorizeAsync(begun.Address), begun.Cookie, ("Accept", "text/html"));
        Assert.Equal(HttpStatusCode.Forbidden, back.StatusCode);
        var page = await TextAsync(back);
        Assert.Contains("access_denied: &lt;i&gt;No seat left", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_issuer_does_not_answer_people_are_told_to_come_back()
    {
        var begun = await BeginAsync();
        var address = await AuthorizeAsync(begun.Address);
        _issuer.IsBroken = true;
        using var back = await _server.GetAsync(address, begun.Cookie, ("Accept", "text/html"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, back.StatusCode);

        await using var other = await TestServer.StartAsync(settings => settings with { OidcIssuer = _issuer.Issuer, OidcClientId = "x", ViewerGroups = ["x"] });
        using var begin = await other.SubmitAsync("/login/oidc", new() { ["back"] = "/" }, ("Accept", "text/html"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, begin.StatusCode);
        Assert.Contains("does not answer", await TextAsync(begin), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData(null)]
    public async Task A_form_of_another_site_does_not_begin_a_log_in(string? origin)
    {
        using var answer = await _server.SendAsync(
            HttpMethod.Post, "/login/oidc", "back=/", "application/x-www-form-urlencoded", origin is null ? [] : [("Origin", origin)]);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("https://evil.example/")]
    [InlineData("/a\";url=https://evil.example")]
    public async Task Logging_in_leads_nowhere_else(string back)
    {
        var begun = await BeginAsync(back);
        using var answer = await _server.GetAsync(await AuthorizeAsync(begun.Address), begun.Cookie);
        var address = LeadsTo(await TextAsync(answer));
        Assert.True(address == "/" || address == back && back.StartsWith("/a", StringComparison.Ordinal), address);
    }

    [Theory]
    [InlineData("http://data.example.com", HttpStatusCode.BadRequest)]
    [InlineData("https://data.example.com", HttpStatusCode.OK)]
    public async Task Away_from_loopback_the_issuer_leads_back_to_https_alone(string origin, HttpStatusCode status)
    {
        await using var server = await TestServer.StartAsync(
            settings => settings with { OidcIssuer = _issuer.Issuer, OidcClientId = OidcIssuer.ClientId, ViewerGroups = ["admins"], AllowedHosts = ["data.example.com"] });
        using var answer = await server.SendAsync(HttpMethod.Post, "/login/oidc", "back=/", "application/x-www-form-urlencoded", ("Host", "data.example.com"), ("Origin", origin));
        Assert.Equal(status, answer.StatusCode);
        if (status == HttpStatusCode.OK)
        {
            var query = QueryHelpers.ParseQuery(new Uri(LeadsTo(await TextAsync(answer))).Query);
            Assert.Equal("https://data.example.com/login/callback", query["redirect_uri"]);
            Assert.StartsWith("__Host-discovery-login=", Assert.Single(answer.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_session_lasts_an_hour_however_often_it_is_used()
    {
        var cookie = await LogInAsync();
        _time.Advance(TimeSpan.FromMinutes(59));
        using var used = await _server.GetAsync("/page", cookie);
        Assert.Equal(HttpStatusCode.OK, used.StatusCode);
        _time.Advance(TimeSpan.FromMinutes(1));
        using var ended = await _server.GetAsync("/page", cookie);
        Assert.Equal(HttpStatusCode.Unauthorized, ended.StatusCode);
    }

    [Fact]
    public async Task Logging_out_ends_the_session_here_and_at_the_issuer()
    {
        var cookie = await LogInAsync();
        using var logout = await _server.SubmitAsync("/logout", [], cookie);
        var address = new Uri(LeadsTo(await TextAsync(logout)));
        var query = QueryHelpers.ParseQuery(address.Query);
        Assert.Equal($"{_issuer.Root}/logout", address.GetLeftPart(UriPartial.Path));
        Assert.Equal($"http://{_server.Host}/login", query["post_logout_redirect_uri"]);
        Assert.Equal(3, query["id_token_hint"].ToString().Split('.').Length);
        using var after = await _server.GetAsync("/page", cookie);
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
    }

    [Fact]
    public async Task No_token_of_the_issuer_is_taken_from_programs_where_none_was_agreed_on()
    {
        var token = _issuer.Sign(new(_issuer.User) { ["iss"] = _issuer.Issuer, ["aud"] = OidcIssuer.ClientId, ["exp"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 600 });
        using var answer = await _server.GetAsync("/page", ("Authorization", $"Bearer {token}"));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private async Task<(string Address, string SetCookie, (string, string) Cookie)> BeginAsync(string back = "/")
    {
        using var answer = await _server.SubmitAsync("/login/oidc", new() { ["back"] = back });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        return (LeadsTo(await TextAsync(answer)), cookie, ("Cookie", cookie.Split(';')[0]));
    }

    private async Task<string> AuthorizeAsync(string address)
    {
        using var answer = await _server.Client.GetAsync(address, TestContext.Current.CancellationToken);
        return answer.Headers.Location!.OriginalString;
    }

    private async Task<(string, string)> LogInAsync()
    {
        var begun = await BeginAsync();
        using var back = await _server.GetAsync(await AuthorizeAsync(begun.Address), begun.Cookie);
        return ("Cookie", back.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("discovery-session-", StringComparison.Ordinal)).Split(';')[0]);
    }

    private static string LeadsTo(string page) => WebUtility.HtmlDecode(RefreshPattern().Match(page).Groups[1].Value);

    private static Task<string> TextAsync(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    [GeneratedRegex("<meta http-equiv=\"refresh\" content=\"0;url=([^\"]+)\"")]
    private static partial Regex RefreshPattern();
}
