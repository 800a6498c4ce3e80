namespace MySqlConnector.Native;

/// <summary>Rows copied out of the library's network buffer in one visit to the native thread; their cells are decoded where they are asked for.</summary>
internal sealed class RowBatch(int columns)
{
    private const int BytesPerCell = 8;

    private byte[] bytes = new byte[16 * 1024];
    private (int Start, int Length)[] cells = new (int, int)[64 * columns];
    private int used;

    /// <summary>How many rows the batch holds.</summary>
    internal int RowCount { get; private set; }

    /// <summary>Memory that the rows need, in bytes.</summary>
    internal int ByteCount => used + (RowCount * columns * BytesPerCell);

    /// <summary>No row of the result follows those of the batch.</summary>
    internal bool IsLast { get; set; }

    internal void Clear() => (RowCount, used, IsLast) = (0, 0, false);

    internal unsafe void Add(byte** row, nuint* lengths)
    {
        var first = RowCount * columns;
        if (first + columns > cells.Length)
        {
            Array.Resize(ref cells, Math.Max(first + columns, cells.Length * 2));
        }

        for (var column = 0; column < columns; column++)
        {
            if (row[column] is null)
            {
                cells[first + column] = (0, -1);
                continue;
            }

            var length = checked((int)lengths[column]);
            if (used + length > bytes.Length)
            {
                Array.Resize(ref bytes, Math.Max(checked(used + length), bytes.Length * 2));
            }

            new ReadOnlySpan<byte>(row[column], length).CopyTo(bytes.AsSpan(used));
            cells[first + column] = (used, length);
            used += length;
        }

        RowCount++;
    }

    internal bool IsNull(int row, int column) => cells[(row * columns) + column].Length < 0;

    internal ReadOnlySpan<byte> Cell(int row, int column)
    {
        var (start, length) = cells[(row * columns) + column];
        return bytes.AsSpan(start, length);
    }
}
