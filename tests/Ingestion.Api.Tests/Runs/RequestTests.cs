using System.Net;
using System.Text;
using Discovery.Ingestion.Control;

namespace Discovery.Ingestion.Api.Tests.Runs;

public sealed class RequestTests
{
    [Fact]
    public async Task A_request_that_is_sent_again_gives_the_same_run()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        using var first = await server.PostAsync("runs", new RunRequest("shop"), ("Idempotency-Key", "k1"));
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        var run = await ControlServer.ReadAsync<RunView>(first);
        Assert.Equal($"/api/v1/runs/{run.Id}", first.Headers.Location!.OriginalString);

        await server.RestartAsync();
        using var again = await server.PostAsync("runs", new RunRequest("shop"), ("Idempotency-Key", "k1"));
        Assert.Equal((HttpStatusCode.OK, run.Id), (again.StatusCode, (await ControlServer.ReadAsync<RunView>(again)).Id));
        using var other = await server.PostAsync("runs", new RunRequest("shop", RunKind.DryRun), ("Idempotency-Key", "k1"));
        await ControlServer.FaultAsync(other, HttpStatusCode.UnprocessableEntity);
        Assert.Single(await server.RunsAsync());
    }

    [Fact]
    public async Task Many_at_once_with_one_key_queue_one_run()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => server.PostAsync("runs", new RunRequest("shop"), ("Idempotency-Key", "k1"))));
        Assert.Single(responses, response => response.StatusCode == HttpStatusCode.Created);
        Assert.Single(await server.RunsAsync());
        Array.ForEach(responses, response => response.Dispose());
    }

    [Theory]
    [InlineData("""{"recipe": "nothing"}""", HttpStatusCode.NotFound, "There is no recipe nothing")]
    [InlineData("""{"recipe": "shop", "kind": "all"}""", HttpStatusCode.BadRequest, "$.kind")]
    [InlineData("""{"recipe": "shop", "kind": 1}""", HttpStatusCode.BadRequest, "$.kind")]
    [InlineData("""{"recipe": null}""", HttpStatusCode.BadRequest, "recipe")]
    [InlineData("""{}""", HttpStatusCode.BadRequest, "recipe")]
    [InlineData("null", HttpStatusCode.BadRequest, "object")]
    [InlineData("", HttpStatusCode.BadRequest, "body")]
    [InlineData("""{"recipe": "shop", "previewRecords": 5}""", HttpStatusCode.BadRequest, "previewRecords")]
    [InlineData("""{"recipe": "shop", "kind": "preview", "previewRecords": 0}""", HttpStatusCode.BadRequest, "10000")]
    public async Task A_request_that_makes_no_sense_is_refused_with_the_reason(string body, HttpStatusCode status, string reason)
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await server.Client.PostAsync("runs", content, TestContext.Current.CancellationToken);
        Assert.Contains(reason, await ControlServer.FaultAsync(response, status), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        using var response = await server.PostAsync("runs", new { recipe = "shop", more = new string('x', 1 << 20) });
        await ControlServer.FaultAsync(response, HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task At_most_100_runs_of_a_recipe_wait()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        for (var i = 0; i < 100; i++)
        {
            await server.QueueAsync("shop");
        }
        using var response = await server.PostAsync("runs", new RunRequest("shop"));
        Assert.Contains("wait already", await ControlServer.FaultAsync(response, HttpStatusCode.Conflict), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_are_filtered_and_come_in_parts()
    {
        await using var server = await ControlServer.StartAsync(recipes: ["a", "b"]);
        var runs = new List<RunView>();
        for (var i = 0; i < 10; i++)
        {
            runs.Add(await server.QueueAsync(i % 2 == 0 ? "a" : "b", i < 5 ? RunKind.Run : RunKind.DryRun));
        }
        await server.TryClaimAsync("w1");

        Assert.Equal(runs.Select(run => run.Id).Reverse(), (await server.RunsAsync()).Select(run => run.Id));
        Assert.Equal(5, (await server.RunsAsync("recipe=a")).Count);
        Assert.Equal(2, (await server.RunsAsync("recipe=a&kind=dry_run")).Count);
        Assert.Equal(runs[0].Id, Assert.Single(await server.RunsAsync("worker=w1&state=running&trigger=manual")).Id);

        var seen = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await server.GetAsync<Page<RunView>>($"runs?recipe=a&limit=2{cursor}");
            Assert.InRange(page.Items.Count, 1, 2);
            seen.AddRange(page.Items.Select(run => run.Id));
            cursor = page.Next is null ? null : $"&cursor={page.Next}";
        }
        Assert.Equal((await server.RunsAsync("recipe=a")).Select(run => run.Id), seen);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=201")]
    [InlineData("limit=x")]
    [InlineData("state=lost")]
    [InlineData("kind=1")]
    public async Task A_filter_that_makes_no_sense_is_refused(string query)
    {
        await using var server = await ControlServer.StartAsync();
        using var response = await server.Client.GetAsync($"runs?{query}", TestContext.Current.CancellationToken);
        await ControlServer.FaultAsync(response, HttpStatusCode.BadRequest);
    }
}
