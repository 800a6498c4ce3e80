using Quartz;

namespace Discovery.Ingestion.Recipes;

/// <summary>
/// When a recipe runs by itself: five fields of cron (minute, hour, day of the month, month, day of the week) in a time zone. Where both
/// days are given, either is enough.
/// </summary>
/// <remarks>
/// When clocks are set: a schedule for each hour (the hour begins with <c>*</c>) goes by the time that passes, so it also fires in the hour
/// that comes twice. All others go by the clock: what falls into the hour that is left out fires once when that hour ends, and what
/// falls into the hour that comes twice fires in the first.
/// </remarks>
public sealed class CronSchedule
{
    private const string Form = "five fields are expected: minute, hour, day of the month, month, day of the week, such as '0 3 * * *' for 3 o'clock each day or '*/15 8-18 * * MON-FRI'";

    // Of the clock on the wall, taken as UTC: the zone is this class's own affair.
    private readonly IReadOnlyList<CronExpression> _expressions;
    private readonly WallClock _clock;
    private readonly bool _goesByTimePassed;

    private CronSchedule(string cron, string timeZone, IReadOnlyList<CronExpression> expressions, WallClock clock, bool goesByTimePassed)
    {
        Cron = cron;
        TimeZone = timeZone;
        _expressions = expressions;
        _clock = clock;
        _goesByTimePassed = goesByTimePassed;
    }

    /// <summary>The five fields as they were given.</summary>
    public string Cron { get; }

    /// <summary>The IANA time zone.</summary>
    public string TimeZone { get; }

    /// <summary>
    /// Five fields that fire on the same days and at the same times in each program that reads cron, such as Kubernetes and Airflow: they differ in what
    /// Sunday is, in what a star among other values means, and in which steps they know.
    /// </summary>
    public string Portable
    {
        get
        {
            var fields = Cron.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            var (dayOfMonth, dayOfWeek) = (CronField.DayOfMonth.Portable(fields[2]), CronField.DayOfWeek.Portable(fields[4]));
            // Either is enough, and one is each day. Others may take it for a star, and the other one alone for enough.
            if (dayOfMonth != "*" && dayOfWeek != "*" && (CronField.DayOfMonth.IsAll(fields[2]) || CronField.DayOfWeek.IsAll(fields[4])))
            {
                (dayOfMonth, dayOfWeek) = ("*", "*");
            }
            return $"{CronField.Minute.Portable(fields[0])} {CronField.Hour.Portable(fields[1])} {dayOfMonth} {CronField.Month.Portable(fields[3])} {dayOfWeek}";
        }
    }

    /// <summary>Reads a schedule; null with what is wrong with it.</summary>
    /// <param name="cron">Five fields of cron.</param>
    /// <param name="timeZone">Name of an IANA time zone, its letter case exact: <c>Europe/Berlin</c>.</param>
    /// <param name="problem">What is wrong and what would be right; null where nothing is.</param>
    public static CronSchedule? Parse(string cron, string timeZone, out string? problem)
    {
        problem = null;
        var fields = cron.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 5)
        {
            problem = $"'{cron}' has {fields.Length} field{(fields.Length == 1 ? "" : "s")}; {Form}";
            return null;
        }
        if (WallClock.Find(timeZone) is not { } clock)
        {
            problem = $"there is no time zone '{timeZone}'; give the name of an IANA time zone as it is spelled, such as Europe/Berlin, America/New_York or UTC";
            return null;
        }
        try
        {
            var schedule = new CronSchedule(cron, timeZone, Expressions(fields), clock, fields[1].StartsWith('*'));
            // Nothing comes round more rarely than February 29 over the turn of a century.
            if (schedule.NextOnWall(DateTime.UnixEpoch) is not null)
            {
                return schedule;
            }
            problem = $"'{cron}' never fires: no such day is in a calendar; {Form}";
        }
        catch (FormatException fault)
        {
            problem = $"{fault.Message}; {Form}";
        }
        return null;
    }

    /// <summary>The first firing after a moment, with the offset of the time zone; null where there is none within a century.</summary>
    public DateTimeOffset? Next(DateTimeOffset after) => _goesByTimePassed ? NextByTimePassed(after) : NextByClock(after);

    private DateTimeOffset? NextByClock(DateTimeOffset after)
    {
        for (var wall = NextOnWall(_clock.At(after).DateTime); wall is not null; wall = NextOnWall(wall.Value))
        {
            // In an hour that comes twice the first one may be over.
            if (_clock.First(wall.Value) is var firing && firing > after)
            {
                return firing;
            }
        }
        return null;
    }

    private DateTimeOffset? NextByTimePassed(DateTimeOffset after)
    {
        // One stretch without a change of the offset after the other.
        var (start, isIncluded) = (_clock.At(after), false);
        while (true)
        {
            var wall = NextOnWall(isIncluded ? start.DateTime.AddTicks(-1) : start.DateTime);
            var horizon = start.AddDays(2);
            var firing = wall is null ? DateTimeOffset.MaxValue : new DateTimeOffset(wall.Value, start.Offset);
            var change = _clock.NextChange(start, horizon);
            if (change is null || firing < change)
            {
                return wall is null ? null : _clock.First(wall.Value) is var first && firing > horizon ? first : firing;
            }
            (start, isIncluded) = (change.Value, true);
        }
    }

    private DateTime? NextOnWall(DateTime wall)
    {
        DateTime? next = null;
        foreach (var expression in _expressions)
        {
            var candidate = expression.GetTimeAfter(new DateTimeOffset(wall, TimeSpan.Zero))?.DateTime;
            next = candidate is null || next < candidate ? next : candidate;
        }
        return next;
    }

    // Quartz misreads some ranges (22-2, JAN-MAR/2) and lets others pass; a list of plain numbers it reads well.
    private static IReadOnlyList<CronExpression> Expressions(string[] fields)
    {
        var (minute, hour) = (List(CronField.Minute, fields[0]), List(CronField.Hour, fields[1]));
        var (dayOfMonth, month) = (List(CronField.DayOfMonth, fields[2]), List(CronField.Month, fields[3]));
        // Quartz counts days of the week from Sunday as 1.
        var dayOfWeek = string.Join(',', CronField.DayOfWeek.Read(fields[4]).Select(day => day % 7 + 1));
        return (fields[2], fields[4]) switch
        {
            (_, "*") => [OnWall($"0 {minute} {hour} {dayOfMonth} {month} ?")],
            ("*", _) => [OnWall($"0 {minute} {hour} ? {month} {dayOfWeek}")],
            _ => [OnWall($"0 {minute} {hour} {dayOfMonth} {month} ?"), OnWall($"0 {minute} {hour} ? {month} {dayOfWeek}")],
        };
    }

    private static CronExpression OnWall(string expression) => new(expression) { TimeZone = TimeZoneInfo.Utc };

    private static string List(CronField field, string text) => string.Join(',', field.Read(text));
}
