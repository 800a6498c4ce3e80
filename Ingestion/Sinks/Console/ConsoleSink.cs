using Discovery.Ingestion.Pipeline;
using Discovery.Metadata.Serialization;

namespace Discovery.Ingestion.Sinks.Console;

/// <summary>What a recipe says about the sink <c>console</c>: nothing.</summary>
public sealed record ConsoleSinkConfig;

/// <summary>Writes each record as one line of JSON to a stream, that of standard output.</summary>
internal sealed class ConsoleSink(RunContext context, Stream output) : ISink
{
    private readonly Utf8Buffer _lines = new(4096);

    public Task OpenAsync(CancellationToken cancellationToken)
    {
        context.SinkReport.Destination = "standard output";
        return Task.CompletedTask;
    }

    public async ValueTask WriteAsync(WorkUnit unit, CancellationToken cancellationToken)
    {
        _lines.Length = 0;
        try
        {
            foreach (var record in unit.Records)
            {
                MetadataJson.WriteCompact(record, _lines);
                _lines.Append((byte)'\n');
            }
        }
        catch (MetadataFormatException exception)
        {
            context.SinkReport.Rejected(unit, exception.Message);
            return;
        }
        try
        {
            await output.WriteAsync(_lines.WrittenMemory, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            const string Message = "Standard output cannot be written: it is closed or its disk is full.";
            context.SinkReport.Rejected(unit, Message);
            throw new SinkException(Message, exception);
        }
        context.SinkReport.AddBytes(_lines.Length);
        context.SinkReport.Accepted(unit);
    }

    public Task CompleteAsync(bool succeeded, CancellationToken cancellationToken) => output.FlushAsync(cancellationToken);

    public ValueTask DisposeAsync() => output.DisposeAsync();
}
