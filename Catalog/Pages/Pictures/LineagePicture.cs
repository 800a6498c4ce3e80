using Discovery.Catalog.Pages.Views;

namespace Discovery.Catalog.Pages.Pictures;

/// <summary>Draws lineage from left (upstream) to right (downstream).</summary>
internal static class LineagePicture
{
    /// <summary>Draws a graph.</summary>
    /// <param name="graph">What is shown.</param>
    /// <param name="labelOf">What is written in the box of an entity.</param>
    /// <param name="addressOf">Where the box of an entity leads.</param>
    public static Picture Of(LineageGraph graph, Func<string, BoxLabel> labelOf, Func<string, string> addressOf)
    {
        var leftmost = graph.Columns.Values.Min();
        var labels = graph.Columns.Keys.ToDictionary(urn => urn, labelOf, StringComparer.Ordinal);
        var urns = graph.Columns.Keys
            .OrderBy(urn => graph.Columns[urn])
            .ThenBy(urn => labels[urn].Name, StringComparer.Ordinal).ThenBy(urn => urn, StringComparer.Ordinal)
            .ToList();
        var indexes = urns.Index().ToDictionary(item => item.Item, item => item.Index, StringComparer.Ordinal);
        var height = BoxSize.HeightOf(1);
        var layout = LayeredLayout.Of(
            [.. urns.Select(urn => new LayoutBox(graph.Columns[urn] - leftmost, height))],
            [.. graph.Steps.Select(step => (indexes[step.Upstream], indexes[step.Downstream]))],
            BoxSize.Layout);

        return new Picture(layout.Width, layout.Height, [.. urns.Select(Box)], [.. graph.Steps.Select(Line)]);

        PictureBox Box(string urn, int index)
        {
            var label = labels[urn];
            var place = graph.Columns[urn] switch
            {
                0 => "",
                < 0 and var column => $", {Steps(-column)} upstream",
                var column => $", {Steps(column)} downstream",
            };
            return new PictureBox(
                layout.Boxes[index].X, layout.Boxes[index].Y, BoxSize.Width, height, addressOf(urn),
                ShortText.CutToWidth(label.Name, BoxSize.TitleColumns), $"{label.Name}, {label.Detail}{place}",
                [new PictureRow(ShortText.CutToWidth(label.Detail, BoxSize.RowColumns + 4), "")], urn == graph.Start);
        }

        PictureLine Line((string Upstream, string Downstream) step, int index)
        {
            var from = layout.Boxes[indexes[step.Upstream]];
            var to = layout.Boxes[indexes[step.Downstream]];
            var start = new Point(from.X + BoxSize.Width, from.Y + height / 2);
            var path = step.Upstream == step.Downstream
                ? EdgePath.Loop(start, start with { Y = start.Y + height / 3 })
                : EdgePath.Between(start, layout.Lanes[index], BoxSize.Width, new Point(to.X, to.Y + height / 2));
            return new PictureLine(path, $"{labels[step.Upstream].Name} to {labels[step.Downstream].Name}");
        }
    }

    private static string Steps(int count) => count == 1 ? "1 step" : $"{count} steps";
}

/// <summary>What is written in a box.</summary>
/// <param name="Name">The title.</param>
/// <param name="Detail">The row below.</param>
internal readonly record struct BoxLabel(string Name, string Detail);
