using System.Collections;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using MySqlConnector.Native;

namespace MySqlConnector;

/// <summary>Reads the rows of a statement, forward only, while the server sends them.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "The name is that of the real package.")]
[SuppressMessage("Design", "CA1010", Justification = "The base class is a collection of records.")]
public sealed partial class MySqlDataReader : DbDataReader
{
    private readonly MySqlConnection connection;
    private readonly Session session;
    private readonly CommandBehavior behavior;
    private readonly int timeout;
    private Column[] columns;
    private RowBatch batch;
    private int row = -1;
    private bool closed;

    internal MySqlDataReader(MySqlConnection connection, Session session, Column[] columns, CommandBehavior behavior, int timeout)
    {
        (this.connection, this.session, this.behavior, this.timeout) = (connection, session, behavior, timeout);
        RecordsAffected = session.AffectedRows;
        session.ActiveReader = this;
        Use(columns);
    }

    /// <summary>Always 0.</summary>
    public override int Depth => 0;

    /// <summary>How many columns a row has.</summary>
    public override int FieldCount => columns.Length;

    /// <summary>Whether the result has rows; waits for the first one.</summary>
    public override bool HasRows
    {
        get
        {
            if (row < 0 && batch.RowCount == 0 && !batch.IsLast)
            {
                session.FetchAsync(batch, timeout, CancellationToken.None).GetAwaiter().GetResult();
            }

            return row >= 0 || batch.RowCount > 0;
        }
    }

    /// <summary>Whether the reader was closed.</summary>
    public override bool IsClosed => closed;

    /// <summary>Rows changed by the statement; -1 for one that returns rows.</summary>
    public override int RecordsAffected { get; }

    /// <summary>Goes to the next row; ends at once while rows are at hand.</summary>
    /// <returns>False after the last row.</returns>
    /// <exception cref="MySqlException">The server ends the statement with an error, is lost, or sends nothing until the time-out passes.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public override Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(closed, this);
        return row + 1 < batch.RowCount && !cancellationToken.IsCancellationRequested
            ? Task.FromResult(++row >= 0)
            : ReadBatchAsync(cancellationToken);
    }

    /// <inheritdoc cref="ReadAsync"/>
    public override bool Read() => ReadAsync(CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>Goes to the next result, past what is left of this one.</summary>
    /// <returns>False where there is none.</returns>
    /// <inheritdoc cref="ReadAsync"/>
    public override async Task<bool> NextResultAsync(CancellationToken cancellationToken)
    {
        var next = await session.NextResultAsync(timeout, cancellationToken).ConfigureAwait(false);
        Use(next ?? []);
        return next is not null;
    }

    /// <inheritdoc cref="NextResultAsync"/>
    public override bool NextResult() => NextResultAsync(CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>Reads what is left of all results, so that the connection can run the next statement.</summary>
    public override async Task CloseAsync()
    {
        if (closed)
        {
            return;
        }

        closed = true;
        try
        {
            while (await session.NextResultAsync(0, CancellationToken.None).ConfigureAwait(false) is not null)
            {
            }
        }
        catch (Exception e) when (e is MySqlException or OperationCanceledException)
        {
            // Nobody waits for these rows any more; a lost connection shows in its state.
        }

        session.ActiveReader = null;
        if (behavior.HasFlag(CommandBehavior.CloseConnection))
        {
            await connection.CloseAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc cref="CloseAsync"/>
    public override void Close() => CloseAsync().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Goes through the rows.</summary>
    public override IEnumerator GetEnumerator() => new DbEnumerator(this, closeReader: false);

    internal async Task ReadToEndAsync(CancellationToken cancellationToken)
    {
        do
        {
            while (await ReadAsync(cancellationToken).ConfigureAwait(false))
            {
            }
        }
        while (await NextResultAsync(cancellationToken).ConfigureAwait(false));
    }

    private async Task<bool> ReadBatchAsync(CancellationToken cancellationToken)
    {
        if (batch.IsLast && row + 1 >= batch.RowCount)
        {
            row = batch.RowCount;
            return false;
        }

        row = -1;
        await session.FetchAsync(batch, timeout, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        row = 0;
        return batch.RowCount > 0;
    }

    [MemberNotNull(nameof(columns), nameof(batch))]
    private void Use(Column[] next)
    {
        columns = next;
        batch = new RowBatch(next.Length) { IsLast = next.Length == 0 };
        row = -1;
    }
}
