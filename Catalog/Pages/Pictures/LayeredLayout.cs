namespace Discovery.Catalog.Pages.Pictures;

/// <summary>
/// Lays out boxes in columns from left to right, with edges between them. The same input always gives the same picture.
/// </summary>
/// <remarks>
/// As Sugiyama's method does: an edge across several columns gets a place of its own in each column between; boxes are put in the order
/// that their neighbours suggest, sweeping to and fro; then each box moves as near to the middle of its neighbours as the others let it.
/// </remarks>
internal sealed class LayeredLayout
{
    private const int Sweeps = 6;
    private const double LaneHeight = 10;
    private readonly LayoutSize _size;
    private readonly List<Place> _places = [];
    private readonly List<List<Place>> _columns = [];

    private LayeredLayout(LayoutSize size) => _size = size;

    /// <summary>Finds the places.</summary>
    /// <param name="boxes">Boxes, in the order that decides where nothing else does.</param>
    /// <param name="edges">Pairs of indexes of boxes; an edge that does not lead to the right is drawn, and has no say.</param>
    /// <param name="size">Sizes in pixels.</param>
    public static LayoutResult Of(IReadOnlyList<LayoutBox> boxes, IReadOnlyList<(int From, int To)> edges, LayoutSize size)
    {
        var layout = new LayeredLayout(size);
        foreach (var box in boxes)
        {
            layout.Add(box.Column, box.Height);
        }
        var lanes = edges.Select(edge => layout.Connect(edge.From, edge.To)).ToList();
        layout.Order();
        layout.Settle();
        return layout.Result(boxes.Count, lanes);
    }

    private Place Add(int column, double height)
    {
        while (_columns.Count <= column)
        {
            _columns.Add([]);
        }
        var place = new Place(column, height);
        _columns[column].Add(place);
        _places.Add(place);
        return place;
    }

    /// <summary>The places that an edge passes between its ends.</summary>
    private List<Place> Connect(int from, int to)
    {
        var lane = new List<Place>();
        var (last, target) = (_places[from], _places[to]);
        if (last.Column >= target.Column)
        {
            return lane;
        }
        for (var column = last.Column + 1; column < target.Column; column++)
        {
            var next = Add(column, LaneHeight);
            Link(last, next);
            lane.Add(next);
            last = next;
        }
        Link(last, target);
        return lane;

        static void Link(Place left, Place right)
        {
            left.Right.Add(right);
            right.Left.Add(left);
        }
    }

    private void Order()
    {
        _columns.ForEach(Rank);
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            var toRight = sweep % 2 == 0;
            for (var i = 1; i < _columns.Count; i++)
            {
                var column = toRight ? i : _columns.Count - 1 - i;
                Wish(_columns[column], toRight, place => place.Rank);
                _columns[column] = [.. _columns[column].OrderBy(place => place.Wish)];
                Rank(_columns[column]);
            }
        }
    }

    /// <summary>Ranks are parts of a column, so that those of columns of different length compare.</summary>
    private static void Rank(List<Place> column)
    {
        for (var i = 0; i < column.Count; i++)
        {
            column[i].Rank = (i + 0.5) / column.Count;
        }
    }

    /// <summary>Each place wishes to be at the mean of its neighbours on one side.</summary>
    private static void Wish(List<Place> column, bool toRight, Func<Place, double> where)
    {
        foreach (var place in column)
        {
            var neighbours = toRight ? place.Left : place.Right;
            place.Wish = neighbours.Count == 0 ? where(place) : neighbours.Average(where);
        }
    }

    private void Settle()
    {
        foreach (var column in _columns)
        {
            var total = column.Sum(place => place.Height) + Math.Max(0, column.Count - 1) * _size.RowGap;
            var y = -total / 2;
            foreach (var place in column)
            {
                place.Centre = y + place.Height / 2;
                y += place.Height + _size.RowGap;
            }
        }
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            var toRight = sweep % 2 == 0;
            for (var i = 1; i < _columns.Count; i++)
            {
                var column = _columns[toRight ? i : _columns.Count - 1 - i];
                Wish(column, toRight, place => place.Centre);
                MoveToWishes(column);
            }
        }
    }

    /// <summary>
    /// Moves the places of a column so that the squares of what separates them from their wishes are least in sum, while their order and
    /// gaps stay: neighbours that would overlap move as one block, to the mean of their wishes.
    /// </summary>
    private void MoveToWishes(List<Place> column)
    {
        var blocks = new Stack<(double Mean, int Count)>();
        var offsets = new double[column.Count];
        for (var i = 0; i < column.Count; i++)
        {
            offsets[i] = i == 0 ? 0 : offsets[i - 1] + (column[i - 1].Height + column[i].Height) / 2 + _size.RowGap;
            var block = (Mean: column[i].Wish - offsets[i], Count: 1);
            while (blocks.TryPeek(out var above) && above.Mean > block.Mean)
            {
                blocks.Pop();
                block = ((above.Mean * above.Count + block.Mean * block.Count) / (above.Count + block.Count), above.Count + block.Count);
            }
            blocks.Push(block);
        }
        var at = column.Count;
        while (blocks.TryPop(out var block))
        {
            for (var left = block.Count; left > 0; left--)
            {
                at--;
                column[at].Centre = block.Mean + offsets[at];
            }
        }
    }

    private LayoutResult Result(int boxes, List<List<Place>> lanes)
    {
        var top = _places.Count == 0 ? 0 : _places.Min(place => place.Centre - place.Height / 2);
        var bottom = _places.Count == 0 ? 0 : _places.Max(place => place.Centre + place.Height / 2);
        return new LayoutResult(
            2 * _size.Margin + _columns.Count * _size.BoxWidth + Math.Max(0, _columns.Count - 1) * _size.ColumnGap,
            2 * _size.Margin + bottom - top,
            [.. _places.Take(boxes).Select(place => new Point(X(place), place.Centre - place.Height / 2 - top + _size.Margin))],
            [.. lanes.Select(lane => lane.Select(place => new Point(X(place), place.Centre - top + _size.Margin)).ToList())]);
    }

    private double X(Place place) => _size.Margin + place.Column * (_size.BoxWidth + _size.ColumnGap);

    private sealed class Place(int column, double height)
    {
        public int Column { get; } = column;

        public double Height { get; } = height;

        public List<Place> Left { get; } = [];

        public List<Place> Right { get; } = [];

        public double Rank { get; set; }

        public double Wish { get; set; }

        public double Centre { get; set; }
    }
}

/// <summary>A box to be placed.</summary>
/// <param name="Column">Its column, from 0 at the left.</param>
/// <param name="Height">In pixels.</param>
internal readonly record struct LayoutBox(int Column, double Height);

/// <summary>Sizes of a picture in pixels.</summary>
internal sealed record LayoutSize(double BoxWidth, double ColumnGap, double RowGap, double Margin);

/// <summary>A point of a picture, in pixels from its left upper corner.</summary>
internal readonly record struct Point(double X, double Y);

/// <summary>Where everything is.</summary>
/// <param name="Width">Of the picture.</param>
/// <param name="Height">Of the picture.</param>
/// <param name="Boxes">The left upper corner of each box.</param>
/// <param name="Lanes">For each edge, the left ends of the lanes that it passes in the columns between; each lane is as wide as a box.</param>
internal sealed record LayoutResult(double Width, double Height, IReadOnlyList<Point> Boxes, IReadOnlyList<IReadOnlyList<Point>> Lanes);
