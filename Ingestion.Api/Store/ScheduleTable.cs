using System.Data.Common;

namespace Discovery.Ingestion.Api.Store;

/// <summary>When recipes are due.</summary>
internal sealed class ScheduleTable(StoreConnection connection)
{
    private const string Select = "SELECT recipe, cron, time_zone, next_due FROM schedules";

    public List<ScheduleRow> All() => connection.Query(Select, Read);

    public List<ScheduleRow> Due(DateTimeOffset now) => connection.Query($"{Select} WHERE next_due <= @now ORDER BY next_due", Read, ("@now", now.ToUnixTimeMilliseconds()));

    public ScheduleRow? Find(string recipe) => connection.Query($"{Select} WHERE recipe = @recipe", Read, ("@recipe", recipe)).FirstOrDefault();

    /// <summary>Sets a schedule anew.</summary>
    public void Save(ScheduleRow schedule)
    {
        Remove(schedule.Recipe);
        connection.Execute(
            "INSERT INTO schedules (recipe, cron, time_zone, next_due) VALUES (@recipe, @cron, @zone, @next)",
            ("@recipe", schedule.Recipe), ("@cron", schedule.Cron), ("@zone", schedule.TimeZone), ("@next", schedule.NextDue?.ToUnixTimeMilliseconds()));
    }

    public void Remove(string recipe) => connection.Execute("DELETE FROM schedules WHERE recipe = @recipe", ("@recipe", recipe));

    /// <summary>Moves a schedule on to its next slot, where it still is at the one that the caller saw.</summary>
    /// <returns>Whether it was.</returns>
    public bool Advance(ScheduleRow seen, DateTimeOffset? next, DateTimeOffset? fired) => connection.Execute(
        "UPDATE schedules SET next_due = @next, last_fired = coalesce(@fired, last_fired) WHERE recipe = @recipe AND cron = @cron AND time_zone = @zone AND next_due = @seen",
        ("@recipe", seen.Recipe), ("@cron", seen.Cron), ("@zone", seen.TimeZone), ("@seen", seen.NextDue?.ToUnixTimeMilliseconds()),
        ("@next", next?.ToUnixTimeMilliseconds()), ("@fired", fired?.ToUnixTimeMilliseconds())) > 0;

    private static ScheduleRow Read(DbDataReader row) => new(row.GetString(0), row.GetString(1), row.GetString(2), row.TimeOrNull(3));
}

/// <summary>The schedule of a recipe and the slot that it fires next, in UTC.</summary>
internal sealed record ScheduleRow(string Recipe, string Cron, string TimeZone, DateTimeOffset? NextDue)
{
    /// <summary>The slot with the offset of its time zone; null where there is none.</summary>
    public DateTimeOffset? InItsZone() => NextDue is { } due ? TimeZoneInfo.ConvertTime(due, TimeZoneInfo.FindSystemTimeZoneById(TimeZone)) : null;
}
