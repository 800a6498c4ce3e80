using Discovery.Ingestion.Control;
using Discovery.Integration.Tests.Support;

namespace Discovery.Integration.Tests.Control;

/// <summary>Processes that are killed, servers that are away, networks that are cut: no run is lost or doubled, and each end is explained.</summary>
[Collection<ServerCollection>]
public sealed class FaultTests(TestServer server)
{
    private const int Tables = 40;

    [Fact]
    public async Task A_run_goes_on_while_the_api_is_killed_and_started_again()
    {
        await using var source = await HeldSource.CreateAsync(server, "fault_api", Tables);
        await using var rig = await ControlRig.StartAsync();
        var (_, run) = await BeginAsync(rig, source);

        await rig.Api.KillAsync();
        await rig.StartApiAsync();
        source.Release();

        var ended = await rig.EndAsync(run.Id);
        Assert.Equal((RunState.Succeeded, 1), (ended.State, ended.Attempt));
        Assert.Equal([run.Id], (await rig.RunsAsync()).Select(run => run.Id));
        Assert.Equal(Tables, await rig.DatasetsAsync());
        var log = await rig.LogAsync(run.Id);
        Assert.Equal(Enumerable.Range(1, log.Count), log.Select(line => (int)line.Number));
    }

    [Fact]
    public async Task A_run_whose_worker_was_killed_says_so_and_is_repeated_once()
    {
        await using var source = await HeldSource.CreateAsync(server, "fault_worker", Tables);
        await using var rig = await ControlRig.StartAsync();
        var (worker, run) = await BeginAsync(rig, source);

        await worker.KillAsync();
        source.Release();
        var lost = await rig.EndAsync(run.Id);
        rig.StartWorker("w2");

        Assert.Equal(RunState.Failed, lost.State);
        Assert.Contains("w1", lost.Reason, StringComparison.Ordinal);
        var retry = Assert.Single(await rig.RunsAsync(), view => view.RetryOf == run.Id);
        var ended = await rig.EndAsync(retry.Id);
        Assert.Equal((RunState.Succeeded, RunTrigger.Retry, 2, "w2"), (ended.State, ended.Trigger, ended.Attempt, ended.Worker));
        Assert.Equal(2, (await rig.RunsAsync()).Count);
        Assert.Equal(Tables, await rig.DatasetsAsync());
    }

    [Fact]
    public async Task A_retry_whose_worker_was_killed_too_is_the_end()
    {
        await using var rig = await ControlRig.StartAsync();
        await using var silent = new FaultyProxy(server.Server.Port) { Delay = TimeSpan.FromMinutes(10) };
        rig.WriteRecipe("shop", $"127.0.0.1:{silent.Port}", "fault_twice");
        var run = await rig.QueueAsync("shop");
        await rig.LoseAsync(run.Id, "w1");
        await rig.EndAsync(run.Id);
        var retry = Assert.Single(await rig.RunsAsync(), view => view.RetryOf == run.Id);

        await rig.LoseAsync(retry.Id, "w2");

        var ended = await rig.EndAsync(retry.Id);
        Assert.Equal(RunState.Failed, ended.State);
        Assert.Contains("w2", ended.Reason, StringComparison.Ordinal);
        Assert.Equal(2, (await rig.RunsAsync()).Count);
    }

    [Fact]
    public async Task A_cut_that_is_shorter_than_the_lease_does_nothing_to_a_run()
    {
        await using var source = await HeldSource.CreateAsync(server, "fault_cut", Tables);
        await using var rig = await ControlRig.StartAsync();
        var (_, run) = await BeginAsync(rig, source);

        rig.Network.Cut();
        source.Release();
        // All of it is written while the API is out of reach.
        while (await rig.DatasetsAsync() < Tables)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
        rig.Network.Mend();

        Assert.Equal(RunState.Succeeded, (await rig.EndAsync(run.Id)).State);
        Assert.Single(await rig.RunsAsync());
    }

    [Fact]
    public async Task A_worker_that_is_cut_off_for_longer_stops_writing_and_another_repeats_the_run()
    {
        await using var source = await HeldSource.CreateAsync(server, "fault_lost", Tables);
        await using var rig = await ControlRig.StartAsync();
        var (_, run) = await BeginAsync(rig, source);

        rig.Network.Cut();
        var lost = await rig.EndAsync(run.Id);
        Assert.Equal(RunState.Failed, lost.State);
        source.Release();
        rig.Network.Mend();

        var retry = Assert.Single(await rig.RunsAsync(), view => view.RetryOf == run.Id);
        Assert.Equal(RunState.Succeeded, (await rig.EndAsync(retry.Id)).State);
        Assert.Equal(2, (await rig.RunsAsync()).Count);
        Assert.Equal(Tables, await rig.DatasetsAsync());
    }

    [Fact]
    public async Task A_slow_network_makes_a_run_slow_and_nothing_else()
    {
        await using var source = await HeldSource.CreateAsync(server, "fault_slow", Tables);
        await using var rig = await ControlRig.StartAsync();
        rig.WriteRecipe("shop", source.HostPort, "fault_slow");
        rig.Network.Delay = TimeSpan.FromMilliseconds(200);
        source.Release();
        rig.StartWorker("w1");

        var run = await rig.QueueAsync("shop");

        Assert.Equal((RunState.Succeeded, 1), (await rig.EndAsync(run.Id)) is var ended ? (ended.State, ended.Attempt) : default);
        Assert.Single(await rig.RunsAsync());
    }

    [Fact]
    public async Task A_source_that_is_away_fails_the_run_with_its_name_and_is_not_tried_again()
    {
        await using var rig = await ControlRig.StartAsync();
        await using var nobody = new FaultyProxy(serverPort: 1);
        nobody.Cut();
        rig.WriteRecipe("shop", $"127.0.0.1:{nobody.Port}", "fault_away");
        rig.StartWorker("w1");

        var run = await rig.QueueAsync("shop");

        Assert.Equal(RunState.Failed, (await rig.EndAsync(run.Id)).State);
        Assert.Contains(await rig.LogAsync(run.Id), line => line.Level == LogLineLevel.Error && line.Text.Contains($"127.0.0.1:{nobody.Port}", StringComparison.Ordinal));
        Assert.Single(await rig.RunsAsync());
    }

    [Fact]
    public async Task A_catalog_that_comes_back_gets_the_rest_of_the_run()
    {
        await using var source = await HeldSource.CreateAsync(server, "fault_catalog", Tables);
        await using var rig = await ControlRig.StartAsync();
        await using var way = new FaultyProxy(rig.CatalogAddress.Port);
        var (_, run) = await BeginAsync(rig, source, way.Address);

        await rig.Catalog.KillAsync();
        source.Release();
        await rig.StartCatalogAsync();

        Assert.Equal(RunState.Succeeded, (await rig.EndAsync(run.Id)).State);
        Assert.Equal(Tables, await rig.DatasetsAsync());
    }

    [Fact]
    public async Task A_catalog_that_is_away_fails_the_run_with_its_address()
    {
        await using var source = await HeldSource.CreateAsync(server, "fault_no_catalog", Tables);
        await using var rig = await ControlRig.StartAsync();
        rig.WriteRecipe("shop", source.HostPort, "fault_no_catalog", tries: 1);
        await rig.Catalog.KillAsync();
        rig.StartWorker("w1");

        var run = await rig.QueueAsync("shop");

        Assert.Equal(RunState.Failed, (await rig.EndAsync(run.Id)).State);
        Assert.Contains(await rig.LogAsync(run.Id), line => line.Level == LogLineLevel.Error && line.Text.Contains(rig.CatalogAddress.Authority, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cancellation_ends_a_run_that_waits_for_its_source()
    {
        await using var source = await HeldSource.CreateAsync(server, "fault_cancel", Tables);
        await using var rig = await ControlRig.StartAsync();
        var (_, run) = await BeginAsync(rig, source);

        await rig.CancelAsync(run.Id);

        // While the source still holds its answer back.
        Assert.Equal(RunState.Cancelled, (await rig.EndAsync(run.Id)).State);
        Assert.Single(await rig.RunsAsync());
    }

    [Fact]
    public async Task A_worker_that_is_asked_to_end_hands_its_run_back_and_another_finishes_it()
    {
        await using var source = await HeldSource.CreateAsync(server, "fault_term", Tables);
        await using var rig = await ControlRig.StartAsync();
        var (worker, run) = await BeginAsync(rig, source);

        Assert.Equal(0, await worker.TerminateAsync());
        source.Release();
        rig.StartWorker("w2");

        var ended = await rig.EndAsync(run.Id);
        Assert.Equal((RunState.Succeeded, "w2"), (ended.State, ended.Worker));
        Assert.Single(await rig.RunsAsync());
    }

    /// <summary>Has worker w1 begin with a run, which goes as far as its source lets it.</summary>
    private static async Task<(ServerProcess Worker, RunView Run)> BeginAsync(ControlRig rig, HeldSource source, string? sink = null)
    {
        rig.WriteRecipe("shop", source.HostPort, source.Database, sink);
        var worker = rig.StartWorker("w1");
        var run = await rig.QueueAsync("shop");
        await source.Reached;
        return (worker, run);
    }
}
