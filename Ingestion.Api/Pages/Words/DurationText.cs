using System.Globalization;

namespace Discovery.Ingestion.Api.Pages.Words;

/// <summary>Durations for people: <c>3.4 s</c>, <c>42 s</c>, <c>3 min 05 s</c>, <c>1 h 02 min</c>, <c>2 d 03 h</c>. The script of the page of a run writes the same.</summary>
internal static class DurationText
{
    public static string Of(TimeSpan duration)
    {
        var seconds = Math.Max(0, duration.TotalSeconds);
        return seconds switch
        {
            < 9.95 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s"),
            < 59.5 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s"),
            < 3599.5 => Two((long)Math.Round(seconds), 60, "min", "s"),
            < 86370 => Two((long)Math.Round(seconds / 60), 60, "h", "min"),
            _ => Two((long)Math.Round(seconds / 3600), 24, "d", "h"),
        };
    }

    private static string Two(long count, long size, string large, string small) =>
        string.Create(CultureInfo.InvariantCulture, $"{count / size:N0} {large} {count % size:00} {small}");
}
