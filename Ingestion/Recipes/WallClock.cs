namespace Discovery.Ingestion.Recipes;

/// <summary>The clocks of a time zone: what they show when, and when they are set.</summary>
internal sealed class WallClock(TimeZoneInfo zone)
{
    /// <summary>Finds a time zone by its IANA name, its letter case exact; null where there is none.</summary>
    public static WallClock? Find(string name)
    {
        // The names are files on most systems: nothing but names is to reach it. Those of Windows have spaces.
        if (name.Length is 0 or > 64 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+') || name.StartsWith('/'))
        {
            return null;
        }
        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.Id == name ? new WallClock(zone) : null;
    }

    /// <summary>A moment as the clocks show it.</summary>
    public DateTimeOffset At(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, zone);

    /// <summary>The first moment when the clocks show this or, where they never do, are set past it.</summary>
    public DateTimeOffset First(DateTime wall)
    {
        wall = DateTime.SpecifyKind(wall, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(wall))
        {
            // Read with the offset before, the moment lies behind the change.
            var before = zone.GetUtcOffset(wall.AddDays(-1));
            return NextChange(At(new DateTimeOffset(wall.AddDays(-1), before)), new DateTimeOffset(wall, before)) ?? At(new DateTimeOffset(wall, before));
        }
        var offset = zone.IsAmbiguousTime(wall) ? zone.GetAmbiguousTimeOffsets(wall).Max() : zone.GetUtcOffset(wall);
        return new DateTimeOffset(wall, offset);
    }

    /// <summary>The first moment with another offset, up to and including <paramref name="horizon"/>; null where the offset stays.</summary>
    public DateTimeOffset? NextChange(DateTimeOffset after, DateTimeOffset horizon)
    {
        if (zone.GetUtcOffset(horizon) == zone.GetUtcOffset(after))
        {
            return null;
        }
        // Clocks are set at whole minutes.
        var (before, change) = (after.UtcTicks / TimeSpan.TicksPerMinute, (horizon.UtcTicks + TimeSpan.TicksPerMinute - 1) / TimeSpan.TicksPerMinute);
        while (change - before > 1)
        {
            var middle = (before + change) / 2;
            (before, change) = zone.GetUtcOffset(Moment(middle)) == zone.GetUtcOffset(after) ? (middle, change) : (before, middle);
        }
        return At(Moment(change));
    }

    private static DateTimeOffset Moment(long minute) => new(minute * TimeSpan.TicksPerMinute, TimeSpan.Zero);
}
