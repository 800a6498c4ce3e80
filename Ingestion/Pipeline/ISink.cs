namespace Discovery.Ingestion.Pipeline;

/// <summary>Where metadata goes to.</summary>
/// <remarks>
/// A sink says of each work unit exactly once, in <see cref="RunContext.SinkReport"/>, that it was accepted or
/// rejected; at the latest when <see cref="CompleteAsync"/> returns. Records of one urn arrive in the order written.
/// </remarks>
public interface ISink : IAsyncDisposable
{
    /// <summary>Makes ready to write: checks the folder, the server and the token.</summary>
    /// <exception cref="SinkException">The sink cannot be used; nothing was written.</exception>
    Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>Hands over one work unit; waits while the sink has more than enough to do.</summary>
    /// <exception cref="SinkException">The sink as a whole cannot go on (disk full, server gone).</exception>
    ValueTask WriteAsync(WorkUnit unit, CancellationToken cancellationToken);

    /// <summary>
    /// Waits until everything is written and, where <paramref name="succeeded"/>, makes it visible under its final
    /// name. Disposing a sink without this leaves no half-written output behind.
    /// </summary>
    /// <param name="succeeded">False when the run ended early (fault or interrupt): what was written is not to replace an earlier good output.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="SinkException">Something could not be written.</exception>
    Task CompleteAsync(bool succeeded, CancellationToken cancellationToken);
}

/// <summary>The sink as a whole cannot go on. The message says what happened and what to do, without secrets.</summary>
public sealed class SinkException(string message, Exception? inner = null) : Exception(message, inner);
