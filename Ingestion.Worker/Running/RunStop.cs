namespace Discovery.Ingestion.Worker.Running;

/// <summary>Why a run is to end before it is done; of several causes the one further down counts.</summary>
internal enum StopKind
{
    /// <summary>The worker ends; another one shall have the run.</summary>
    HandBack,

    /// <summary>The API could not be reached for as long as the lease lasts.</summary>
    OutOfReach,

    /// <summary>Somebody asked for it.</summary>
    Cancelled,

    /// <summary>The API says that the run is not this worker's any more.</summary>
    Lost,
}

/// <summary>Ends a run early. Thread-safe.</summary>
internal sealed class RunStop : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abandon = new();
    private bool _disposed;

    /// <summary>Cancelled with the first cause.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Cancelled when another worker may have the run: from then on nothing is written, not even how it ended.</summary>
    public CancellationToken Abandoned => _abandon.Token;

    /// <summary>The cause that counts, with words for people; null while there is none.</summary>
    public (StopKind Kind, string Reason)? Cause { get; private set; }

    /// <summary>Asks for the end.</summary>
    public void Ask(StopKind kind, string reason)
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }
            if (Cause is not { } cause || kind > cause.Kind)
            {
                Cause = (kind, reason);
            }
            // Not from within: what waits for a token goes on without this lock.
            if (kind is StopKind.OutOfReach or StopKind.Lost)
            {
                _ = _abandon.CancelAsync();
            }
            _ = _stop.CancelAsync();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
        }
        _stop.Dispose();
        _abandon.Dispose();
    }
}
