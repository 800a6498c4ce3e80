using System.Net;
using System.Text;

namespace Discovery.Ingestion.Api.Tests.Endpoints;

public sealed class HostileBodyTests
{
    private const string Lease = "w10123456789abcdef";

    [Theory]
    [InlineData("worker/claims", """{"lease": "short", "worker": "w1", "labels": []}""")]
    [InlineData("worker/claims", """{"lease": "w1-123456789abcdef", "worker": "w1", "labels": []}""")]
    [InlineData("worker/claims", """{"lease": "w10123456789abcdef", "worker": "", "labels": []}""")]
    [InlineData("worker/claims", """{"lease": "w10123456789abcdef", "worker": "w\n1", "labels": []}""")]
    [InlineData("worker/claims", """{"lease": "w10123456789abcdef", "worker": "w1", "labels": [null]}""")]
    [InlineData("worker/claims", """{"lease": "w10123456789abcdef", "worker": "w1", "labels": null}""")]
    [InlineData("worker/claims", """{"lease": "w10123456789abcdef", "worker": "w1"}""")]
    [InlineData("worker/claims", """{"lease": "\ud800123456789abcdef", "worker": "w1", "labels": []}""")]
    [InlineData("worker/claims", "[[[")]
    [InlineData("worker/runs/RUN/beat", """{"lease": "w10123456789abcdef", "log": [null]}""")]
    [InlineData("worker/runs/RUN/beat", """{"lease": "w10123456789abcdef", "log": [{"number": 0, "time": "2026-01-01T00:00:00Z", "level": "info", "text": ""}]}""")]
    [InlineData("worker/runs/RUN/beat", """{"lease": "w10123456789abcdef", "log": [{"number": 1, "time": "yesterday", "level": "info", "text": ""}]}""")]
    [InlineData("worker/runs/RUN/beat", """{"lease": "w10123456789abcdef", "log": [{"number": 1, "time": "2026-01-01T00:00:00Z", "level": "loud", "text": ""}]}""")]
    [InlineData("worker/runs/RUN/beat", """{"lease": "w10123456789abcdef", "log": [{"number": 1, "time": "2026-01-01T00:00:00Z", "level": "info", "text": null}]}""")]
    [InlineData("worker/runs/RUN/beat", """{"lease": "w10123456789abcdef", "log": [], "progress": {"entities": null, "records": 1, "failures": 0, "warnings": 0}}""")]
    [InlineData("worker/runs/RUN/beat", """{"lease": "w10123456789abcdef", "log": [], "progress": {"entities": {}, "records": 1e30, "failures": 0, "warnings": 0}}""")]
    [InlineData("worker/runs/RUN/finish", """{"lease": "w10123456789abcdef", "state": "queued", "log": []}""")]
    [InlineData("worker/runs/RUN/finish", """{"lease": "w10123456789abcdef", "log": []}""")]
    [InlineData("worker/runs/RUN/release", """{"lease": "w10123456789abcdef", "log": []}""")]
    public async Task A_body_that_is_wrong_is_refused_and_changes_nothing(string path, string body)
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var run = await server.QueueAsync("shop");
        await server.TryClaimAsync(lease: Lease);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await server.Client.PostAsync(path.Replace("RUN", run.Id, StringComparison.Ordinal), content, TestContext.Current.CancellationToken);
        var fault = await ControlServer.FaultAsync(response, HttpStatusCode.BadRequest);
        Assert.DoesNotContain("Discovery.", fault, StringComparison.Ordinal);
        Assert.Equal(Control.RunState.Running, (await server.RunAsync(run.Id)).State);
        Assert.Null((await server.RunAsync(run.Id)).Progress);
        Assert.Empty(await server.Client.GetStringAsync($"runs/{run.Id}/log", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Odd_text_comes_back_as_it_was_sent()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var run = await server.QueueAsync("shop");
        await server.TryClaimAsync();
        const string text = "<script>\u0000\u2028 'x' \" 😀\n";
        using var beat = await server.BeatAsync(run.Id, log: Lines.Of(1, text));
        var line = Assert.Single((await server.Client.GetStringAsync($"runs/{run.Id}/log", TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(text, System.Text.Json.JsonSerializer.Deserialize<Control.LogLine>(line, Control.ControlJson.Options)!.Text);
    }
}
