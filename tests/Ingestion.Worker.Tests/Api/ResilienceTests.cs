using System.Net;
using Discovery.Ingestion.Worker.Tests.Support;
using Discovery.ServiceDefaults;

namespace Discovery.Ingestion.Worker.Tests.Api;

public sealed class ResilienceTests
{
    private static readonly ResilienceOptions Options = new() { LongestPause = TimeSpan.FromSeconds(30), TryTimeout = TimeSpan.FromSeconds(60) };

    [Theory]
    [InlineData("GET", false, 503, 3)]
    [InlineData("GET", false, 429, 3)]
    [InlineData("GET", false, 408, 3)]
    [InlineData("GET", false, 0, 3)]
    [InlineData("GET", false, 404, 1)]
    [InlineData("GET", false, 501, 1)]
    [InlineData("POST", false, 503, 1)]
    [InlineData("POST", true, 503, 3)]
    public async Task What_may_be_repeated_is_repeated_until_it_works(string method, bool repeatable, int status, int tries)
    {
        using var server = new Answers(count => count < 3 ? Answer(status) : new HttpResponseMessage(HttpStatusCode.OK));
        using var client = new HttpMessageInvoker(new ResilienceHandler(Options, new ManualTime { Skipped = TimeSpan.FromSeconds(30) }, server));
        using var request = new HttpRequestMessage(new HttpMethod(method), "http://example.com/");
        if (repeatable)
        {
            request.Options.Set(ResilienceHandler.Repeatable, true);
        }

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(tries, server.Count);
        Assert.Equal(tries == 3, answer.IsSuccessStatusCode);
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("3600", 30)]
    [InlineData("Sat, 21 Nov 2026 12:00:09 GMT", 9)]
    public async Task The_pause_is_that_of_retry_after_within_bounds(string retryAfter, int seconds)
    {
        var time = new ManualTime();
        using var server = new Answers(count =>
        {
            var answer = Answer(count == 1 ? 503 : 200);
            answer.Headers.Add("Retry-After", retryAfter);
            return answer;
        });
        using var client = new HttpMessageInvoker(new ResilienceHandler(Options, time, server));
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://example.com/");

        var sending = client.SendAsync(request, TestContext.Current.CancellationToken);
        await time.TimerSetAsync(TimeSpan.FromSeconds(seconds));
        time.Advance(TimeSpan.FromSeconds(seconds));

        using var answer = await sending;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_try_without_an_answer_ends_after_its_time()
    {
        var time = new ManualTime();
        using var server = new Answers(_ => null);
        using var client = new HttpMessageInvoker(new ResilienceHandler(Options with { MaxRetries = 1 }, time, server));
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://example.com/");

        var sending = client.SendAsync(request, TestContext.Current.CancellationToken);
        await time.TimerSetAsync(Options.TryTimeout);
        time.Advance(Options.TryTimeout);

        var fault = await Assert.ThrowsAsync<HttpRequestException>(() => sending);
        Assert.Equal("no answer within 60 s", fault.Message);
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("http://api:8090", null, "http://api:8090/")]
    [InlineData("http://api:8090", "https://api:8443", "https://api:8443/")]
    public void The_address_of_a_service_comes_from_the_environment(string? http, string? https, string? address) =>
        Assert.Equal(address, ServiceAddress.Find("api", name => name switch { "services__api__http__0" => http, "services__api__https__0" => https, _ => null })?.AbsoluteUri);

    [Theory]
    [InlineData("catalog:8080")]
    [InlineData("ftp://api")]
    [InlineData("http://user:hunter2@api")]
    public void What_is_no_address_is_said_without_repeating_it(string text)
    {
        var fault = Assert.Throws<FormatException>(() => ServiceAddress.Find("api", _ => text));
        Assert.DoesNotContain(text, fault.Message, StringComparison.Ordinal);
    }

    private static HttpResponseMessage Answer(int status) => status == 0 ? throw new HttpRequestException("refused") : new HttpResponseMessage((HttpStatusCode)status);

    private sealed class Answers(Func<int, HttpResponseMessage?> answer) : HttpMessageHandler
    {
        public int Count { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Yield();
            if (answer(++Count) is { } given)
            {
                return given;
            }
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException("Never comes here.");
        }
    }
}
