using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Discovery.Ingestion.Worker.Tests.Support;

/// <summary>What is logged, for tests to wait for.</summary>
internal sealed class CapturedLog : ILoggerFactory, ILogger
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    /// <summary>Reads on until a line with this event id, and returns all lines on the way.</summary>
    public async Task<IReadOnlyList<string>> UntilAsync(int eventId)
    {
        var lines = new List<string>();
        do
        {
            lines.Add(await _lines.Reader.ReadAsync(TestContext.Current.CancellationToken));
        }
        while (!lines[^1].StartsWith($"{eventId} ", StringComparison.Ordinal));
        return lines;
    }

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Writer.TryWrite($"{eventId.Id} {formatter(state, exception)}");
}
