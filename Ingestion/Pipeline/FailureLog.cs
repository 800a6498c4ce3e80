using System.Threading.Channels;
using Discovery.Ingestion.Recipes;
using Discovery.Ingestion.Sinks.Files;

namespace Discovery.Ingestion.Pipeline;

/// <summary>
/// Keeps the work units that a sink refused, in a metadata file that can be read again (<c>failure_log</c> of a recipe).
/// </summary>
internal sealed class FailureLog : IAsyncDisposable
{
    private readonly Channel<WorkUnit> _refused = Channel.CreateUnbounded<WorkUnit>(new() { SingleReader = true });
    private readonly FileSink _file;
    private readonly Task _writing;

    private FailureLog(FileSink file)
    {
        _file = file;
        _writing = WriteAsync();
    }

    /// <summary>Opens the log that the recipe asks for; null when it asks for none.</summary>
    /// <exception cref="SinkException">The file cannot be written.</exception>
    public static async Task<FailureLog?> OpenAsync(Recipe recipe, RunContext context, CancellationToken cancellationToken)
    {
        if (recipe.FailureLog is not { } fileName)
        {
            return null;
        }
        // Counts of its own: what is logged is not accepted.
        var own = new RunContext { RunId = context.RunId, Secrets = context.Secrets, Loggers = context.Loggers };
        var file = new FileSink(new FileSinkConfig { Filename = fileName }, own);
        await file.OpenAsync(cancellationToken);
        var log = new FailureLog(file);
        context.SinkReport.UnitRejected += unit => log._refused.Writer.TryWrite(unit);
        return log;
    }

    /// <summary>Writes what is left and makes the file visible.</summary>
    /// <exception cref="SinkException">The file could not be written.</exception>
    public async Task CompleteAsync()
    {
        _refused.Writer.TryComplete();
        await _writing;
        await _file.CompleteAsync(succeeded: true, CancellationToken.None);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _refused.Writer.TryComplete();
        await _writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _file.DisposeAsync();
    }

    private async Task WriteAsync()
    {
        await foreach (var unit in _refused.Reader.ReadAllAsync())
        {
            await _file.WriteAsync(unit, CancellationToken.None);
        }
    }
}
