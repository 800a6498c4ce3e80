namespace Discovery.Catalog.Pages.Pictures;

/// <summary>A picture of boxes with lines between them, ready to be written as SVG. All lengths are pixels.</summary>
/// <param name="Width">Its width.</param>
/// <param name="Height">Its height.</param>
/// <param name="Boxes">The boxes, in reading order.</param>
/// <param name="Lines">The lines.</param>
/// <param name="PointsLeft">Whether lines point to the box at their left end instead of the one at their right.</param>
public sealed record Picture(double Width, double Height, IReadOnlyList<PictureBox> Boxes, IReadOnlyList<PictureLine> Lines, bool PointsLeft = false);

/// <summary>A box of a picture, which is a link.</summary>
/// <param name="X">Its left side.</param>
/// <param name="Y">Its upper side.</param>
/// <param name="Width">Its width.</param>
/// <param name="Height">Its height.</param>
/// <param name="Address">Where it leads.</param>
/// <param name="Title">What is written at its top, cut to fit.</param>
/// <param name="Description">All that it says, for those who hear it and on hovering.</param>
/// <param name="Rows">What is written below the title.</param>
/// <param name="IsStart">Whether the picture is about it.</param>
public sealed record PictureBox(
    double X, double Y, double Width, double Height, string Address, string Title, string Description, IReadOnlyList<PictureRow> Rows, bool IsStart);

/// <summary>A row in a box.</summary>
/// <param name="Text">What it says, cut to fit.</param>
/// <param name="Mark">A mark at its right side, such as <c>PK</c>; may be empty.</param>
public sealed record PictureRow(string Text, string Mark);

/// <summary>A line from one box to another.</summary>
/// <param name="Path">The path of SVG.</param>
/// <param name="Description">What it means.</param>
public sealed record PictureLine(string Path, string Description);
