using System.Globalization;
using System.Text;

namespace Discovery.Catalog.Pages.Pictures;

/// <summary>Draws edges as paths of SVG.</summary>
internal static class EdgePath
{
    /// <summary>A number as SVG writes it, with one decimal.</summary>
    public static string Number(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>A smooth line from the right side of one box to the left side of another, through the lanes between.</summary>
    /// <param name="start">On the right side of the first box.</param>
    /// <param name="lanes">The left ends of the lanes.</param>
    /// <param name="laneWidth">How long each lane is.</param>
    /// <param name="end">On the left side of the second box.</param>
    public static string Between(Point start, IReadOnlyList<Point> lanes, double laneWidth, Point end)
    {
        var path = new StringBuilder($"M{Number(start.X)} {Number(start.Y)}");
        var at = start;
        foreach (var lane in lanes)
        {
            Curve(path, at, lane);
            at = lane with { X = lane.X + laneWidth };
            path.Append(CultureInfo.InvariantCulture, $"L{Number(at.X)} {Number(at.Y)}");
        }
        Curve(path, at, end);
        return path.ToString();
    }

    /// <summary>A loop at the right side of a box.</summary>
    public static string Loop(Point start, Point end) =>
        $"M{Number(start.X)} {Number(start.Y)}C{Number(start.X + 28)} {Number(start.Y)} {Number(end.X + 28)} {Number(end.Y)} {Number(end.X)} {Number(end.Y)}";

    private static void Curve(StringBuilder path, Point from, Point to)
    {
        var bend = Math.Max(24, Math.Abs(to.X - from.X) / 2);
        path.Append(CultureInfo.InvariantCulture, $"C{Number(from.X + bend)} {Number(from.Y)} {Number(to.X - bend)} {Number(to.Y)} {Number(to.X)} {Number(to.Y)}");
    }
}
