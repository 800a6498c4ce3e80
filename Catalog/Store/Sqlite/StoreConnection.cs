using Microsoft.Data.Sqlite;

namespace Discovery.Catalog.Store.Sqlite;

/// <summary>A connection to the store with its prepared statements; for one thread at a time.</summary>
internal sealed class StoreConnection : IDisposable
{
    private readonly Dictionary<string, Statement> _statements = new(StringComparer.Ordinal);

    private StoreConnection(SqliteConnection connection) => Connection = connection;

    public SqliteConnection Connection { get; }

    public static StoreConnection Open(string file, bool readOnly)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
            // Connections are kept here, with their statements.
            Pooling = false,
        }.ConnectionString);
        connection.Open();
        var opened = new StoreConnection(connection);
        // Somebody may look into the file with another program.
        opened.Execute("PRAGMA busy_timeout = 5000");
        // A urn differs from another by its case.
        opened.Execute("PRAGMA case_sensitive_like = ON");
        return opened;
    }

    /// <summary>The statement of this text, prepared at its first use.</summary>
    public Statement this[string sql]
    {
        get
        {
            if (!_statements.TryGetValue(sql, out var statement))
            {
                _statements.Add(sql, statement = new Statement(Connection, sql));
            }
            return statement;
        }
    }

    public void Execute(string sql) => this[sql].Execute();

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Close();
        }
        Connection.Dispose();
    }
}
