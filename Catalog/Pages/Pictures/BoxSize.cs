namespace Discovery.Catalog.Pages.Pictures;

/// <summary>Sizes inside a box, in pixels, and how much text fits.</summary>
internal static class BoxSize
{
    public const double Width = 220;
    public const double TitleHeight = 28;
    public const double RowHeight = 20;
    public const double Bottom = 6;
    public const int TitleColumns = 24;
    public const int RowColumns = 24;

    public static LayoutSize Layout { get; } = new(Width, ColumnGap: 80, RowGap: 18, Margin: 24);

    public static double HeightOf(int rows) => TitleHeight + rows * RowHeight + Bottom;

    /// <summary>The middle of a row, from the top of the box.</summary>
    public static double MiddleOf(int row) => TitleHeight + (row + 0.5) * RowHeight;
}
