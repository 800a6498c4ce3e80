using System.Globalization;
using Discovery.Integration.Tests.Support;

namespace Discovery.Integration.Tests.Control;

/// <summary>A database that is read up to its columns, and from there on when the test says so; the first time only.</summary>
internal sealed class HeldSource : IAsyncDisposable
{
    private readonly TestServer _server;
    private readonly StatementGate _gate;
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HeldSource(TestServer server, string database)
    {
        (_server, Database) = (server, database);
        _gate = new StatementGate(server.Server.Port, "information_schema.COLUMNS", HoldAsync);
    }

    /// <summary>Name of the database.</summary>
    public string Database { get; }

    /// <summary>As recipes name it.</summary>
    public string HostPort => _gate.HostPort;

    /// <summary>Ends when a run has come so far.</summary>
    public Task Reached => _reached.Task.WaitAsync(TestContext.Current.CancellationToken);

    /// <summary>Makes a database with tables.</summary>
    public static async Task<HeldSource> CreateAsync(TestServer server, string database, int tables)
    {
        await server.ExecuteAsync($"CREATE DATABASE {database}");
        for (var table = 1; table <= tables; table++)
        {
            await server.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"CREATE TABLE {database}.t{table:000} (id INT PRIMARY KEY, name VARCHAR(20) NOT NULL)"));
        }
        return new HeldSource(server, database);
    }

    /// <summary>Lets the run go on.</summary>
    public void Release() => _released.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Release();
        await _gate.DisposeAsync();
        await _server.DropAsync([Database]);
    }

    private Task HoldAsync()
    {
        _reached.TrySetResult();
        return _released.Task;
    }
}
