using System.Collections.Concurrent;
using Discovery.Web.Migrations;
using Microsoft.Data.Sqlite;

namespace Discovery.Ingestion.Api.Store;

/// <summary>Recipes, schedules, runs and their logs, durable in one SQLite file. Safe for use by many threads.</summary>
internal sealed class ControlStore : IDisposable
{
    private static readonly SqliteMigrations Migrations = SqliteMigrations.Of(typeof(ControlStore).Assembly, "control/");

    private readonly ConcurrentBag<StoreConnection> _idle = [];
    private readonly StoreFolder _folder;
    private readonly StoreConnection _writing;
    private readonly StoreWriter _writer;
    private bool _isDisposed;

    private ControlStore(StoreFolder folder, StoreConnection writing)
    {
        _folder = folder;
        _writing = writing;
        _writer = new StoreWriter(writing);
    }

    /// <summary>The number of the schema that this version writes.</summary>
    public static int Schema => Migrations.Newest;

    /// <summary>Opens the store of a folder, which is made where it is missing, and brings it to the newest schema.</summary>
    /// <exception cref="ControlException">Another process has it open, it is of a newer version, or it cannot be written.</exception>
    public static ControlStore Open(string path)
    {
        var folder = StoreFolder.Open(path);
        try
        {
            return new ControlStore(folder, StoreConnection.Open(folder.Database, readOnly: false, Prepare));
        }
        catch (Exception e) when (e is NewerSchemaException or SqliteException)
        {
            folder.Dispose();
            throw new ControlException($"{folder.Database} cannot be opened. {e.Message}");
        }
    }

    /// <inheritdoc cref="StoreWriter.RunAsync"/>
    public Task<T> WriteAsync<T>(Func<StoreConnection, T> write, Action<T>? committed = null) => _writer.RunAsync(write, committed);

    /// <summary>Reads what was committed last, while writing goes on.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read now.</exception>
    public T Read<T>(Func<StoreConnection, T> read)
    {
        try
        {
            if (!_idle.TryTake(out var connection))
            {
                connection = StoreConnection.Open(_folder.Database, readOnly: true);
            }
            try
            {
                return read(connection);
            }
            finally
            {
                _idle.Add(connection);
            }
        }
        catch (SqliteException e)
        {
            throw StoreFault.Of(e);
        }
    }

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }
        _isDisposed = true;
        _writer.Dispose();
        foreach (var connection in _idle)
        {
            connection.Dispose();
        }
        _writing.Dispose();
        _folder.Dispose();
    }

    private static void Prepare(SqliteConnection connection)
    {
        // Readers see what was committed last while the writer goes on; a commit is on the disk when it returns.
        foreach (var pragma in (string[])["journal_mode = WAL", "synchronous = FULL", "journal_size_limit = 67108864"])
        {
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // one of three constants
            command.CommandText = $"PRAGMA {pragma}";
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }
        Migrations.Apply(connection);
    }
}
