using Discovery.Ingestion.Api.Recipes;
using Discovery.Ingestion.Api.Runs;
using Discovery.Ingestion.Api.Store;
using Discovery.Ingestion.Control;

namespace Discovery.Ingestion.Api.Schedules;

/// <summary>
/// Queues the runs of slots that have come. Of the slots that passed since the last look, however many, one is fired. The slots that were
/// fired stand with their runs, so that none is fired again when the wall clock is set back.
/// </summary>
internal sealed class ScheduleFiring(ControlStore store, RecipeBook recipes, RunFeed feed, TimeProvider time)
{
    private DateTimeOffset? _lastLook;

    /// <summary>Looks once.</summary>
    /// <exception cref="StoreUnavailableException">A run could not be queued; it is the next time.</exception>
    public async Task FireAsync()
    {
        var now = time.GetUtcNow();
        if (_lastLook is null || now < _lastLook)
        {
            await CorrectAsync(now);
        }
        _lastLook = now;
        foreach (var due in store.Read(connection => new ScheduleTable(connection).Due(now)))
        {
            await FireAsync(due, now);
        }
    }

    private async Task FireAsync(ScheduleRow due, DateTimeOffset now) => await store.WriteAsync(connection =>
    {
        // Recipes change on the writer's thread too, so that this version is in the store.
        if (recipes.Find(due.Recipe)?.Good is not { Schedule: { } schedule } recipe || schedule.Cron != due.Cron || schedule.TimeZone != due.TimeZone)
        {
            return null;
        }
        var slot = due.InItsZone()!.Value;
        if (!new ScheduleTable(connection).Advance(due, schedule.Next(now), slot))
        {
            return null;
        }
        var runs = new RunTable(connection);
        if (runs.HasSlot(due.Recipe, slot) || runs.HasWaitingScheduled(due.Recipe))
        {
            return null;
        }
        return runs.Insert(new RunRow
        {
            Id = "",
            Recipe = due.Recipe,
            Version = recipe.Stored.Version,
            Label = recipe.Label,
            Kind = RunKind.Run,
            Trigger = RunTrigger.Schedule,
            Slot = slot,
            Queued = now,
        });
    }, queued =>
    {
        if (queued is not null)
        {
            feed.QueueChanged();
        }
    });

    // After the wall clock was ahead by mistake, schedules are due too late.
    private async Task CorrectAsync(DateTimeOffset now)
    {
        foreach (var kept in store.Read(connection => new ScheduleTable(connection).All()))
        {
            if (recipes.Find(kept.Recipe)?.Good?.Schedule is { } schedule && schedule.Next(now) is { } next && kept.NextDue > next)
            {
                await store.WriteAsync(connection => new ScheduleTable(connection).Advance(kept, next, fired: null));
            }
        }
    }
}
