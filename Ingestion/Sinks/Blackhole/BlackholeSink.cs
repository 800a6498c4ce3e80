using Discovery.Ingestion.Pipeline;

namespace Discovery.Ingestion.Sinks.Blackhole;

/// <summary>What a recipe says about the sink <c>blackhole</c>: nothing.</summary>
public sealed record BlackholeSinkConfig;

/// <summary>Counts the work units and keeps nothing.</summary>
internal sealed class BlackholeSink(RunContext context) : ISink
{
    public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask WriteAsync(WorkUnit unit, CancellationToken cancellationToken)
    {
        context.SinkReport.Accepted(unit);
        return ValueTask.CompletedTask;
    }

    public Task CompleteAsync(bool succeeded, CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
