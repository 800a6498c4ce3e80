using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Discovery.Web.Access;

namespace Discovery.Ingestion.Api.Tests.Access;

public sealed class StreamAccessTests : IAsyncLifetime
{
    private readonly AccessServer _server = new() { Time = new Impatient() };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_stream_is_cut_after_logging_out()
    {
        var cookie = await LogInAsync();
        using var reader = await FollowAsync(await QueueAsync(), "Cookie", cookie);
        using var logout = Form("/logout", []);
        logout.Headers.Add("Cookie", cookie);
        using var answer = await _server.Client.SendAsync(logout, Cancellation);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        await AssertIsCutAsync(reader);
    }

    [Fact]
    public async Task A_stream_is_cut_when_its_token_is_revoked()
    {
        using var reader = await FollowAsync(await QueueAsync(), "Authorization", $"Bearer {_server.Token(AccessRole.Viewer)}");
        File.WriteAllText(_server.TokenFile, "# nobody\n");
        await AssertIsCutAsync(reader);
    }

    private async Task<string> QueueAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/runs") { Content = JsonContent.Create(new { recipe = "shop" }) };
        request.Headers.Authorization = _server.Bearer(AccessRole.Operator);
        using var answer = await _server.Client.SendAsync(request, Cancellation);
        using var run = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
        return run.RootElement.GetProperty("id").GetString()!;
    }

    private async Task<StreamReader> FollowAsync(string run, string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/runs/{run}/events") { Headers = { { header, value } } };
        var answer = await _server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Cancellation));
        Assert.Equal("event: run", await reader.ReadLineAsync(Cancellation));
        return reader;
    }

    private async Task<string> LogInAsync()
    {
        using var form = Form("/login", [new("token", _server.Token(AccessRole.Viewer)), new("back", "/")]);
        using var answer = await _server.Client.SendAsync(form, Cancellation);
        return Assert.Single(answer.Headers.GetValues("Set-Cookie")).Split(';')[0];
    }

    private HttpRequestMessage Form(string address, KeyValuePair<string, string>[] members) =>
        new(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(members), Headers = { { "Origin", $"http://{_server.Client.BaseAddress!.Authority}" } } };

    private static async Task AssertIsCutAsync(StreamReader reader) => await Assert.ThrowsAnyAsync<IOException>(() => reader.ReadToEndAsync(Cancellation));

    /// <summary>What is looked at every ten seconds is looked at all the time.</summary>
    private sealed class Impatient : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime == TimeSpan.FromSeconds(10) ? TimeSpan.FromMilliseconds(10) : dueTime, period);
    }
}
