using Discovery.Catalog.Pages.Views;

namespace Discovery.Catalog.Pages.Pictures;

/// <summary>Draws tables with their keys, and lines from foreign keys to what they refer to.</summary>
internal static class DiagramPicture
{
    /// <summary>Most columns that are written in a table.</summary>
    public const int MostRows = 12;

    /// <summary>Draws tables; foreign keys to tables that are not among them have no line.</summary>
    public static Picture Of(IReadOnlyList<DiagramTable> tables)
    {
        var indexes = tables.Index().ToDictionary(item => item.Item.Urn, item => item.Index, StringComparer.Ordinal);
        var keys = (from table in tables
                    from key in table.ForeignKeys
                    where indexes.ContainsKey(key.Dataset)
                    select (From: indexes[table.Urn], To: indexes[key.Dataset], Key: key)).ToList();
        var columns = Columns(tables.Count, [.. keys.Select(key => (key.From, key.To))]);
        var rows = tables.Select(RowsOf).ToList();
        // What is referred to stands at the left, and what refers to it at the right.
        var layout = LayeredLayout.Of(
            [.. tables.Select((_, index) => new LayoutBox(columns[index], BoxSize.HeightOf(rows[index].Count)))],
            [.. keys.Select(key => (key.To, key.From))],
            BoxSize.Layout);

        return new Picture(layout.Width, layout.Height, [.. tables.Select(Box)], [.. keys.Select(Line)], PointsLeft: true);

        PictureBox Box(DiagramTable table, int index) => new(
            layout.Boxes[index].X, layout.Boxes[index].Y, BoxSize.Width, BoxSize.HeightOf(rows[index].Count), table.Address,
            ShortText.CutToWidth(table.Name, BoxSize.TitleColumns), $"{table.Name}: {string.Join(", ", rows[index].Select(row => $"{row.Full} {row.Mark}".TrimEnd()))}",
            [.. rows[index].Select(row => new PictureRow(ShortText.CutToWidth(row.Full, BoxSize.RowColumns), row.Mark))], IsStart: false);

        PictureLine Line((int From, int To, ForeignKeyView Key) key, int index)
        {
            var start = new Point(layout.Boxes[key.To].X + BoxSize.Width, layout.Boxes[key.To].Y + MiddleOf(key.To, key.Key.ForeignColumns));
            var end = layout.Boxes[key.From] with { Y = layout.Boxes[key.From].Y + MiddleOf(key.From, key.Key.Columns) };
            var path = key.From == key.To
                ? EdgePath.Loop(start, end with { X = start.X })
                : EdgePath.Between(start, layout.Lanes[index], BoxSize.Width, end);
            return new PictureLine(path, $"{tables[key.From].Name} ({string.Join(", ", key.Key.Columns)}) refers to {tables[key.To].Name} ({string.Join(", ", key.Key.ForeignColumns)})");
        }

        double MiddleOf(int table, IReadOnlyList<string> path)
        {
            var row = path.Count == 0 ? -1 : rows[table].FindIndex(row => row.Full == path[0]);
            return row < 0 ? BoxSize.TitleHeight / 2 : BoxSize.MiddleOf(row);
        }
    }

    private static List<(string Full, string Mark)> RowsOf(DiagramTable table)
    {
        var foreign = table.ForeignKeys.SelectMany(key => key.Columns).ToHashSet(StringComparer.Ordinal);
        var keys = table.Fields
            .Select(field => (Full: field.Place.ToString(), Mark: (field.IsKey, foreign.Contains(field.Place.ToString())) switch
            {
                (true, true) => "PK FK",
                (true, false) => "PK",
                (false, true) => "FK",
                _ => "",
            }))
            .Where(row => row.Mark.Length > 0)
            .Take(MostRows)
            .ToList();
        var rest = table.Fields.Count - keys.Count;
        if (rest > 0)
        {
            keys.Add((rest == 1 ? "1 more column" : $"{rest} more columns", ""));
        }
        return keys;
    }

    /// <summary>
    /// The column of each table: one further to the right than all that it refers to. References that close a circle do not count;
    /// which they are is decided by the order of the tables.
    /// </summary>
    private static int[] Columns(int count, List<(int From, int To)> references)
    {
        var targets = references.ToLookup(reference => reference.From, reference => reference.To);
        var columns = new int[count];
        var state = new Visit[count];
        for (var root = 0; root < count; root++)
        {
            // Depth first with a stack of its own: chains of references may be as long as the diagram allows.
            var open = new Stack<int>([root]);
            while (open.TryPeek(out var table))
            {
                if (state[table] == Visit.New)
                {
                    state[table] = Visit.Open;
                    foreach (var target in targets[table].Where(target => state[target] == Visit.New))
                    {
                        open.Push(target);
                    }
                    continue;
                }
                open.Pop();
                if (state[table] == Visit.Open)
                {
                    state[table] = Visit.Done;
                    columns[table] = targets[table].Where(target => state[target] == Visit.Done && target != table).Select(target => columns[target] + 1).DefaultIfEmpty().Max();
                }
            }
        }
        return columns;
    }

    private enum Visit
    {
        New,
        Open,
        Done,
    }
}

/// <summary>A table of a diagram.</summary>
/// <param name="Urn">The dataset.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Address">Where its box leads.</param>
/// <param name="Fields">Its columns.</param>
/// <param name="ForeignKeys">Its foreign keys.</param>
internal sealed record DiagramTable(string Urn, string Name, string Address, IReadOnlyList<FieldView> Fields, IReadOnlyList<ForeignKeyView> ForeignKeys);
