using Discovery.Ingestion.Pipeline;
using Discovery.Metadata.Serialization;

namespace Discovery.Ingestion.Sinks.Files;

/// <summary>
/// Writes a metadata file, byte for byte as DataHub's client does, in bounded memory: while one buffer is filled, the
/// other one is on its way to the disk.
/// </summary>
internal sealed class FileSink(FileSinkConfig config, RunContext context, Func<string, Stream> create) : ISink
{
    private const int BufferSize = 1 << 20;

    private PartialFile? _file;
    private Utf8Buffer _filling = new(2 * BufferSize);
    private Utf8Buffer _writing = new(2 * BufferSize);
    private Task _write = Task.CompletedTask;
    private bool _any;

    public FileSink(FileSinkConfig config, RunContext context)
        : this(config, context, PartialFile.CreateNew)
    {
    }

    public Task OpenAsync(CancellationToken cancellationToken)
    {
        _file = PartialFile.Create(config.Filename, context.RunId, create);
        _filling.Append((byte)'[');
        return Task.CompletedTask;
    }

    public async ValueTask WriteAsync(WorkUnit unit, CancellationToken cancellationToken)
    {
        if (!LayOut(unit))
        {
            return;
        }
        if (_filling.Length >= BufferSize)
        {
            try
            {
                await HandOverAsync().ConfigureAwait(false);
            }
            catch (SinkException exception)
            {
                context.SinkReport.Rejected(unit, exception.Message);
                throw;
            }
        }
        context.SinkReport.Accepted(unit);
    }

    public async Task CompleteAsync(bool succeeded, CancellationToken cancellationToken)
    {
        if (!succeeded)
        {
            await DisposeAsync().ConfigureAwait(false);
            return;
        }
        _filling.Append(_any ? "\n]"u8 : "]"u8);
        await HandOverAsync().ConfigureAwait(false);
        await _write.ConfigureAwait(false);
        await _file!.MoveIntoPlaceAsync().ConfigureAwait(false);
        context.SinkReport.Destination = _file.Path;
    }

    public async ValueTask DisposeAsync()
    {
        // A fault of the last write was thrown to whoever waited for it, or ends with the file that is thrown away.
        await _write.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_file is not null)
        {
            await _file.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Puts a work unit into the buffer, completely or, where one of its records is not valid, not at all.</summary>
    private bool LayOut(WorkUnit unit)
    {
        var start = _filling.Length;
        var any = _any;
        try
        {
            foreach (var record in unit.Records)
            {
                _filling.Append(any ? ",\n"u8 : "\n"u8);
                any = true;
                MetadataJson.WriteIndented(record, _filling, config.LegacyNestedJsonString);
            }
            _any = any;
            return true;
        }
        catch (MetadataFormatException exception)
        {
            _filling.Length = start;
            context.SinkReport.Rejected(unit, exception.Message);
            return false;
        }
    }

    /// <summary>Waits for the write before this one and starts to write the filled buffer.</summary>
    private async ValueTask HandOverAsync()
    {
        await _write.ConfigureAwait(false);
        (_filling, _writing) = (_writing, _filling);
        // A buffer that one huge work unit blew up is not kept.
        _filling = _filling.Capacity > 8 * BufferSize ? new Utf8Buffer(2 * BufferSize) : _filling;
        _filling.Length = 0;
        context.SinkReport.AddBytes(_writing.Length);
        _write = _file!.WriteAsync(_writing.WrittenMemory);
    }
}
