using System.Globalization;

namespace Discovery.Ingestion.Recipes;

/// <summary>One of the five fields of a cron schedule.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="First">Smallest value.</param>
/// <param name="Last">Largest value.</param>
/// <param name="Names">Names that stand for values, the first for <paramref name="First"/>; empty where there are none.</param>
internal sealed record CronField(string Name, int First, int Last, params string[] Names)
{
    public static CronField Minute { get; } = new("minute", 0, 59);

    public static CronField Hour { get; } = new("hour", 0, 23);

    public static CronField DayOfMonth { get; } = new("day of the month", 1, 31);

    public static CronField Month { get; } = new("month", 1, 12, "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");

    /// <summary>0 and 7 are Sunday; a range that ends on it ends on 7.</summary>
    public static CronField DayOfWeek { get; } = new("day of the week", 0, 7, "SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    /// <summary>The values that a field stands for: <c>*</c>, <c>5</c>, <c>1-5</c>, <c>*/15</c>, <c>10-40/10</c>, <c>5/10</c> (from 5 on), <c>MON-FRI</c>, and lists of those.</summary>
    /// <exception cref="FormatException">It is none of that; the message says what is wrong.</exception>
    public SortedSet<int> Read(string text)
    {
        var values = new SortedSet<int>();
        foreach (var item in text.Split(','))
        {
            var slash = item.IndexOf('/', StringComparison.Ordinal);
            var range = slash < 0 ? item : item[..slash];
            var step = slash < 0 ? 1 : Number(item[(slash + 1)..]) is int given and > 0 ? given : throw Fault(item, "the step after '/' is a whole number from 1 on");
            var (from, to) = ReadRange(range, item, isStepped: slash >= 0);
            for (var value = from; value <= to; value += Math.Min(step, Last + 1))
            {
                values.Add(value);
            }
        }
        return values;
    }

    /// <summary>Whether a field stands for all its values.</summary>
    public bool IsAll(string text) => Values(text).Count == Values("*").Count;

    /// <summary>
    /// The field as each program reads it alike: a star, a list of numbers or steps from a star as they are; else its values, such as <c>1-5,30</c>.
    /// </summary>
    public string Portable(string text)
    {
        var values = Values(text);
        var isPlain = text == "*"
            || (text.StartsWith("*/", StringComparison.Ordinal) && !text.Contains(',', StringComparison.Ordinal) && values.Count > 1 && !IsAll(text))
            || (text.All(character => char.IsAsciiDigit(character) || character == ',') && !(this == DayOfWeek && text.Contains('7', StringComparison.Ordinal)));
        return isPlain ? text : string.Join(',', Ranges(values));
    }

    private static IEnumerable<string> Ranges(SortedSet<int> values)
    {
        foreach (var first in values.Where(value => !values.Contains(value - 1)))
        {
            var last = first;
            while (values.Contains(last + 1))
            {
                last++;
            }
            yield return first == last ? first.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{first}-{last}");
        }
    }

    // Sunday once.
    private SortedSet<int> Values(string text) => this == DayOfWeek ? [.. Read(text).Select(day => day % 7)] : Read(text);

    private (int From, int To) ReadRange(string range, string item, bool isStepped)
    {
        if (range == "*")
        {
            return (First, Names is ["SUN", ..] ? Last - 1 : Last);
        }
        var dash = range.IndexOf('-', StringComparison.Ordinal);
        var from = Value(dash < 0 ? range : range[..dash], item);
        var to = dash >= 0 ? Value(range[(dash + 1)..], item) : isStepped ? Last : from;
        // SAT-SUN, FRI-0.
        to = to < from && to == 0 && Last == 7 ? 7 : to;
        return from <= to ? (from, to) : throw Fault(item, "a range ends before it begins; write it as two, with a comma");
    }

    private int Value(string text, string item)
    {
        var named = Array.FindIndex(Names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        var value = named >= 0 ? named + First : Number(text);
        return value >= First && value <= Last ? value.Value : throw Fault(item, $"{First} to {Last}{(Names.Length > 0 ? $" or {Names[0]} to {Names[^1]}" : "")} are known");
    }

    // Neither signs nor the digits of other scripts.
    private static int? Number(string text) =>
        text.Length is > 0 and < 9 && text.All(char.IsAsciiDigit) ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private FormatException Fault(string item, string reason) => new($"the {Name} '{item}' is not one: {reason}");
}
