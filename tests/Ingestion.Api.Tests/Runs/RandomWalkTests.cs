using Discovery.Ingestion.Api.Runs;
using Discovery.Ingestion.Control;

namespace Discovery.Ingestion.Api.Tests.Runs;

/// <summary>Whatever people and workers do in whatever order: no run is lost, none is executed twice at once, and every end is explained.</summary>
public sealed class RandomWalkTests
{
    private static readonly string[] Recipes = ["a", "b", "c"];
    private static readonly string[] Names = ["w1", "w2", "w3", "w4"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task No_run_is_lost_or_doubled(int seed)
    {
        await using var server = await ControlServer.StartAsync(recipes: Recipes);
        var walk = new Walk(server, new Random(seed));
        for (var step = 0; step < 250; step++)
        {
            await walk.StepAsync();
            await walk.CheckAsync($"seed {seed} step {step}");
        }
        await walk.DrainAsync();
    }

    private sealed class Walk(ControlServer server, Random random)
    {
        // What each worker believes to have, with the number of its claim.
        private readonly Dictionary<string, (string Run, string Lease)> _held = new(StringComparer.Ordinal);
        private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
        private int _claims;

        public async Task StepAsync()
        {
            var worker = Names[random.Next(Names.Length)];
            switch (random.Next(20))
            {
                case < 5:
                    await QueueAsync();
                    break;
                case < 10:
                    await ClaimAsync(worker);
                    break;
                case < 12:
                    await WorkAsync(worker, (runs, held) => runs.BeatAsync(held.Run, new BeatRequest(held.Lease, null, [Lines.Of(random.Next(1, 50))])), keeps: true);
                    break;
                case < 15:
                    await WorkAsync(worker, (runs, held) => runs.FinishAsync(held.Run, new FinishRequest { Lease = held.Lease, State = RunState.Failed, Reason = "broken", Log = [] }), keeps: false);
                    break;
                case 15:
                    await WorkAsync(worker, (runs, held) => runs.ReleaseAsync(held.Run, new ReleaseRequest(held.Lease, "moved", [])), keeps: false);
                    break;
                case 16:
                    await CancelAsync();
                    break;
                case 17:
                    server.Clock.Advance(TimeSpan.FromSeconds(random.Next(70)));
                    await server.EndLostAsync();
                    break;
                case 18:
                    server.Clock.Set(server.Clock.GetUtcNow().AddHours(random.Next(-50, 50)));
                    break;
                default:
                    await (random.Next(5) == 0 ? server.RestartAsync() : server.EndLostAsync());
                    break;
            }
        }

        public async Task CheckAsync(string where)
        {
            var runs = (await server.RunsAsync()).ToDictionary(run => run.Id);
            Assert.All(_asked, id => Assert.True(runs.ContainsKey(id), $"{where}: {id} is lost"));
            var running = runs.Values.Where(run => run.State == RunState.Running).ToList();
            Assert.True(running.Count == running.DistinctBy(run => run.Recipe).Count(), $"{where}: a recipe runs twice");
            Assert.All(runs.Values.Where(run => run.State is RunState.Failed or RunState.Cancelled), run => Assert.False(string.IsNullOrEmpty(run.Reason), $"{where}: {run.Id} ended without a reason"));
            Assert.All(runs.Values.Where(run => run.Ended is not null), run => Assert.True(run.State > RunState.Running, where));
            var retries = runs.Values.Where(run => run.Trigger == RunTrigger.Retry).ToList();
            Assert.True(retries.Count == retries.DistinctBy(run => run.RetryOf).Count(), $"{where}: a run is repeated twice");
            Assert.All(retries, retry => Assert.True(runs[retry.RetryOf!].Attempt == 1 && retry.Attempt == 2, where));
            var lost = runs.Values.Count(run => run.State == RunState.Failed && run.Attempt == 1 && run.Reason!.Contains("not heard of", StringComparison.Ordinal));
            Assert.True(lost == retries.Count, $"{where}: {lost} lost, {retries.Count} repeated");
        }

        public async Task DrainAsync()
        {
            server.Clock.Advance(TimeSpan.FromHours(1));
            await server.EndLostAsync();
            while (await ClaimAsync("w1"))
            {
                await WorkAsync("w1", (runs, held) => runs.FinishAsync(held.Run, new FinishRequest { Lease = held.Lease, State = RunState.Succeeded, Log = [] }), keeps: false);
            }
            Assert.All(await server.RunsAsync(), run => Assert.NotNull(run.Ended));
        }

        private async Task QueueAsync()
        {
            if (_asked.Count < 60)
            {
                _asked.Add((await server.QueueAsync(Recipes[random.Next(Recipes.Length)])).Id);
            }
        }

        private async Task<bool> ClaimAsync(string worker)
        {
            // Now and then the answer was lost, and the same claim comes again.
            var lease = _held.TryGetValue(worker, out var held) && random.Next(3) == 0 ? held.Lease : $"{worker}0123456789abcdef{_claims++}";
            if (await server.TryClaimAsync(worker, lease) is not { } run)
            {
                return false;
            }
            _held[worker] = (run.RunId, lease);
            return true;
        }

        private async Task WorkAsync(string worker, Func<HeldRuns, (string Run, string Lease), Task> work, bool keeps)
        {
            if (!_held.TryGetValue(worker, out var held))
            {
                return;
            }
            try
            {
                await work(server.Service<HeldRuns>(), held);
            }
            catch (Refusal e)
            {
                Assert.Equal(409, e.Status);
                keeps = false;
            }
            if (!keeps)
            {
                _held.Remove(worker);
            }
        }

        private async Task CancelAsync()
        {
            if (_asked.Count > 0)
            {
                using var response = await server.CancelAsync(_asked.ElementAt(random.Next(_asked.Count)));
            }
        }
    }
}
