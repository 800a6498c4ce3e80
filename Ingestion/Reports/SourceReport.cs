using System.Collections.Concurrent;

namespace Discovery.Ingestion.Reports;

/// <summary>What a source came across. Thread-safe.</summary>
public sealed class SourceReport : ReportMessages
{
    private readonly ConcurrentQueue<string> _filteredNames = new();
    private readonly ConcurrentQueue<ConnectionReport> _connections = new();
    private readonly ConcurrentDictionary<string, DatabaseReport> _databases = new(StringComparer.Ordinal);
    private long _statements;
    private long _busyTicks;

    /// <summary>Entities come across, per type.</summary>
    public EntityCounts ReadCounts { get; } = new();

    /// <summary>Entities left out by the recipe, per type.</summary>
    public EntityCounts FilteredCounts { get; } = new();

    /// <summary>Entities that could not be read, per type.</summary>
    public EntityCounts FailedCounts { get; } = new();

    /// <summary>The first names that were left out.</summary>
    public IReadOnlyCollection<string> FilteredNames => _filteredNames;

    /// <summary>The connections that the source opened.</summary>
    public IReadOnlyCollection<ConnectionReport> Connections => _connections;

    /// <summary>What was read per database, in ordinal order of their names.</summary>
    public IReadOnlyList<DatabaseReport> Databases => [.. _databases.Values.OrderBy(database => database.Name, StringComparer.Ordinal)];

    /// <summary>Statements sent to the source.</summary>
    public long Statements => Interlocked.Read(ref _statements);

    /// <summary>How long the source was busy with our statements, from sending one to its last row.</summary>
    public TimeSpan Busy => new(Interlocked.Read(ref _busyTicks));

    /// <summary>An entity was come across.</summary>
    public void Read(string entityType) => ReadCounts.Add(entityType);

    /// <summary>An entity was left out because of a pattern or a switch of the recipe.</summary>
    /// <param name="entityType">DataHub's entity type.</param>
    /// <param name="name">Its name, such as <c>shop.orders</c>; the first ones are shown in the report.</param>
    public void Filtered(string entityType, string name)
    {
        FilteredCounts.Add(entityType);
        if (_filteredNames.Count < ReportMessage.SampleSize)
        {
            _filteredNames.Enqueue(name);
        }
    }

    /// <summary>An entity could not be read; say why with <see cref="ReportMessages.Failure"/> or <see cref="ReportMessages.Warning"/>.</summary>
    public void Failed(string entityType) => FailedCounts.Add(entityType);

    /// <summary>A connection was opened.</summary>
    public void Connected(ConnectionReport connection) => _connections.Enqueue(connection);

    /// <summary>A statement was sent.</summary>
    public void StatementSent() => Interlocked.Increment(ref _statements);

    /// <summary>The source was busy with a statement of ours.</summary>
    public void AddBusy(TimeSpan duration) => Interlocked.Add(ref _busyTicks, duration.Ticks);

    /// <summary>The counts of one database.</summary>
    public DatabaseReport Database(string name) => _databases.GetOrAdd(name, static name => new DatabaseReport(name));
}

/// <summary>One connection of a source.</summary>
/// <param name="Address">Host and port, without the account.</param>
/// <param name="Server">The server's version text, such as <c>10.11.19-MariaDB</c>.</param>
/// <param name="Encrypted">Whether TLS is in use.</param>
/// <param name="Verified">Whether the server's certificate was checked against a certificate authority.</param>
public sealed record ConnectionReport(string Address, string Server, bool Encrypted, bool Verified)
{
    /// <summary>What TLS does for it, for people: <c>encrypted, server not verified</c>.</summary>
    public string Tls => (Encrypted, Verified) switch
    {
        (false, _) => "not encrypted",
        (true, false) => "encrypted, server not verified",
        (true, true) => "encrypted, server verified",
    };
}

/// <summary>What was emitted of one database. Written by one source only, which is not concurrent.</summary>
public sealed class DatabaseReport(string name)
{
    /// <summary>Name of the database.</summary>
    public string Name { get; } = name;

    /// <summary>How much of it the account sees; null where the source has no such notion.</summary>
    public DatabaseVisibility? Visibility { get; set; }

    /// <summary>Tables emitted.</summary>
    public int Tables { get; set; }

    /// <summary>Views emitted.</summary>
    public int Views { get; set; }

    /// <summary>Stored procedures emitted.</summary>
    public int Procedures { get; set; }

    /// <summary>Columns of those tables and views.</summary>
    public int Columns { get; set; }

    /// <summary>Tables and views left out by the recipe.</summary>
    public int Filtered { get; set; }

    /// <summary>Tables and views that could not be read.</summary>
    public int Failed { get; set; }
}

/// <summary>How much of a database an account sees. Sources show a part as if it were the whole.</summary>
public enum DatabaseVisibility
{
    /// <summary>Every table with every column.</summary>
    Complete,

    /// <summary>Some tables.</summary>
    SomeTables,

    /// <summary>Some tables, and of at least one of them some columns only.</summary>
    SomeColumns,

    /// <summary>Its name; no table with its columns.</summary>
    None,

    /// <summary>What it shows may be all or a part; nothing tells.</summary>
    Unknown,
}
