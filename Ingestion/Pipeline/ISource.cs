namespace Discovery.Ingestion.Pipeline;

/// <summary>Where metadata comes from.</summary>
/// <remarks>
/// A source counts each entity that it came across in <see cref="RunContext.SourceReport"/>: <c>Read</c> first, then
/// <c>Filtered</c> or <c>Failed</c> when it yields nothing for it. Each work unit that it yields is one entity
/// emitted; the pipeline counts those. A fault of one entity is reported and the source goes on; a fault of the whole
/// source (no connection) is thrown as <see cref="SourceException"/>.
/// </remarks>
public interface ISource : IAsyncDisposable
{
    /// <summary>Reads everything once, in the order in which it is to be written.</summary>
    IAsyncEnumerable<WorkUnit> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Tries the connection and reads nothing.</summary>
    /// <exception cref="SourceException">The source cannot be reached or refuses us.</exception>
    Task TestConnectionAsync(CancellationToken cancellationToken);
}

/// <summary>The source as a whole cannot go on. The message says what happened and what to do, without secrets.</summary>
public sealed class SourceException(string message, Exception? inner = null) : Exception(message, inner);
