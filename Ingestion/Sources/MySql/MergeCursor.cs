namespace Discovery.Ingestion.Sources.MySql;

/// <summary>A spool with one row of look-ahead, moved along in step with another one by schema and table.</summary>
/// <remarks>Cells 0 and 1 of the rows are schema and table; the rows are ordered by the bytes of both.</remarks>
internal sealed class MergeCursor(RowSpool rows)
{
    private bool _hasRow;
    private bool _ended;

    /// <summary>The current row, after a move that found one.</summary>
    public RowSpool Row => rows;

    /// <summary>Skips rows of earlier names; true when the current row is of this table.</summary>
    public async ValueTask<bool> MoveToAsync(byte[] schema, byte[] table, CancellationToken cancellationToken)
    {
        while (await FillAsync(cancellationToken))
        {
            var order = rows[0].SequenceCompareTo(schema);
            order = order != 0 ? order : rows[1].SequenceCompareTo(table);
            if (order >= 0)
            {
                return order == 0;
            }
            _hasRow = false;
        }
        return false;
    }

    /// <summary>Skips rows of earlier schemas; true when the current row is of this schema.</summary>
    public async ValueTask<bool> MoveToAsync(byte[] schema, CancellationToken cancellationToken)
    {
        while (await FillAsync(cancellationToken))
        {
            var order = rows[0].SequenceCompareTo(schema);
            if (order >= 0)
            {
                return order == 0;
            }
            _hasRow = false;
        }
        return false;
    }

    /// <summary>The current row is done with.</summary>
    public void Next() => _hasRow = false;

    private ValueTask<bool> FillAsync(CancellationToken cancellationToken) => _hasRow ? new(true) : _ended ? new(false) : ReadAsync(cancellationToken);

    private async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        _hasRow = await rows.ReadAsync(cancellationToken);
        _ended = !_hasRow;
        return _hasRow;
    }
}
