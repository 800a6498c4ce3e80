using Discovery.Ingestion.Api.Pages;
using Discovery.Ingestion.Api.Runs;
using Discovery.Ingestion.Control;

namespace Discovery.Ingestion.Api.Tests.Pages;

public sealed class WaitingTests
{
    [Fact]
    public async Task A_run_says_that_no_worker_is_there()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var run = await server.QueueAsync("shop");
        Assert.StartsWith("No worker is there;", Model(server, run).Waiting, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_says_which_label_no_worker_has()
    {
        await using var server = await ControlServer.StartAsync();
        server.WriteRecipe("shop", "deployment: { executor_id: gpu }");
        await server.ReadRecipesAsync();
        var run = await server.QueueAsync("shop");
        server.Service<Workers>().Seen("w1", ["eu"]);
        Assert.StartsWith("No worker is there with the label gpu", Model(server, run).Waiting, StringComparison.Ordinal);
        server.Service<Workers>().Seen("w2", ["gpu"]);
        Assert.Equal("All workers that may run it have other runs.", Model(server, run).Waiting);
        server.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.StartsWith("No worker is there;", Model(server, run).Waiting, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_says_which_run_of_its_recipe_is_before_it()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var first = await server.QueueAsync("shop");
        var second = await server.QueueAsync("shop");
        Assert.Equal($"Run {first.Id} of the same recipe waits before it.", Model(server, second).Waiting);
        await server.TryClaimAsync();
        Assert.StartsWith($"Run {first.Id} of the same recipe has not ended", Model(server, second).Waiting, StringComparison.Ordinal);
        Assert.Null(Model(server, first).Waiting);
    }

    [Fact]
    public async Task A_lost_run_names_the_one_that_repeats_it()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var run = await server.QueueAsync("shop");
        await server.BeginAsync();
        server.Clock.Advance(TimeSpan.FromSeconds(61));
        await server.EndLostAsync();
        var retry = (await server.RunsAsync("trigger=retry"))[0];
        Assert.Equal(retry.Id, Model(server, run).RetriedBy);
        Assert.Null(Model(server, retry).RetriedBy);
    }

    private static RunPageModel Model(ControlServer server, RunView run) =>
        RunPageModel.Read(server.Store, server.Service<ActiveRuns>(), server.Service<Workers>(), server.Clock.GetUtcNow(), run.Id)!;
}
