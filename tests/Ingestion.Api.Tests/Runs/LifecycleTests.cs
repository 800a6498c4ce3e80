using System.Net;
using System.Text.Json;
using Discovery.Ingestion.Control;

namespace Discovery.Ingestion.Api.Tests.Runs;

public sealed class LifecycleTests
{
    [Fact]
    public async Task A_run_goes_from_the_queue_through_a_worker_to_its_end()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var queued = await server.QueueAsync("shop");
        Assert.Equal((RunState.Queued, RunTrigger.Manual, 1), (queued.State, queued.Trigger, queued.Attempt));

        server.Clock.Advance(TimeSpan.FromSeconds(3));
        var claimed = await server.ClaimAsync();
        Assert.Equal((queued.Id, "shop", "shop.yml", 1L, 60.0), (claimed.RunId, claimed.Recipe, claimed.FileName, claimed.NextLogLine, claimed.LeaseSeconds));
        Assert.Contains("${MYSQL_PASSWORD}", claimed.Text, StringComparison.Ordinal);

        var progress = new RunProgress(new Dictionary<string, long> { ["dataset"] = 7 }, 70, 0, 1);
        using (var beat = await server.BeatAsync(queued.Id, progress: progress))
        {
            Assert.Null((await ControlServer.ReadAsync<BeatAnswer>(beat)).CancelReason);
        }
        var running = await server.RunAsync(queued.Id);
        Assert.Equal((RunState.Running, "w1", 70L), (running.State, running.Worker, running.Progress!.Records));
        Assert.Equal(TimeSpan.FromSeconds(3), running.Started - running.Queued);

        using var finish = await server.PostAsync($"worker/runs/{queued.Id}/finish", new FinishRequest
        {
            Lease = ControlServer.Lease("w1"), State = RunState.Succeeded, Report = JsonSerializer.SerializeToElement(new { status = "ok" }), Progress = progress with { Records = 80 }, Log = [],
        });
        Assert.Equal(HttpStatusCode.NoContent, finish.StatusCode);
        var ended = await server.RunAsync(queued.Id);
        Assert.Equal((RunState.Succeeded, 80L, null), (ended.State, ended.Progress!.Records, ended.Reason));
        Assert.Equal("""{"status":"ok"}""", await server.Client.GetStringAsync($"runs/{queued.Id}/report", TestContext.Current.CancellationToken));
        Assert.Equal(queued.Id, (await server.RecipeAsync("shop")).LastRun!.Id);
    }
}
