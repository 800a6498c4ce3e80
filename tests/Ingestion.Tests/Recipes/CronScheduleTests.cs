using System.Globalization;
using Discovery.Ingestion.Recipes;

namespace Discovery.Ingestion.Tests.Recipes;

public sealed class CronScheduleTests
{
    [Theory]
    [InlineData("0 3 * * *", "Thu 2026-01-01 03:00", "Fri 2026-01-02 03:00")]
    [InlineData("*/20 * * * *", "Thu 2026-01-01 00:20", "Thu 2026-01-01 00:40", "Thu 2026-01-01 01:00")]
    [InlineData("5/25 22 * * *", "Thu 2026-01-01 22:05", "Thu 2026-01-01 22:30", "Thu 2026-01-01 22:55", "Fri 2026-01-02 22:05")]
    [InlineData("0 8-10,20 * * *", "Thu 2026-01-01 08:00", "Thu 2026-01-01 09:00", "Thu 2026-01-01 10:00", "Thu 2026-01-01 20:00")]
    [InlineData("0 0 * * 0", "Sun 2026-01-04 00:00", "Sun 2026-01-11 00:00")]
    [InlineData("0 0 * * 7", "Sun 2026-01-04 00:00", "Sun 2026-01-11 00:00")]
    [InlineData("0 0 * * 5-7", "Fri 2026-01-02 00:00", "Sat 2026-01-03 00:00", "Sun 2026-01-04 00:00", "Fri 2026-01-09 00:00")]
    [InlineData("0 0 * * sat-sun", "Sat 2026-01-03 00:00", "Sun 2026-01-04 00:00", "Sat 2026-01-10 00:00")]
    [InlineData("0 0 * * MON-FRI/2", "Fri 2026-01-02 00:00", "Mon 2026-01-05 00:00", "Wed 2026-01-07 00:00")]
    [InlineData("0 0 * * */2", "Sat 2026-01-03 00:00", "Sun 2026-01-04 00:00", "Tue 2026-01-06 00:00", "Thu 2026-01-08 00:00")]
    [InlineData("0 0 1 JAN-APR/2 *", "Sun 2026-03-01 00:00", "Fri 2027-01-01 00:00")]
    [InlineData("0 0 29 2 *", "Tue 2028-02-29 00:00", "Sun 2032-02-29 00:00")]
    [InlineData("\t0  0 1 */6 * ", "Wed 2026-07-01 00:00", "Fri 2027-01-01 00:00")]
    public void Five_fields_fire_as_cron_fires_them(string cron, params string[] expected) =>
        Assert.Equal(expected, Firings(cron, "UTC", "2026-01-01T00:00:00Z", expected.Length).Select(firing => firing.ToString("ddd yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)));

    [Fact]
    public void Where_both_days_are_given_either_is_enough() =>
        Assert.Equal(
            ["Fri 02", "Fri 09", "Tue 13", "Fri 16"],
            Firings("0 0 13 * FRI", "UTC", "2026-01-01T00:00:00Z", 4).Select(firing => firing.ToString("ddd dd", CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("0 0 0 0 0", "day of the month '0'")]
    [InlineData("60 0 * * *", "minute '60'")]
    [InlineData("0 24 * * *", "hour '24'")]
    [InlineData("0 0 * 13 *", "month '13'")]
    [InlineData("0 0 * * 8", "day of the week '8'")]
    [InlineData("0 0 * * MO", "SUN to SAT")]
    [InlineData("0 22-2 * * *", "ends before it begins")]
    [InlineData("*/0 * * * *", "step")]
    [InlineData("*/5-7 * * * *", "step")]
    [InlineData("-5 * * * *", "minute '-5'")]
    [InlineData(", * * * *", "minute ''")]
    [InlineData("1,,2 * * * *", "minute ''")]
    [InlineData("٣ * * * *", "minute '٣'")]
    [InlineData("L * * * *", "minute 'L'")]
    [InlineData("0 0 L * *", "day of the month 'L'")]
    [InlineData("0 0 ? * *", "day of the month '?'")]
    [InlineData("0 0 * * 5#2", "day of the week '5#2'")]
    [InlineData("99999999999 * * * *", "minute '99999999999'")]
    [InlineData("", "has 0 fields")]
    [InlineData("@daily", "has 1 field;")]
    [InlineData("0 0 3 * * *", "has 6 fields")]
    [InlineData("0 0 31 2 *", "never fires")]
    [InlineData("0 0 31 4,6,9,11 *", "never fires")]
    public void Nonsense_is_refused_with_what_is_wrong_and_an_example(string cron, string told)
    {
        Assert.Null(CronSchedule.Parse(cron, "UTC", out var problem));
        Assert.Contains(told, problem, StringComparison.Ordinal);
        Assert.Contains("'0 3 * * *'", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Berlin")]
    [InlineData("europe/berlin")]
    [InlineData("utc")]
    [InlineData("W. Europe Standard Time")]
    [InlineData("MESZ")]
    [InlineData("+01:00")]
    [InlineData("../zoneinfo/UTC")]
    [InlineData("/usr/share/zoneinfo/UTC")]
    [InlineData("")]
    public void Only_the_exact_names_of_time_zones_are_known(string timeZone)
    {
        // A name that was asked for before is kept by the system, whatever its letter case.
        Assert.NotNull(CronSchedule.Parse("0 3 * * *", "Europe/Berlin", out _));
        Assert.Null(CronSchedule.Parse("0 3 * * *", timeZone, out var problem));
        Assert.Contains($"no time zone '{timeZone}'", problem, StringComparison.Ordinal);
    }

    // Europe/Berlin: 2026-03-29 02:00+01 becomes 03:00+02. America/New_York: 2026-03-08 02:00-05 becomes 03:00-04.
    [Theory]
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-03-28T00:00:00Z", "28 02:30+01", "29 03:00+02", "30 02:30+02")]
    [InlineData("30 2 * * *", "America/New_York", "2026-03-07T05:00:00Z", "07 02:30-05", "08 03:00-04", "09 02:30-04")]
    [InlineData("*/15 2 * * *", "Europe/Berlin", "2026-03-28T01:40:00Z", "28 02:45+01", "29 03:00+02", "30 02:00+02")]
    [InlineData("0 2,3 * * *", "Europe/Berlin", "2026-03-29T00:00:00Z", "29 03:00+02", "30 02:00+02")]
    public void What_falls_into_the_hour_that_is_left_out_fires_once_when_it_ends(string cron, string timeZone, string after, params string[] expected) =>
        Assert.Equal(expected, Told(cron, timeZone, after, expected.Length));

    // Europe/Berlin: 2026-10-25 03:00+02 becomes 02:00+01. America/New_York: 2026-11-01 02:00-04 becomes 01:00-05.
    [Theory]
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", "25 02:30+02", "26 02:30+01")]
    [InlineData("30 1 * * *", "America/New_York", "2026-10-31T12:00:00Z", "01 01:30-04", "02 01:30-05")]
    [InlineData("0,30 2-3 * * *", "Europe/Berlin", "2026-10-24T22:00:00Z", "25 02:00+02", "25 02:30+02", "25 03:00+01", "25 03:30+01")]
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-10-25T01:10:00Z", "26 02:30+01")]
    public void What_falls_into_the_hour_that_comes_twice_fires_in_the_first(string cron, string timeZone, string after, params string[] expected) =>
        Assert.Equal(expected, Told(cron, timeZone, after, expected.Length));

    [Theory]
    [InlineData("0 * * * *", "Europe/Berlin", "2026-10-24T23:30:00Z", "25 02:00+02", "25 02:00+01", "25 03:00+01")]
    [InlineData("0 * * * *", "America/New_York", "2026-11-01T04:30:00Z", "01 01:00-04", "01 01:00-05", "01 02:00-05")]
    [InlineData("*/30 * * * *", "Europe/Berlin", "2026-10-25T00:15:00Z", "25 02:30+02", "25 02:00+01", "25 02:30+01", "25 03:00+01")]
    [InlineData("0 * * * *", "Europe/Berlin", "2026-03-29T00:30:00Z", "29 03:00+02", "29 04:00+02")]
    [InlineData("*/15 * * * *", "Europe/Berlin", "2026-03-29T00:40:00Z", "29 01:45+01", "29 03:00+02", "29 03:15+02")]
    [InlineData("30 * * * *", "Europe/Berlin", "2026-03-29T00:40:00Z", "29 03:30+02", "29 04:30+02")]
    // Clocks that are set at midnight, and by half an hour.
    [InlineData("15 * * * *", "America/Havana", "2026-11-01T03:50:00Z", "01 00:15-04", "01 00:15-05", "01 01:15-05")]
    [InlineData("*/15 * * * *", "Australia/Lord_Howe", "2026-04-04T14:20:00Z", "05 01:30+11", "05 01:45+11", "05 01:30+10", "05 01:45+10", "05 02:00+10")]
    public void A_schedule_for_each_hour_goes_by_the_time_that_passes(string cron, string timeZone, string after, params string[] expected) =>
        Assert.Equal(expected, Told(cron, timeZone, after, expected.Length));

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    [InlineData("America/Havana")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Africa/Casablanca")]
    [InlineData("Asia/Kathmandu")]
    public void A_schedule_for_each_quarter_of_an_hour_fires_each_of_them_in_a_year(string timeZone)
    {
        var firing = DateTimeOffset.Parse("2026-01-01T00:00:00Z", CultureInfo.InvariantCulture);
        var schedule = Parse("*/15 * * * *", timeZone);
        for (var index = 0; index < 366 * 96; index++)
        {
            var next = schedule.Next(firing)!.Value;
            Assert.Equal(firing.AddMinutes(15), next);
            firing = next;
        }
    }

    [Fact]
    public void The_next_firing_is_later_whatever_the_moment()
    {
        var random = new Random(6);
        string[] crons = ["* * * * *", "17 */2 * * *", "30 2 * * *", "0,59 0-3 * 3,10 *", "0 0 1 * MON", "59 23 31 12 *"];
        string[] zones = ["Europe/Berlin", "America/New_York", "America/Havana", "Australia/Lord_Howe", "UTC"];
        for (var index = 0; index < 5000; index++)
        {
            var schedule = Parse(crons[random.Next(crons.Length)], zones[random.Next(zones.Length)]);
            var after = DateTimeOffset.UnixEpoch.AddSeconds(random.NextInt64(1_700_000_000, 2_000_000_000));
            var next = schedule.Next(after)!.Value;
            Assert.True(next > after, $"{schedule.Cron} {schedule.TimeZone} after {after:O} is {next:O}");
            // No firing lies between.
            Assert.Equal(next, schedule.Next(next.AddTicks(-1)));
            Assert.Equal(next, schedule.Next(after + (next - after) * random.NextDouble() * 0.999));
        }
    }

    [Fact]
    public void Many_threads_may_ask_at_once()
    {
        var schedule = Parse("*/7 3-21 1-28 * MON,FRI", "Europe/Berlin");
        var moments = Enumerable.Range(0, 4000).Select(index => DateTimeOffset.UnixEpoch.AddHours(500_000 + index * 7)).ToList();
        Assert.Equal(moments.Select(schedule.Next), moments.AsParallel().AsOrdered().WithDegreeOfParallelism(4).Select(schedule.Next));
    }

    [Theory]
    [InlineData("15 2 * * *", "15 2 * * *")]
    [InlineData("*/15 8-18 1,15 */2 *", "*/15 8-18 1,15 */2 *")]
    [InlineData("5/25 */1 * * *", "5,30,55 0-23 * * *")]
    [InlineData("*/100 22/2 * * *", "0 22 * * *")]
    [InlineData("0 0 * JAN-APR/2,dec MON-FRI", "0 0 * 1,3,12 1-5")]
    [InlineData("0 0 * * 7", "0 0 * * 0")]
    [InlineData("0 0 * * 5-7", "0 0 * * 0,5-6")]
    [InlineData("0 0 * * sat-sun", "0 0 * * 0,6")]
    [InlineData("0 0 13 * FRI", "0 0 13 * 5")]
    [InlineData("0 0 13 * *,5", "0 0 * * *")]
    [InlineData("0 0 */1 * 5", "0 0 * * *")]
    [InlineData("0 0 1-31 * *", "0 0 1-31 * *")]
    [InlineData("\t0  0 1 */6 * ", "0 0 1 */6 *")]
    public void A_portable_schedule_fires_as_the_one_it_was_made_of(string cron, string portable)
    {
        Assert.Equal(portable, Parse(cron, "UTC").Portable);
        Assert.Equal(Firings(cron, "UTC", "2026-01-01T00:00:00Z", 50), Firings(portable, "UTC", "2026-01-01T00:00:00Z", 50));
    }

    private static CronSchedule Parse(string cron, string timeZone)
    {
        var schedule = CronSchedule.Parse(cron, timeZone, out var problem);
        Assert.Null(problem);
        return schedule!;
    }

    private static IEnumerable<string> Told(string cron, string timeZone, string after, int count) =>
        Firings(cron, timeZone, after, count).Select(firing => firing.ToString("dd HH:mmzz", CultureInfo.InvariantCulture));

    private static List<DateTimeOffset> Firings(string cron, string timeZone, string after, int count)
    {
        var firings = new List<DateTimeOffset> { DateTimeOffset.Parse(after, CultureInfo.InvariantCulture) };
        var schedule = Parse(cron, timeZone);
        while (firings.Count <= count)
        {
            firings.Add(schedule.Next(firings[^1])!.Value);
        }
        return firings[1..];
    }
}
