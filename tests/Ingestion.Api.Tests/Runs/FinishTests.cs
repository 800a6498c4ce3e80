using System.Net;
using System.Text.Json;
using Discovery.Ingestion.Control;

namespace Discovery.Ingestion.Api.Tests.Runs;

public sealed class FinishTests
{
    [Fact]
    public async Task A_report_that_is_too_large_is_left_out_and_said_so()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var run = await server.QueueAsync("shop");
        await server.TryClaimAsync();
        using var finish = await FinishAsync(server, run.Id, 9 << 20);
        Assert.Equal(HttpStatusCode.NoContent, finish.StatusCode);
        Assert.Equal("The report was larger than 8 MB and was left out.", (await server.RunAsync(run.Id)).Reason);
        using var report = await server.Client.GetAsync($"runs/{run.Id}/report", TestContext.Current.CancellationToken);
        Assert.Contains("ended without a report", await ControlServer.FaultAsync(report, HttpStatusCode.NotFound), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_of_several_megabytes_is_kept()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var run = await server.QueueAsync("shop");
        await server.TryClaimAsync();
        using (var early = await server.Client.GetAsync($"runs/{run.Id}/report", TestContext.Current.CancellationToken))
        {
            Assert.Contains("has not ended yet", await ControlServer.FaultAsync(early, HttpStatusCode.NotFound), StringComparison.Ordinal);
        }
        using var finish = await FinishAsync(server, run.Id, 7 << 20);
        Assert.InRange((await server.Client.GetStringAsync($"runs/{run.Id}/report", TestContext.Current.CancellationToken)).Length, 7 << 20, 8 << 20);
    }

    [Theory]
    [InlineData(RunState.Queued)]
    [InlineData(RunState.Running)]
    public async Task A_run_does_not_end_in_a_state_that_is_no_end(RunState state)
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var run = await server.QueueAsync("shop");
        await server.TryClaimAsync();
        using var finish = await server.FinishAsync(run.Id, state: state);
        await ControlServer.FaultAsync(finish, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task The_trace_of_the_request_goes_to_the_worker()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        using var response = await server.PostAsync("runs", new RunRequest("shop"), ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
        Assert.StartsWith("00-0af7651916cd43dd8448eb211c80319c-", (await server.TryClaimAsync())!.Traceparent, StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> FinishAsync(ControlServer server, string run, int reportLength) => server.PostAsync($"worker/runs/{run}/finish", new FinishRequest
    {
        Lease = ControlServer.Lease("w1"), State = RunState.Succeeded, Report = JsonSerializer.SerializeToElement(new { text = new string('x', reportLength) }), Log = [],
    });
}
