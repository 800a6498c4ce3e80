using Discovery.Ingestion.Control;

namespace Discovery.Ingestion.Api.Tests.Schedules;

public sealed class ScheduleTests
{
    private const string EveryDayAt3 = """deployment: {schedule: "0 3 * * *", time_zone: Europe/Berlin}""";

    // 11 o'clock in Berlin.
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan Berlin = TimeSpan.FromHours(1);

    [Fact]
    public async Task A_slot_queues_a_run_when_it_comes()
    {
        await using var server = await StartAsync();
        var schedule = (await server.RecipeAsync("shop")).Schedule!;
        var slot = new DateTimeOffset(2026, 3, 3, 3, 0, 0, Berlin);
        Assert.Equal(("0 3 * * *", "Europe/Berlin", slot), (schedule.Cron, schedule.TimeZone, schedule.NextDue!.Value));
        Assert.Equal(Berlin, schedule.NextDue.Value.Offset);
        Assert.Equal(Enumerable.Range(0, 5).Select(day => slot.AddDays(day)), schedule.NextFirings);

        await GoToAsync(server, slot.AddSeconds(-1));
        Assert.Empty(await server.RunsAsync());
        await GoToAsync(server, slot);
        var run = Assert.Single(await server.RunsAsync());
        Assert.Equal((RunTrigger.Schedule, RunKind.Run, slot, Berlin), (run.Trigger, run.Kind, run.Slot!.Value, run.Slot.Value.Offset));
        await server.FireSchedulesAsync();
        Assert.Single(await server.RunsAsync());
        Assert.Equal(slot.AddDays(1), (await server.RecipeAsync("shop")).Schedule!.NextDue);
    }

    [Fact]
    public async Task Slots_that_were_missed_fire_once_also_after_days()
    {
        await using var server = await StartAsync();
        await server.RestartAsync(() => server.Clock.Advance(TimeSpan.FromDays(9)));
        await server.FireSchedulesAsync();
        Assert.Equal(new DateTimeOffset(2026, 3, 3, 3, 0, 0, Berlin), Assert.Single(await server.RunsAsync()).Slot);
        await server.FireSchedulesAsync();
        Assert.Single(await server.RunsAsync());
        Assert.Equal(new DateTimeOffset(2026, 3, 12, 3, 0, 0, Berlin), (await server.RecipeAsync("shop")).Schedule!.NextDue);
    }

    [Fact]
    public async Task While_a_scheduled_run_waits_no_second_one_does()
    {
        await using var server = await StartAsync();
        for (var day = 1; day <= 3; day++)
        {
            await GoToAsync(server, Start.AddDays(day));
        }
        Assert.Single(await server.RunsAsync());
        await server.TryClaimAsync();
        await GoToAsync(server, Start.AddDays(4));
        await GoToAsync(server, Start.AddDays(5));
        Assert.Equal(2, (await server.RunsAsync()).Count);
    }

    [Fact]
    public async Task A_wall_clock_that_is_set_back_fires_no_slot_twice()
    {
        await using var server = await StartAsync();
        for (var day = 1; day <= 3; day++)
        {
            await GoToAsync(server, Start.AddDays(day));
            await EndRunAsync(server);
        }
        await GoToAsync(server, Start.AddHours(1));
        for (var day = 1; day <= 3; day++)
        {
            await GoToAsync(server, Start.AddDays(day));
        }
        Assert.Equal(3, (await server.RunsAsync()).Count);
        await GoToAsync(server, Start.AddDays(4));
        Assert.Equal(4, (await server.RunsAsync()).Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_wall_clock_that_was_ahead_by_mistake_does_not_silence_a_schedule(bool restarts)
    {
        await using var server = await StartAsync();
        await GoToAsync(server, Start.AddYears(1));
        await EndRunAsync(server);
        server.Clock.Set(Start);
        if (restarts)
        {
            await server.RestartAsync();
        }
        await server.FireSchedulesAsync();
        for (var day = 1; day <= 3; day++)
        {
            await GoToAsync(server, Start.AddDays(day));
            await EndRunAsync(server);
        }
        // The first of them was fired while the clock was ahead.
        Assert.Equal(3, (await server.RunsAsync("trigger=schedule")).Count);
    }

    [Fact]
    public async Task A_schedule_goes_by_the_clock_of_its_zone_when_summer_comes()
    {
        await using var server = await StartAsync("""deployment: {schedule: "30 2 * * *", time_zone: Europe/Berlin}""");
        server.Clock.Set(new DateTimeOffset(2026, 3, 28, 12, 0, 0, TimeSpan.Zero));
        await server.ReadRecipesAsync();
        var firings = (await server.RecipeAsync("shop")).Schedule!.NextFirings;
        // On the 29th the clock goes from 2 to 3.
        Assert.Equal(new DateTimeOffset(2026, 3, 29, 1, 0, 0, TimeSpan.Zero), firings[0].ToUniversalTime());
        Assert.Equal(new DateTimeOffset(2026, 3, 30, 2, 30, 0, TimeSpan.FromHours(2)), firings[1]);
    }

    [Fact]
    public async Task A_schedule_that_changes_begins_anew_and_one_that_goes_ends()
    {
        await using var server = await StartAsync();
        server.WriteRecipe("shop", """deployment: {schedule: "0 4 * * *", time_zone: Europe/Berlin}""");
        await server.ReadRecipesAsync();
        await GoToAsync(server, new DateTimeOffset(2026, 3, 3, 3, 30, 0, Berlin));
        Assert.Empty(await server.RunsAsync());
        server.WriteRecipe("shop");
        await server.ReadRecipesAsync();
        await GoToAsync(server, new DateTimeOffset(2026, 3, 3, 5, 0, 0, Berlin));
        Assert.Empty(await server.RunsAsync());
        Assert.Null((await server.RecipeAsync("shop")).Schedule);
    }

    [Fact]
    public async Task A_schedule_ends_with_its_recipe()
    {
        await using var server = await StartAsync();
        File.Delete(Path.Combine(server.RecipeFolder, "shop.yml"));
        await server.ReadRecipesAsync();
        await GoToAsync(server, Start.AddDays(2));
        Assert.Empty(await server.RunsAsync());
    }

    [Fact]
    public async Task A_bad_cron_is_shown_with_its_recipe()
    {
        await using var server = await StartAsync("""deployment: {schedule: "0 0 0 0 0"}""");
        var recipe = await server.RecipeAsync("shop");
        Assert.False(recipe.IsGood);
        Assert.Contains(recipe.Problems, problem => problem.Contains("shop.yml:12:24: error: 'deployment.schedule'", StringComparison.Ordinal));
    }

    private static async Task<ControlServer> StartAsync(string deployment = EveryDayAt3)
    {
        var server = await ControlServer.StartAsync();
        server.WriteRecipe("shop", deployment);
        await server.ReadRecipesAsync();
        await server.FireSchedulesAsync();
        return server;
    }

    private static async Task GoToAsync(ControlServer server, DateTimeOffset wall)
    {
        server.Clock.Set(wall);
        await server.FireSchedulesAsync();
    }

    private static async Task EndRunAsync(ControlServer server)
    {
        if (await server.TryClaimAsync() is { } run)
        {
            using var finish = await server.FinishAsync(run.RunId);
        }
    }
}
