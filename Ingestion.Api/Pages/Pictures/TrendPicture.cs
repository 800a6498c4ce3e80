using System.Globalization;
using Discovery.Ingestion.Api.Pages.Words;

namespace Discovery.Ingestion.Api.Pages.Pictures;

/// <summary>A run in the trend of its recipe.</summary>
/// <param name="Run">Its id.</param>
/// <param name="Started">When a worker began with it.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Entities">How many it gave out.</param>
public sealed record TrendPoint(string Run, DateTimeOffset Started, TimeSpan Duration, long Entities);

/// <summary>Durations and counts of runs as a picture with one panel above the other. All lengths are pixels.</summary>
internal sealed class TrendPicture
{
    public const double Width = 760;
    public const double Height = 350;
    public const double Left = 84;
    public const double Right = Width - 20;

    private const double PanelHeight = 110;

    public TrendPicture(IReadOnlyList<TrendPoint> points)
    {
        var longest = points.Max(point => point.Duration);
        var (unit, name) = longest.TotalMinutes < 2 ? (TimeSpan.FromSeconds(1), "seconds") : longest.TotalHours < 2 ? (TimeSpan.FromMinutes(1), "minutes") : (TimeSpan.FromHours(1), "hours");
        Durations = new TrendPanel($"Duration in {name}", 40, PanelHeight, points.Max(point => point.Duration / unit));
        Counts = new TrendPanel("Entities", 205, PanelHeight, points.Max(point => (double)point.Entities));
        var slot = (Right - Left) / points.Count;
        BarWidth = Math.Min(28, slot * 0.6);
        Marks =
        [
            .. points.Select((point, index) => new TrendMark(
                Left + (slot * (index + 0.5)), Durations.Y(point.Duration / unit), Counts.Y(point.Entities),
                $"{Day(point.Started)}: {DurationText.Of(point.Duration)}, {RunWords.Count(point.Entities, "entity", "entities")}")),
        ];
        Summary = string.Create(
            CultureInfo.InvariantCulture,
            $"{RunWords.Count(points.Count, "complete run")} from {Day(points[0].Started)} to {Day(points[^1].Started)}. They took from {DurationText.Of(points.Min(point => point.Duration))} to {DurationText.Of(longest)}, "
            + $"and gave out from {points.Min(point => point.Entities):N0} to {points.Max(point => point.Entities):N0} entities.");
        (First, Last) = (Day(points[0].Started), Day(points[^1].Started));
    }

    public TrendPanel Durations { get; }

    public TrendPanel Counts { get; }

    /// <summary>One for each run.</summary>
    public IReadOnlyList<TrendMark> Marks { get; }

    public double BarWidth { get; }

    /// <summary>All that it shows, in words.</summary>
    public string Summary { get; }

    /// <summary>The day of the first run.</summary>
    public string First { get; }

    public string Last { get; }

    /// <summary>A length as SVG has it.</summary>
    public static string Number(double length) => length.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}

/// <summary>A run in the picture.</summary>
/// <param name="X">The middle of its column.</param>
/// <param name="DurationY">The upper end of its duration.</param>
/// <param name="CountY">The height of its count.</param>
/// <param name="Description">What is told of it.</param>
internal sealed record TrendMark(double X, double DurationY, double CountY, string Description);
