using Discovery.Catalog.Pages.Pictures;

namespace Discovery.Catalog.Tests.Pages;

public sealed class LayeredLayoutTests
{
    private static readonly LayoutSize Size = new(BoxWidth: 100, ColumnGap: 50, RowGap: 10, Margin: 5);

    [Fact]
    public void Nothing_is_a_picture_too() => Assert.Empty(LayeredLayout.Of([], [], Size).Boxes);

    [Fact]
    public void A_chain_is_a_straight_line()
    {
        var result = LayeredLayout.Of([new(0, 40), new(1, 40), new(2, 40)], [(0, 1), (1, 2)], Size);
        Assert.Equal([new Point(5, 5), new Point(155, 5), new Point(305, 5)], result.Boxes);
        Assert.Equal((410, 50), (result.Width, result.Height));
    }

    [Fact]
    public void Boxes_swap_where_lines_would_cross()
    {
        var result = LayeredLayout.Of([new(0, 20), new(0, 20), new(1, 20), new(1, 20)], [(0, 3), (1, 2)], Size);
        Assert.True((result.Boxes[0].Y < result.Boxes[1].Y) == (result.Boxes[3].Y < result.Boxes[2].Y));
    }

    [Fact]
    public void A_line_across_columns_gets_a_lane_that_no_box_covers()
    {
        var result = LayeredLayout.Of([new(0, 40), new(1, 40), new(2, 40)], [(0, 1), (1, 2), (0, 2)], Size);
        var lane = Assert.Single(result.Lanes[2]);
        Assert.False(lane.Y > result.Boxes[1].Y && lane.Y < result.Boxes[1].Y + 40);
    }

    [Fact]
    public void Lines_to_the_left_and_to_itself_are_allowed()
    {
        var result = LayeredLayout.Of([new(0, 40), new(1, 40)], [(1, 0), (0, 0), (0, 1)], Size);
        Assert.Equal(2, result.Boxes.Count);
        Assert.Empty(result.Lanes[0]);
    }

    [Fact]
    public void Boxes_never_overlap_stay_inside_and_come_out_the_same_each_time()
    {
        var random = new Random(7);
        for (var round = 0; round < 100; round++)
        {
            var boxes = Enumerable.Range(0, random.Next(1, 60)).Select(_ => new LayoutBox(random.Next(7), random.Next(20, 200))).ToList();
            var edges = Enumerable.Range(0, random.Next(0, 120)).Select(_ => (random.Next(boxes.Count), random.Next(boxes.Count))).ToList();
            var result = LayeredLayout.Of(boxes, edges, Size);
            Assert.Equal(result.Boxes, LayeredLayout.Of(boxes, edges, Size).Boxes);
            foreach (var column in Enumerable.Range(0, boxes.Count).GroupBy(box => boxes[box].Column))
            {
                var sorted = column.OrderBy(box => result.Boxes[box].Y).ToList();
                foreach (var (above, below) in sorted.Zip(sorted.Skip(1)))
                {
                    Assert.True(result.Boxes[above].Y + boxes[above].Height + Size.RowGap <= result.Boxes[below].Y + 1e-6);
                }
            }
            Assert.All(boxes.Index(), box => Assert.True(result.Boxes[box.Index].Y >= Size.Margin - 1e-6 && result.Boxes[box.Index].Y + box.Item.Height <= result.Height - Size.Margin + 1e-6));
        }
    }
}
