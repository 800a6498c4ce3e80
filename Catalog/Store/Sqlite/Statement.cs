using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Discovery.Catalog.Store.Sqlite;

/// <summary>
/// A prepared statement that binds and reads UTF-8 as it is: what the store holds is UTF-8 from the network to the disk, and
/// going through strings would copy each aspect four times.
/// </summary>
/// <example><c>using var rows = statement.Bind(1, urn).Query(out var row); while (rows.Next()) { row.Text(0); }</c></example>
internal sealed class Statement
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public Statement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    public Statement Bind(int index, string text)
    {
        Span<byte> utf8 = text.Length <= 512 ? stackalloc byte[3 * text.Length] : new byte[3 * text.Length];
        return Bind(index, (ReadOnlySpan<byte>)utf8[..Encoding.UTF8.GetBytes(text, utf8)]);
    }

    public Statement Bind(int index, ReadOnlySpan<byte> utf8)
    {
        Check(raw.sqlite3_bind_text(_statement, index, utf8));
        return this;
    }

    public Statement Bind(int index, long number)
    {
        Check(raw.sqlite3_bind_int64(_statement, index, number));
        return this;
    }

    private bool Step()
    {
        var result = raw.sqlite3_step(_statement);
        if (result is raw.SQLITE_ROW)
        {
            return true;
        }
        if (result is not raw.SQLITE_DONE)
        {
            raw.sqlite3_reset(_statement);
            Check(result);
        }
        return false;
    }

    /// <summary>Runs a statement without rows.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Execute()
    {
        Step();
        Reset();
        return raw.sqlite3_changes(_database);
    }

    /// <summary>Runs a query.</summary>
    /// <param name="row">Reads the columns of the row that is reached.</param>
    /// <returns>Goes from row to row; to be disposed before the statement is used again.</returns>
    public Rows Query(out Statement row)
    {
        row = this;
        return new Rows(this);
    }

    public string Text(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(_statement, column));

    public byte[] Bytes(int column) => raw.sqlite3_column_blob(_statement, column).ToArray();

    public long Long(int column) => raw.sqlite3_column_int64(_statement, column);

    public void Close() => raw.sqlite3_finalize(_statement);

    private void Reset() => raw.sqlite3_reset(_statement);

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            SqliteException.ThrowExceptionForRC(result, _database);
        }
    }

    /// <summary>The rows of a query; disposing them frees the statement for its next use.</summary>
    public readonly struct Rows(Statement statement) : IDisposable
    {
        /// <summary>Goes to the next row; false after the last.</summary>
        public bool Next() => statement.Step();

        public void Dispose() => statement.Reset();
    }
}
