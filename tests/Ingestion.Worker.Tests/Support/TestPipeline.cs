using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using Discovery.Ingestion.Pipeline;
using Discovery.Metadata;

namespace Discovery.Ingestion.Worker.Tests.Support;

/// <summary>Settings of the test's own source and sink: none.</summary>
public sealed record NoSettings;

/// <summary>A source that gives out what the test writes, and a sink that tells of what it was given.</summary>
internal sealed class TestPipeline
{
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the source gives out; it ends with the writer.</summary>
    public Channel<WorkUnit> Units { get; } = Channel.CreateUnbounded<WorkUnit>();

    /// <summary>What the sink was given.</summary>
    public Channel<WorkUnit> Written { get; } = Channel.CreateUnbounded<WorkUnit>();

    /// <summary>Whether the source goes on where it was told to end.</summary>
    public bool IsDeaf { get; init; }

    /// <summary>Ends when the run is told to end.</summary>
    public Task Stopped => _stopped.Task.WaitAsync(TestContext.Current.CancellationToken);

    /// <summary>Called when the source begins to read.</summary>
    public Action<RunContext> Reading { get; init; } = _ => { };

    public IReadOnlyList<SourceType> Sources => [new("test", typeof(NoSettings), (_, context) => new Source(this, context))];

    public IReadOnlyList<SinkType> Sinks => [new("test", typeof(NoSettings), (_, context) => new Sink(this, context))];

    public static WorkUnit Dataset(string name)
    {
        var urn = $"urn:li:dataset:(urn:li:dataPlatform:mysql,{name},PROD)";
        var schema = $$$"""{"schemaName":"{{{name}}}","platform":"urn:li:dataPlatform:mysql","version":0,"hash":"","platformSchema":{"com.linkedin.schema.MySqlDDL":{"tableSchema":""}},"fields":[{"fieldPath":"id","nullable":false,"type":{"type":{"com.linkedin.schema.NumberType":{}} },"nativeDataType":"int","recursive":false,"isPartOfKey":true}]}""";
        return new WorkUnit("dataset", [new MetadataChangeProposal("dataset", urn, "schemaMetadata", Encoding.UTF8.GetBytes(schema))]);
    }

    private sealed class Source(TestPipeline pipeline, RunContext context) : ISource
    {
        public async IAsyncEnumerable<WorkUnit> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await using var stopped = cancellationToken.Register(() => pipeline._stopped.TrySetResult());
            pipeline.Reading(context);
            await foreach (var unit in pipeline.Units.Reader.ReadAllAsync(pipeline.IsDeaf ? CancellationToken.None : cancellationToken))
            {
                context.SourceReport.Read(unit.EntityType);
                yield return unit;
            }
        }

        public Task TestConnectionAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Sink(TestPipeline pipeline, RunContext context) : ISink
    {
        public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public ValueTask WriteAsync(WorkUnit unit, CancellationToken cancellationToken)
        {
            pipeline.Written.Writer.TryWrite(unit);
            context.SinkReport.Accepted(unit);
            return ValueTask.CompletedTask;
        }

        public Task CompleteAsync(bool succeeded, CancellationToken cancellationToken) => Task.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
