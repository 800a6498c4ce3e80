using Discovery.Ingestion.Control;

namespace Discovery.Ingestion.Api.Tests.Runs;

public sealed class RetentionTests
{
    [Fact]
    public async Task Old_runs_go_but_not_the_newest_20_of_a_recipe_nor_its_last_complete_one()
    {
        await using var server = await ControlServer.StartAsync(recipes: ["shop", "other"]);
        await RunAsync(server, "other", RunState.Failed);
        await RunAsync(server, "shop", RunState.Succeeded);
        var complete = await RunAsync(server, "shop", RunState.Succeeded);
        for (var i = 0; i < 30; i++)
        {
            await RunAsync(server, "shop", RunState.Failed);
        }
        server.Clock.Advance(TimeSpan.FromDays(89));
        await server.RemoveOldAsync();
        Assert.Equal(33, (await server.RunsAsync()).Count);

        server.Clock.Advance(TimeSpan.FromDays(2));
        await server.RemoveOldAsync();
        var left = await server.RunsAsync("recipe=shop");
        Assert.Equal(21, left.Count);
        Assert.Equal(complete, left[^1].Id);
        Assert.Single(await server.RunsAsync("recipe=other"));
    }

    [Fact]
    public async Task A_run_that_has_not_ended_stays()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        for (var i = 0; i < 30; i++)
        {
            await server.QueueAsync("shop");
        }
        server.Clock.Advance(TimeSpan.FromDays(400));
        await server.RemoveOldAsync();
        Assert.Equal(30, (await server.RunsAsync()).Count);
    }

    [Fact]
    public async Task Logs_go_before_their_runs()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var run = await RunAsync(server, "shop", RunState.Succeeded);
        server.Clock.Advance(TimeSpan.FromDays(13));
        await server.RemoveOldAsync();
        Assert.NotEmpty(await LogAsync());
        server.Clock.Advance(TimeSpan.FromDays(2));
        await server.RemoveOldAsync();
        Assert.Empty(await LogAsync());
        Assert.Equal(RunState.Succeeded, (await server.RunAsync(run)).State);

        Task<string> LogAsync() => server.Client.GetStringAsync($"runs/{run}/log", TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Contents_of_recipes_that_nobody_needs_go()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        await server.QueueAsync("shop");
        foreach (var database in (string[])["second", "third"])
        {
            server.WriteRecipe("shop", database: database);
            await server.ReadRecipesAsync();
        }
        await server.RemoveOldAsync();
        Assert.Equal(2, server.Store.Read(connection => connection.Number("SELECT count(*) FROM recipe_versions")));
        Assert.Contains("database: shop", (await server.TryClaimAsync())!.Text, StringComparison.Ordinal);
    }

    private static async Task<string> RunAsync(ControlServer server, string recipe, RunState state)
    {
        var run = await server.QueueAsync(recipe);
        await server.TryClaimAsync();
        using var finish = await server.FinishAsync(run.Id, state: state, log: Lines.Of(1..3));
        return run.Id;
    }
}
