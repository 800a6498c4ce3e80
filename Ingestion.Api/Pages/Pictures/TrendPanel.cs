using System.Globalization;

namespace Discovery.Ingestion.Api.Pages.Pictures;

/// <summary>A panel of the trend: an axis from zero to a round number above all values. Lengths are pixels.</summary>
internal sealed class TrendPanel
{
    private const int Steps = 4;

    private readonly double _height;
    private readonly double _most;

    /// <param name="title">What is measured, with its unit.</param>
    /// <param name="top">Where it begins.</param>
    /// <param name="height">From zero to the end of its axis.</param>
    /// <param name="largest">The largest value.</param>
    public TrendPanel(string title, double top, double height, double largest)
    {
        (Title, Top, _height) = (title, top, height);
        var step = RoundUp(largest / Steps);
        _most = Math.Max(1, Math.Ceiling(largest / step)) * step;
        Ticks = [.. Enumerable.Range(0, (int)Math.Round(_most / step) + 1).Select(index => (Y(index * step), (index * step).ToString(step < 1 ? "0.###" : "N0", CultureInfo.InvariantCulture)))];
    }

    public string Title { get; }

    public double Top { get; }

    public double Bottom => Top + _height;

    /// <summary>Values of the axis and where they stand.</summary>
    public IReadOnlyList<(double Y, string Label)> Ticks { get; }

    public double Y(double value) => Bottom - (value / _most * _height);

    // 1, 2 or 5 of a power of ten.
    private static double RoundUp(double step)
    {
        if (step <= 0)
        {
            return 1;
        }
        var power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return (step / power) switch
        {
            <= 1 => 1,
            <= 2 => 2,
            <= 5 => 5,
            _ => 10,
        } * power;
    }
}
