using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace MySqlConnector;

/// <summary>A statement to run.</summary>
public sealed class MySqlCommand : DbCommand
{
    private int? timeout;

    internal MySqlCommand(MySqlConnection connection)
    {
        Connection = connection;
    }

    /// <summary>The SQL, with <c>@name</c> or <c>?</c> in the place of values.</summary>
    [AllowNull]
    public override string CommandText
    {
        get;
        set => field = value ?? "";
    } = "";

    /// <summary>Longest time to wait for a reply, in seconds, anew for each call; 0 for no limit. That of the connection where not set.</summary>
    public override int CommandTimeout
    {
        get => timeout ?? (int)Math.Min(Connection?.Settings.DefaultCommandTimeout ?? 0, int.MaxValue / 1000);
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            timeout = value;
        }
    }

    /// <summary>Always <see cref="CommandType.Text"/>.</summary>
    /// <exception cref="NotSupportedException">It is set to another type.</exception>
    public override CommandType CommandType
    {
        get => CommandType.Text;
        set
        {
            if (value != CommandType.Text)
            {
                throw new NotSupportedException("Only CommandType.Text is supported.");
            }
        }
    }

    /// <summary>Has no effect.</summary>
    public override bool DesignTimeVisible { get; set; }

    /// <summary>Has no effect.</summary>
    public override UpdateRowSource UpdatedRowSource { get; set; }

    /// <summary>The values.</summary>
    public new MySqlParameterCollection Parameters { get; } = new();

    /// <summary>The connection.</summary>
    public new MySqlConnection? Connection { get; set; }

    /// <inheritdoc/>
    protected override DbConnection? DbConnection
    {
        get => Connection;
        set => Connection = (MySqlConnection?)value;
    }

    /// <inheritdoc/>
    protected override DbParameterCollection DbParameterCollection => Parameters;

    /// <inheritdoc/>
    protected override DbTransaction? DbTransaction { get; set; }

    /// <summary>Interrupts the statement.</summary>
    public override void Cancel()
    {
        if (Connection is { State: ConnectionState.Open } connection)
        {
            connection.Session.KillAsync().GetAwaiter().GetResult();
        }
    }

    /// <summary>Has no effect: values are put into the text on the client.</summary>
    public override void Prepare()
    {
    }

    /// <summary>Runs the statement.</summary>
    /// <returns>Its rows, which the server sends as they are read.</returns>
    /// <exception cref="MySqlException">The server refuses the statement, or the time-out passed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public new Task<MySqlDataReader> ExecuteReaderAsync(CancellationToken cancellationToken = default) =>
        ExecuteReaderAsync(CommandBehavior.Default, cancellationToken);

    /// <inheritdoc cref="ExecuteReaderAsync(CancellationToken)"/>
    public new async Task<MySqlDataReader> ExecuteReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var session = Connection?.Session ?? throw new InvalidOperationException("Connection property must be non-null.");
        if (string.IsNullOrWhiteSpace(CommandText))
        {
            throw new InvalidOperationException("CommandText must be specified");
        }

        if (session.ActiveReader is not null)
        {
            throw new InvalidOperationException("This MySqlConnection is already in use.");
        }

        var columns = await session.ExecuteAsync(this, cancellationToken).ConfigureAwait(false);
        return new MySqlDataReader(Connection, session, columns, behavior, CommandTimeout);
    }

    /// <summary>Runs the statement.</summary>
    /// <returns>The first cell of the first row; null without rows.</returns>
    /// <inheritdoc cref="ExecuteReaderAsync(CancellationToken)"/>
    public override async Task<object?> ExecuteScalarAsync(CancellationToken cancellationToken)
    {
        var reader = await ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            var value = await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? reader.GetValue(0) : null;
            await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
            return value;
        }
    }

    /// <summary>Runs the statement.</summary>
    /// <returns>The number of rows changed; -1 for a statement that returns rows.</returns>
    /// <inheritdoc cref="ExecuteReaderAsync(CancellationToken)"/>
    public override async Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken)
    {
        var reader = await ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
            return reader.RecordsAffected;
        }
    }

    /// <inheritdoc cref="ExecuteNonQueryAsync"/>
    public override int ExecuteNonQuery() => ExecuteNonQueryAsync(CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc cref="ExecuteScalarAsync"/>
    public override object? ExecuteScalar() => ExecuteScalarAsync(CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc/>
    protected override DbParameter CreateDbParameter() => new MySqlParameter();

    /// <inheritdoc/>
    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) =>
        ExecuteReaderAsync(behavior).GetAwaiter().GetResult();

    /// <inheritdoc/>
    protected override async Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken) =>
        await ExecuteReaderAsync(behavior, cancellationToken).ConfigureAwait(false);
}
