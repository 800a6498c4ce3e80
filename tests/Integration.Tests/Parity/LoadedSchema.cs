using System.Text.Json;
using Discovery.Integration.Tests.Support;

namespace Discovery.Integration.Tests.Parity;

/// <summary>A server of its own that holds one recorded schema at a time, as when the output was recorded.</summary>
public abstract class LoadedSchema(TestServer server, string recordedOn) : IAsyncLifetime
{
    private string? _schema;
    private string[] _databases = [];

    public TestServer Server => server;

    /// <summary>Folder of what was recorded on a server like this one with a recipe.</summary>
    public string Recorded(string schema, string variant) => Path.Combine(RecordedCorpus.Schema(schema), recordedOn, variant);

    public virtual ValueTask InitializeAsync() => server.InitializeAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    public async Task LoadAsync(string schema)
    {
        if (_schema == schema)
        {
            return;
        }
        await server.DropAsync(_databases);
        (_schema, _databases) = (null, []);
        // databases: ["edge_cases", "edge_other"]
        // statements that failed while loading (the load continued):
        // ERROR 1064 (42000) at line 41: ...
        var load = await File.ReadAllLinesAsync(Path.Combine(RecordedCorpus.Schema(schema), recordedOn, "load.txt"), TestContext.Current.CancellationToken);
        _databases = JsonSerializer.Deserialize<string[]>(load[0]["databases: ".Length..])!;
        var refused = await server.LoadAsync(Path.Combine(RecordedCorpus.Schema(schema), "schema.sql"));
        Assert.Equal(load.Count(line => line.StartsWith("ERROR", StringComparison.Ordinal)), refused.Length);
        _schema = schema;
    }
}

/// <summary>On MariaDB.</summary>
public sealed class LoadedOnMariaDb() : LoadedSchema(new TestServer(), RecordedCorpus.MariaDb)
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        if (Server.IsThere)
        {
            // A server that is installed the usual way has it.
            await Server.ExecuteAsync("CREATE DATABASE test");
        }
    }
}

/// <summary>On MySQL.</summary>
public sealed class LoadedOnMySql() : LoadedSchema(new MySql97Server(), RecordedCorpus.MySql);
