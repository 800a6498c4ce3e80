using System.Collections.Concurrent;
using System.Text;
using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Recipes;
using Discovery.Ingestion.Reports;
using Discovery.Ingestion.Sinks.DataHubRest;
using Discovery.Metadata;
using Microsoft.Extensions.Logging;

namespace Discovery.Ingestion.Tests.Sinks.DataHubRest;

/// <summary>A sink at work, with what it logs and reports.</summary>
internal sealed class SinkRun : IAsyncDisposable, ILoggerFactory, ILogger
{
    public const string Token = "tok-5f1d7c-very-secret";

    private readonly ConcurrentQueue<string> _log = new();

    public SinkRun(DataHubRestConfig config, TimeProvider? time = null)
    {
        Context = new RunContext { RunId = "run-1", Loggers = this, Time = time ?? TimeProvider.System };
        Sink = new DataHubRestSink(config, Context, () => 0);
    }

    public RunContext Context { get; }

    public DataHubRestSink Sink { get; }

    public SinkReport Report => Context.SinkReport;

    public IReadOnlyList<string> Log => [.. _log];

    /// <summary>Time-outs so long that no test meets them.</summary>
    public static DataHubRestConfig Config(string server) => new()
    {
        Server = server,
        Token = new Secret(Token),
        TimeoutSeconds = 86400,
        MinProcessIntervalSeconds = 86400,
    };

    public static string Urn(int number) => $"urn:li:dataset:(urn:li:dataPlatform:mysql,shop.t{number},PROD)";

    public static MetadataChangeProposal Proposal(string urn, string aspect = """{"removed":false}""", string name = "status", string changeType = "UPSERT") =>
        new(urn.Split(':')[2], urn, name, Encoding.UTF8.GetBytes(aspect))
        {
            ChangeType = changeType,
            SystemMetadata = new SystemMetadata(1700000000000, "run-1", null),
        };

    public static WorkUnit Unit(params MetadataRecord[] records) => new(records[0].EntityType, records);

    /// <summary>Opens, writes, completes.</summary>
    public async Task SendAsync(params IEnumerable<WorkUnit> units)
    {
        var cancel = TestContext.Current.CancellationToken;
        await Sink.OpenAsync(cancel);
        foreach (var unit in units)
        {
            await Sink.WriteAsync(unit, cancel);
        }
        await Sink.CompleteAsync(succeeded: true, cancel);
    }

    public ValueTask DisposeAsync() => Sink.DisposeAsync();

    ILogger ILoggerFactory.CreateLogger(string categoryName) => this;

    void ILoggerFactory.AddProvider(ILoggerProvider provider)
    {
    }

    void IDisposable.Dispose()
    {
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _log.Enqueue(formatter(state, exception) + exception);
}
