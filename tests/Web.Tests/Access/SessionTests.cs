using System.Net;
using Discovery.Web.Access;
using Discovery.Web.Access.Login;

namespace Discovery.Web.Tests.Access;

public sealed class SessionTests
{
    private readonly FakeTime _time = new();

    [Fact]
    public async Task After_logging_out_the_cookie_lets_nobody_in()
    {
        await using var server = await StartAsync();
        var cookie = await server.LogInAsync(Token(server));
        using var before = await server.GetAsync("/page", cookie);
        Assert.Equal(HttpStatusCode.OK, before.StatusCode);

        using var logout = await server.SubmitAsync("/logout", [], cookie);
        Assert.Equal(HttpStatusCode.SeeOther, logout.StatusCode);
        Assert.Equal("/login", logout.Headers.Location!.OriginalString);
        Assert.Contains("expires=Thu, 01 Jan 1970", Assert.Single(logout.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
        using var after = await server.GetAsync("/page", cookie, ("Accept", "text/html"));
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
        Assert.Contains("not logged in any more", await after.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cookie_is_no_token_and_the_token_no_cookie()
    {
        await using var server = await StartAsync();
        var token = Token(server);
        var (_, cookie) = await server.LogInAsync(token);
        Assert.DoesNotContain(token, cookie, StringComparison.Ordinal);
        using var asToken = await server.GetAsync("/page", ("Authorization", $"Bearer {cookie.Split('=')[1]}"));
        Assert.Equal(HttpStatusCode.Unauthorized, asToken.StatusCode);
        using var asCookie = await server.GetAsync("/page", ("Cookie", $"discovery-session-{server.Client.BaseAddress!.Port}={token}"));
        Assert.Equal(HttpStatusCode.Unauthorized, asCookie.StatusCode);
    }

    [Fact]
    public async Task Logging_in_again_ends_the_session_before()
    {
        await using var server = await StartAsync();
        var first = await server.LogInAsync(Token(server));
        using var again = await server.SubmitAsync("/login", new() { ["token"] = Token(server) }, first);
        Assert.DoesNotContain(first.Value, Assert.Single(again.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
        using var answer = await server.GetAsync("/page", first);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_session_does_not_outlive_its_token()
    {
        await using var server = await StartAsync();
        var cookie = await server.LogInAsync(Token(server, minutes: 30));
        _time.Advance(TimeSpan.FromMinutes(31));
        using var answer = await server.GetAsync("/page", cookie);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public void A_session_ends_when_it_is_not_used_and_when_it_is_old()
    {
        var sessions = new Sessions(_time, TimeSpan.FromHours(12));
        var (idle, expires) = sessions.Begin(Verdict(), null);
        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromHours(12), expires);
        _time.Advance(TimeSpan.FromHours(2));
        Assert.Null(sessions.Use(idle));

        var (used, _) = sessions.Begin(Verdict(), null);
        for (var hour = 1; hour < 12; hour++)
        {
            _time.Advance(TimeSpan.FromHours(1));
            Assert.NotNull(sessions.Use(used));
        }
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Null(sessions.Use(used));
    }

    [Fact]
    public void Too_many_sessions_push_out_the_oldest()
    {
        var sessions = new Sessions(_time, TimeSpan.FromHours(12));
        var ids = new List<string>();
        for (var i = 0; i <= Sessions.Most; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            ids.Add(sessions.Begin(Verdict(), null).Id);
        }
        Assert.Null(sessions.Use(ids[0]));
        Assert.NotNull(sessions.Use(ids[1]));
        Assert.NotNull(sessions.Use(ids[^1]));
    }

    private static TokenVerdict Verdict() => new(new Caller("kim", "kim", AccessRole.Viewer), DateTimeOffset.MaxValue);

    private Task<TestServer> StartAsync() => TestServer.StartAsync(settings => settings with { Tokens = true }, _time);

    private static string Token(TestServer server, int minutes = 60) => OwnTokens.Create(server.KeyFolder, "kim", TimeSpan.FromMinutes(minutes), TimeProvider.System);
}
