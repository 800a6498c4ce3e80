using System.Net;
using Discovery.Ingestion.Control;

namespace Discovery.Ingestion.Api.Tests.Runs;

public sealed class CancelTests
{
    [Fact]
    public async Task A_waiting_run_ends_at_once()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var run = await server.QueueAsync("shop");
        for (var i = 0; i < 2; i++)
        {
            using var response = await server.CancelAsync(run.Id);
            var cancelled = await ControlServer.ReadAsync<RunView>(response);
            Assert.Equal((RunState.Cancelled, "Cancelled on request."), (cancelled.State, cancelled.Reason));
        }
        Assert.Null(await server.TryClaimAsync());
    }

    [Fact]
    public async Task The_worker_of_a_running_run_is_told_with_its_next_beat()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var run = await server.QueueAsync("shop");
        await server.TryClaimAsync();
        using (var response = await server.CancelAsync(run.Id))
        {
            var asked = await ControlServer.ReadAsync<RunView>(response);
            Assert.Equal((RunState.Running, true), (asked.State, asked.IsCancelling));
        }
        using (var beat = await server.BeatAsync(run.Id))
        {
            Assert.Equal("Cancelled on request.", (await ControlServer.ReadAsync<BeatAnswer>(beat)).CancelReason);
        }
        using var finish = await server.FinishAsync(run.Id, state: RunState.Cancelled);
        var ended = await server.RunAsync(run.Id);
        Assert.Equal((RunState.Cancelled, "Cancelled on request.", false), (ended.State, ended.Reason, ended.IsCancelling));
    }

    [Fact]
    public async Task It_is_not_forgotten_over_a_restart()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var run = await server.QueueAsync("shop");
        await server.TryClaimAsync();
        using (await server.CancelAsync(run.Id))
        {
            await server.RestartAsync();
        }
        using var beat = await server.BeatAsync(run.Id);
        Assert.Equal("Cancelled on request.", (await ControlServer.ReadAsync<BeatAnswer>(beat)).CancelReason);
    }

    [Fact]
    public async Task A_run_that_was_to_end_and_whose_worker_is_lost_is_cancelled_and_not_repeated()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var run = await server.QueueAsync("shop");
        await server.TryClaimAsync();
        using var response = await server.CancelAsync(run.Id);
        server.Clock.Advance(TimeSpan.FromSeconds(60));
        await server.EndLostAsync();
        var ended = Assert.Single(await server.RunsAsync());
        Assert.Equal((RunState.Cancelled, "Cancelled on request. Worker w1 was not heard of for 60 s."), (ended.State, ended.Reason));
    }

    [Fact]
    public async Task A_run_that_is_handed_back_while_it_is_to_end_has_ended()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var run = await server.QueueAsync("shop");
        await server.TryClaimAsync();
        using var response = await server.CancelAsync(run.Id);
        using var release = await server.ReleaseAsync(run.Id);
        Assert.Equal(RunState.Cancelled, (await server.RunAsync(run.Id)).State);
    }

    [Fact]
    public async Task The_deadline_ends_a_run_even_where_its_worker_does_not_obey()
    {
        await using var server = await ControlServer.StartAsync(settings => settings with { Deadline = TimeSpan.FromHours(2) }, recipes: "shop");
        var run = await server.QueueAsync("shop");
        await server.TryClaimAsync();
        await BeatForAsync(server, run.Id, TimeSpan.FromMinutes(119));
        Assert.False((await server.RunAsync(run.Id)).IsCancelling);
        await BeatForAsync(server, run.Id, TimeSpan.FromMinutes(1));
        Assert.True((await server.RunAsync(run.Id)).IsCancelling);
        await BeatForAsync(server, run.Id, TimeSpan.FromMinutes(1));
        var ended = await server.RunAsync(run.Id);
        Assert.Equal((RunState.Cancelled, "It took longer than 2 h, the deadline for runs. Worker w1 did not end it within 60 s."), (ended.State, ended.Reason));
    }

    [Fact]
    public async Task A_run_that_has_ended_otherwise_cannot_be_cancelled()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var run = await server.QueueAsync("shop");
        await server.TryClaimAsync();
        using var finish = await server.FinishAsync(run.Id);
        using var response = await server.CancelAsync(run.Id);
        Assert.Contains("has ended already", await ControlServer.FaultAsync(response, HttpStatusCode.Conflict), StringComparison.Ordinal);
        using var unknown = await server.CancelAsync("nothing");
        await ControlServer.FaultAsync(unknown, HttpStatusCode.NotFound);
    }

    private static async Task BeatForAsync(ControlServer server, string run, TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(30))
        {
            server.Clock.Advance(TimeSpan.FromSeconds(30));
            using var beat = await server.BeatAsync(run);
            await server.EndLostAsync();
        }
    }
}
