using System.Globalization;

namespace Discovery.Ingestion.Control;

/// <summary>Durations as people write them: <c>90d</c>, <c>12h</c>, <c>30m</c>, <c>60s</c>.</summary>
public static class Duration
{
    private static readonly (char Unit, TimeSpan Length)[] Units =
        [('d', TimeSpan.FromDays(1)), ('h', TimeSpan.FromHours(1)), ('m', TimeSpan.FromMinutes(1)), ('s', TimeSpan.FromSeconds(1))];

    /// <summary>Reads one; null where it is none, or not above zero, or longer than a hundred years.</summary>
    public static TimeSpan? Parse(string text)
    {
        if (text.Length < 2 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count == 0)
        {
            return null;
        }
        var length = Units.FirstOrDefault(unit => unit.Unit == text[^1]).Length;
        return length > TimeSpan.Zero && length.TotalDays * count <= 36_500 ? length * count : null;
    }

    /// <summary>For messages, in the largest unit of which it has several: <c>12 h</c>, <c>60 s</c>.</summary>
    public static string Write(TimeSpan duration)
    {
        var (unit, length) = Units.FirstOrDefault(unit => duration > unit.Length && duration.Ticks % unit.Length.Ticks == 0, Units[^1]);
        return string.Create(CultureInfo.InvariantCulture, $"{duration / length:0.###} {(unit == 'm' ? "min" : unit)}");
    }
}
