using System.Net;
using Discovery.Web.Access;
using Discovery.Web.Access.Login;
using Microsoft.AspNetCore.Http;

namespace Discovery.Web.Tests.Access;

public sealed class LoginTests
{
    [Fact]
    public async Task A_person_logs_in_with_a_token_and_comes_back_to_the_page()
    {
        await using var server = await StartAsync();
        using var asked = await server.GetAsync("/page?x=<1>", ("Accept", "text/html"));
        Assert.Equal(HttpStatusCode.Unauthorized, asked.StatusCode);
        var page = await asked.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("""name="back" value="/page?x=""", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<1>", page, StringComparison.Ordinal);

        using var login = await LogInAsync(server, Token(server), "/page?x=1");
        Assert.Equal(HttpStatusCode.SeeOther, login.StatusCode);
        Assert.Equal("/page?x=1", login.Headers.Location!.OriginalString);
        var cookie = Assert.Single(login.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("expires=", cookie, StringComparison.OrdinalIgnoreCase);

        using var found = await server.GetAsync("/page", ("Cookie", cookie.Split(';')[0]));
        Assert.Equal("kim", await found.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Only_who_logged_in_is_offered_to_log_out()
    {
        await using var server = await StartAsync();
        using var cookie = await server.GetAsync("/shell", await server.LogInAsync(Token(server)));
        var own = await cookie.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Log out", own, StringComparison.Ordinal);
        Assert.Contains(">kim</", own, StringComparison.Ordinal);
        using var header = await server.GetAsync("/shell", ("Authorization", $"Bearer {Token(server)}"));
        var page = await header.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("Log out", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("https://evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/a\r\nSet-Cookie: x=y")]
    [InlineData("")]
    public async Task Logging_in_leads_nowhere_else(string back)
    {
        await using var server = await StartAsync();
        using var login = await LogInAsync(server, Token(server), back);
        Assert.Equal("/", login.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_wrong_token_does_not_log_in()
    {
        await using var server = await StartAsync();
        using var login = await LogInAsync(server, "wrong", "/");
        Assert.Equal(HttpStatusCode.Unauthorized, login.StatusCode);
        Assert.False(login.Headers.Contains("Set-Cookie"));
        Assert.Contains("not valid", await login.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_of_another_site_does_not_log_in_or_out()
    {
        await using var server = await StartAsync();
        foreach (var path in new[] { "/login", "/logout" })
        {
            (string, string)[][] tries = [[("Origin", "https://evil.example")], [("Origin", "null")], []];
            foreach (var headers in tries)
            {
                using var answer = await server.SendAsync(HttpMethod.Post, path, $"token={Token(server)}", "application/x-www-form-urlencoded", headers);
                Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            }
        }
    }

    [Fact]
    public async Task The_cookie_writes_only_from_our_own_pages()
    {
        await using var server = await StartAsync();
        var cookie = await server.LogInAsync(Token(server));
        using var own = await server.PostAsync("/aspects", cookie, ("Origin", $"http://{server.Host}"));
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        using var fetch = await server.PostAsync("/aspects", cookie, ("Sec-Fetch-Site", "same-origin"));
        Assert.Equal(HttpStatusCode.OK, fetch.StatusCode);
        using var silent = await server.PostAsync("/aspects", cookie);
        Assert.Equal(HttpStatusCode.Forbidden, silent.StatusCode);
        using var typed = await server.PostAsync("/aspects", cookie, ("Sec-Fetch-Site", "none"));
        Assert.Equal(HttpStatusCode.Forbidden, typed.StatusCode);
        using var other = await server.PostAsync("/aspects", cookie, ("Origin", "https://evil.example"));
        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
    }

    [Fact]
    public async Task Away_from_loopback_the_cookie_is_kept_to_https()
    {
        await using var server = await TestServer.StartAsync(settings => settings with { AllowedHosts = ["catalog.example.com"] });
        var form = $"back=/&token={Token(server)}";
        using var plain = await server.SendAsync(
            HttpMethod.Post, "/login", form, "application/x-www-form-urlencoded", ("Host", "catalog.example.com"), ("Origin", "http://catalog.example.com"));
        Assert.Equal(HttpStatusCode.BadRequest, plain.StatusCode);
        Assert.False(plain.Headers.Contains("Set-Cookie"));
        using var secure = await server.SendAsync(
            HttpMethod.Post, "/login", form, "application/x-www-form-urlencoded", ("Host", "catalog.example.com"), ("Origin", "https://catalog.example.com"));
        var cookie = Assert.Single(secure.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("__Host-", cookie, StringComparison.Ordinal);
        Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("localhost:8080", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("[::1]:8080", true)]
    [InlineData("catalog.example.com", false)]
    [InlineData("0.0.0.0:8080", false)]
    [InlineData("*", false)]
    [InlineData("+:8080", false)]
    public void Any_host_is_local_or_not(string host, bool local)
    {
        var context = new DefaultHttpContext();
        context.Request.Host = new HostString(host);
        Assert.Equal(local, BrowserCookie.IsLocal(context.Request));
    }

    [Theory]
    [InlineData("a=1&", 10_000, HttpStatusCode.BadRequest)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 100_000, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_form_that_nobody_types_is_refused(string part, int times, HttpStatusCode status)
    {
        await using var server = await StartAsync();
        using var answer = await server.SendAsync(
            HttpMethod.Post, "/login", string.Concat(Enumerable.Repeat(part, times)), "application/x-www-form-urlencoded", ("Origin", $"http://{server.Host}"));
        Assert.Equal(status, answer.StatusCode);
    }

    private static Task<TestServer> StartAsync() => TestServer.StartAsync(settings => settings with { Tokens = true });

    private static string Token(TestServer server) => OwnTokens.Create(server.KeyFolder, "kim", TimeSpan.FromHours(1), TimeProvider.System);

    private static Task<HttpResponseMessage> LogInAsync(TestServer server, string token, string back) =>
        server.SubmitAsync("/login", new() { ["token"] = token, ["back"] = back });
}
