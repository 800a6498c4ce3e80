using System.Net;
using Discovery.Ingestion.Api.Runs;
using Discovery.Ingestion.Control;

namespace Discovery.Ingestion.Api.Tests.Runs;

public sealed class LeaseTests
{
    [Fact]
    public async Task Two_workers_never_get_one_run()
    {
        await using var server = await ControlServer.StartAsync(recipes: ["a", "b", "c"]);
        await server.QueueAsync("a");
        await server.QueueAsync("b");
        await server.QueueAsync("c");
        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => server.TryClaimAsync($"w{i}"))));
        Assert.Equal(3, claims.OfType<ClaimedRun>().Select(claim => claim.RunId).Distinct().Count());
        Assert.Equal(3, claims.OfType<ClaimedRun>().Count());
    }

    [Fact]
    public async Task One_recipe_has_one_running_run()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var first = await server.QueueAsync("shop");
        var second = await server.QueueAsync("shop", RunKind.DryRun);
        Assert.Equal(first.Id, (await server.TryClaimAsync("w1"))!.RunId);
        Assert.Null(await server.TryClaimAsync("w2"));
        using var finish = await server.FinishAsync(first.Id);
        Assert.Equal(second.Id, (await server.TryClaimAsync("w2"))!.RunId);
    }

    [Fact]
    public async Task The_same_claim_again_gives_the_same_run()
    {
        await using var server = await ControlServer.StartAsync(recipes: ["a", "b"]);
        await server.QueueAsync("a");
        await server.QueueAsync("b");
        var first = await server.TryClaimAsync("w1");
        Assert.Equal(first!.RunId, (await server.TryClaimAsync("w1"))!.RunId);
        Assert.Single(await server.RunsAsync("state=running"));
    }

    [Fact]
    public async Task A_claim_waits_for_a_run_and_gives_up_after_20_seconds()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var waiting = server.PostAsync("worker/claims", new ClaimRequest(ControlServer.Lease("w1"), "w1", []));
        await UntilAsync(async () => (await server.GetAsync<Page<WorkerView>>("workers")).Items.Count == 1);
        server.Clock.Advance(TimeSpan.FromSeconds(20));
        using (var nothing = await waiting)
        {
            Assert.Equal(HttpStatusCode.NoContent, nothing.StatusCode);
        }
        var next = server.PostAsync("worker/claims", new ClaimRequest(ControlServer.Lease("w1"), "w1", []));
        var queued = await server.QueueAsync("shop");
        using var claimed = await next;
        Assert.Equal(queued.Id, (await ControlServer.ReadAsync<ClaimedRun>(claimed)).RunId);
    }

    [Fact]
    public async Task A_recipe_with_a_label_waits_for_a_worker_that_has_it()
    {
        await using var server = await ControlServer.StartAsync();
        server.WriteRecipe("shop", "deployment: {executor_id: vpn}");
        await server.ReadRecipesAsync();
        Assert.Equal("vpn", (await server.RecipeAsync("shop")).Label);
        await server.QueueAsync("shop");
        Assert.Null(await server.TryClaimAsync("w1"));
        Assert.Null(await server.TryClaimAsync("w1", labels: ["other", "default"]));
        Assert.NotNull(await server.TryClaimAsync("w1", labels: ["other", "vpn"]));
    }

    [Fact]
    public async Task A_lost_worker_fails_the_run_which_is_repeated_once()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var run = await server.QueueAsync("shop");
        await server.BeginAsync("w1");
        server.Clock.Advance(TimeSpan.FromSeconds(59));
        await server.EndLostAsync();
        Assert.Equal(RunState.Running, (await server.RunAsync(run.Id)).State);

        server.Clock.Advance(TimeSpan.FromSeconds(1));
        await server.EndLostAsync();
        var lost = await server.RunAsync(run.Id);
        Assert.Equal((RunState.Failed, "Worker w1 was not heard of for 60 s."), (lost.State, lost.Reason));
        var retry = Assert.Single(await server.RunsAsync("state=queued"));
        Assert.Equal((RunTrigger.Retry, 2, run.Id), (retry.Trigger, retry.Attempt, retry.RetryOf));
        using (var late = await server.BeatAsync(run.Id))
        {
            Assert.Contains("does not belong to this lease", await ControlServer.FaultAsync(late, HttpStatusCode.Conflict), StringComparison.Ordinal);
        }
        using (var late = await server.FinishAsync(run.Id))
        {
            Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        }

        await server.BeginAsync("w2");
        server.Clock.Advance(TimeSpan.FromSeconds(60));
        await server.EndLostAsync();
        Assert.Equal(RunState.Failed, (await server.RunAsync(retry.Id)).State);
        Assert.Equal(2, (await server.RunsAsync()).Count);
    }

    [Fact]
    public async Task A_beat_renews_the_lease()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var run = await server.QueueAsync("shop");
        await server.TryClaimAsync("w1");
        for (var i = 0; i < 5; i++)
        {
            server.Clock.Advance(TimeSpan.FromSeconds(50));
            using var beat = await server.BeatAsync(run.Id);
            await server.EndLostAsync();
        }
        Assert.Equal(RunState.Running, (await server.RunAsync(run.Id)).State);
    }

    [Theory]
    [InlineData(365)]
    [InlineData(-365)]
    public async Task A_wall_clock_that_is_set_ends_no_run(int days)
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var run = await server.QueueAsync("shop");
        await server.TryClaimAsync("w1");
        server.Clock.Set(server.Clock.GetUtcNow().AddDays(days));
        await server.EndLostAsync();
        Assert.Equal((RunState.Running, false), ((await server.RunAsync(run.Id)).State, (await server.RunAsync(run.Id)).IsCancelling));
        Assert.True(string.CompareOrdinal((await server.QueueAsync("shop")).Id, run.Id) > 0);
    }

    [Fact]
    public async Task A_restart_gives_running_runs_a_whole_new_lease()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var run = await server.QueueAsync("shop");
        await server.TryClaimAsync("w1");
        server.Clock.Advance(TimeSpan.FromSeconds(50));
        await server.RestartAsync(() => server.Clock.Advance(TimeSpan.FromMinutes(10)));
        server.Clock.Advance(TimeSpan.FromSeconds(59));
        await server.EndLostAsync();
        using (var beat = await server.BeatAsync(run.Id))
        {
            Assert.Equal(HttpStatusCode.OK, beat.StatusCode);
        }
        using var finish = await server.FinishAsync(run.Id);
        Assert.Equal(RunState.Succeeded, (await server.RunAsync(run.Id)).State);
        Assert.Single(await server.RunsAsync());
    }

    [Fact]
    public async Task A_run_that_is_handed_back_is_claimed_again_with_its_log()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var run = await server.QueueAsync("shop");
        await server.TryClaimAsync("w1");
        using (var beat = await server.BeatAsync(run.Id, log: [Lines.Of(1), Lines.Of(2)]))
        using (var release = await server.ReleaseAsync(run.Id))
        {
            Assert.Equal(HttpStatusCode.NoContent, release.StatusCode);
        }
        var waiting = await server.RunAsync(run.Id);
        Assert.Equal((RunState.Queued, "The worker ends.", null), (waiting.State, waiting.Reason, waiting.Started));
        Assert.Equal((run.Id, 3L), ((await server.TryClaimAsync("w2"))!.RunId, (await server.TryClaimAsync("w2"))!.NextLogLine));
        using var late = await server.BeatAsync(run.Id, "w1");
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Null((await server.RunAsync(run.Id)).Reason);
    }

    [Fact]
    public async Task The_same_end_again_is_answered_as_the_first()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var run = await server.QueueAsync("shop");
        await server.TryClaimAsync("w1");
        for (var i = 0; i < 2; i++)
        {
            using var finish = await server.FinishAsync(run.Id, state: RunState.Failed, reason: "It broke.", log: Lines.Of(1));
            Assert.Equal(HttpStatusCode.NoContent, finish.StatusCode);
        }
        Assert.Equal((RunState.Failed, "It broke."), ((await server.RunAsync(run.Id)).State, (await server.RunAsync(run.Id)).Reason));
        using var foreign = await server.FinishAsync(run.Id, "w2");
        Assert.Equal(HttpStatusCode.Conflict, foreign.StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_run_whose_worker_was_cut_off_is_repeated_once(bool wasCutOff)
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var run = await server.QueueAsync("shop");
        for (var attempt = 1; attempt <= 2 && await server.TryClaimAsync() is { } claimed; attempt++)
        {
            for (var sent = 0; sent < 2; sent++)
            {
                var finish = new FinishRequest { Lease = ControlServer.Lease("w1"), State = RunState.Failed, Reason = "Out of reach.", WasCutOff = wasCutOff, Log = [] };
                using var answer = await server.PostAsync($"worker/runs/{claimed.RunId}/finish", finish);
                Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
            }
        }
        Assert.Equal(wasCutOff ? [run.Id, null] : [null], (await server.RunsAsync()).Select(view => view.RetryOf));
        Assert.All(await server.RunsAsync(), view => Assert.Equal(RunState.Failed, view.State));
    }

    [Fact]
    public async Task A_recipe_that_is_gone_is_not_repeated()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        await server.QueueAsync("shop");
        await server.BeginAsync("w1");
        File.Delete(Path.Combine(server.RecipeFolder, "shop.yml"));
        await server.ReadRecipesAsync();
        server.Clock.Advance(TimeSpan.FromSeconds(60));
        await server.EndLostAsync();
        Assert.Equal(RunState.Failed, Assert.Single(await server.RunsAsync()).State);
    }

    [Fact]
    public async Task A_run_that_no_worker_began_waits_again()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var run = await server.QueueAsync("shop");
        await server.TryClaimAsync("w1");
        server.Clock.Advance(TimeSpan.FromSeconds(60));
        await server.EndLostAsync();
        var waiting = Assert.Single(await server.RunsAsync());
        Assert.Equal((RunState.Queued, "Worker w1 was not heard of for 60 s."), (waiting.State, waiting.Reason));
        using (var late = await server.BeatAsync(run.Id))
        {
            Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        }
        Assert.Equal(run.Id, (await server.TryClaimAsync("w2"))!.RunId);
    }

    [Fact]
    public async Task A_run_that_is_given_to_a_worker_that_has_gone_waits_again_at_once()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var run = await server.QueueAsync("shop");
        using var gone = new CancellationTokenSource();
        using var hold = new ManualResetEventSlim();
        var held = server.Store.WriteAsync(_ => hold.Wait(TimeSpan.FromMinutes(1)));
        var claim = server.Service<RunClaims>().ClaimAsync(new ClaimRequest(ControlServer.Lease("w1"), "w1", []), gone.Token);
        await gone.CancelAsync();
        hold.Set();
        await Task.WhenAll(held, claim);
        await server.EndLostAsync();
        Assert.Equal((RunState.Queued, "Worker w1 was gone when it was given the run."), ((await server.RunAsync(run.Id)).State, (await server.RunAsync(run.Id)).Reason));
        Assert.Equal(run.Id, (await server.TryClaimAsync("w2"))!.RunId);
    }

    [Fact]
    public async Task A_run_that_changes_hands_while_its_old_worker_is_found_lost_stays_with_the_new_one()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var run = await server.QueueAsync("shop");
        await server.TryClaimAsync("w1");
        server.Clock.Advance(TimeSpan.FromSeconds(60));
        using var hold = new ManualResetEventSlim();
        var held = server.Store.WriteAsync(_ => hold.Wait(TimeSpan.FromMinutes(1)));
        var release = server.Service<HeldRuns>().ReleaseAsync(run.Id, new ReleaseRequest(ControlServer.Lease("w1"), "The worker ends.", []));
        var claim = server.TryClaimAsync("w2");
        var lost = server.EndLostAsync();
        hold.Set();
        await Task.WhenAll(held, release, claim, lost);
        using var beat = await server.BeatAsync(run.Id, "w2");
        Assert.Equal(HttpStatusCode.OK, beat.StatusCode);
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }
}
