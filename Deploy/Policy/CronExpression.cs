using System.Globalization;

namespace Discovery.Deploy.Policy;

/// <summary>
/// Schedules as Kubernetes reads them (https://pkg.go.dev/github.com/robfig/cron/v3): five fields, or <c>@daily</c> and its like. Unlike in other crons
/// Sunday is 0 alone, and a range does not end before it begins.
/// </summary>
internal static class CronExpression
{
    private static readonly string[] Months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] Days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
    private static readonly int[] DaysOfMonths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

    /// <summary>What is wrong with a schedule; null for nothing.</summary>
    public static string? Fault(string schedule)
    {
        if (schedule.Contains("TZ", StringComparison.Ordinal))
        {
            return "holds a time zone; name it in spec.timeZone";
        }
        if (schedule.StartsWith('@'))
        {
            return schedule is "@yearly" or "@annually" or "@monthly" or "@weekly" or "@daily" or "@midnight" or "@hourly" || schedule.StartsWith("@every ", StringComparison.Ordinal)
                ? null
                : "is no schedule that Kubernetes knows by name; there are @hourly, @daily, @weekly, @monthly and @yearly";
        }
        var fields = schedule.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 5)
        {
            return $"has {fields.Length} fields; five are expected: minute, hour, day of the month, month, day of the week";
        }
        try
        {
            Read("minute", fields[0], 0, 59);
            Read("hour", fields[1], 0, 23);
            var days = Read("day of the month", fields[2], 1, 31);
            var months = Read("month", fields[3], 1, 12, Months);
            Read("day of the week", fields[4], 0, 6, Days);
            return fields[4] is "*" or "?" && !months.Any(month => days.Min <= DaysOfMonths[month - 1]) ? "never fires: no month has such a day" : null;
        }
        catch (FormatException fault)
        {
            return fault.Message;
        }
    }

    private static SortedSet<int> Read(string name, string field, int first, int last, params string[] names)
    {
        var values = new SortedSet<int>();
        foreach (var item in field.Split(','))
        {
            var parts = item.Split('/');
            var ends = parts[0].Split('-');
            var isAll = parts[0] is "*" or "?";
            var from = isAll ? first : Value(ends[0]);
            var to = isAll || (ends.Length == 1 && parts.Length == 2) ? last : ends.Length == 1 ? from : Value(ends[1]);
            var step = parts.Length == 1 ? 1 : Value(parts[1]);
            if (parts.Length > 2 || ends.Length > 2 || from < first || to > last || from > to || step < 1)
            {
                throw Wrong(item);
            }
            for (var value = from; value <= to; value += Math.Min(step, last + 1))
            {
                values.Add(value);
            }

            int Value(string text) =>
                Array.FindIndex(names, known => known.Equals(text, StringComparison.OrdinalIgnoreCase)) is >= 0 and var index ? index + first
                : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
                : throw Wrong(item);
        }
        return values;

        FormatException Wrong(string item) =>
            new($"has '{item}' for the {name}; {first} to {last}{(names.Length > 0 ? $" or {names[0]} to {names[^1]}" : "")} are known, ranges as 1-5, steps as */2, lists with commas");
    }
}
