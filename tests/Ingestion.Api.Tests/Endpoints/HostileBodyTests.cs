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
    public async Task Too_many_words_for_types_of_entities_are_left_out_of_progress()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var run = await server.QueueAsync("shop");
        await server.TryClaimAsync();
        var entities = Enumerable.Range(0, 1000).ToDictionary(i => $"type{i}", i => (long)i);
        using var beat = await server.BeatAsync(run.Id, progress: new Control.RunProgress(entities, 1, 0, 0));
        Assert.Equal(HttpStatusCode.OK, beat.StatusCode);
        Assert.Equal(200, (await server.RunAsync(run.Id)).Progress!.Entities.Count);
        using var longWord = await server.BeatAsync(run.Id, progress: new Control.RunProgress(new Dictionary<string, long> { [new string('x', 101)] = 1, ["dataset"] = 2 }, 1, 0, 0));
        Assert.Equal(2, Assert.Single((await server.RunAsync(run.Id)).Progress!.Entities).Value);
    }

    [Fact]
    public async Task A_line_of_a_log_stays_one_line_of_its_page_without_commands_for_terminals()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var run = await server.QueueAsync("shop");
        await server.TryClaimAsync();
        using var beat = await server.BeatAsync(run.Id, log: Lines.Of(1, "a\u001b[2J\n2026-01-01T00:00:00.000Z error forged"));
        var text = await server.Client.GetStringAsync($"/ingestion/runs/{run.Id}/log", TestContext.Current.CancellationToken);
        Assert.EndsWith("a\\u001B[2J\\u000A2026-01-01T00:00:00.000Z error forged", Assert.Single(text.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
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
