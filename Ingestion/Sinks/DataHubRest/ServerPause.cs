namespace Discovery.Ingestion.Sinks.DataHubRest;

/// <summary>The time until which the server wants to be left alone; all lanes keep to it. Thread-safe.</summary>
internal sealed class ServerPause(TimeProvider time)
{
    /// <summary>Longest wait that a server is granted; after it the request is sent again, whatever was asked.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private DateTimeOffset _until;

    /// <summary>Prolongs the pause.</summary>
    /// <param name="wait">What the server asked for; no more than <see cref="Longest"/> is granted.</param>
    /// <returns>Whether there was no pause before.</returns>
    public bool Extend(TimeSpan wait)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var isNew = _until <= now;
            var until = now + (wait < Longest ? wait : Longest);
            _until = until > _until ? until : _until;
            return isNew;
        }
    }

    /// <summary>Waits for the end of the pause.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        while (Left() is { Ticks: > 0 } left)
        {
            await Task.Delay(left, time, cancellationToken);
        }
    }

    private TimeSpan Left()
    {
        lock (_lock)
        {
            return _until - time.GetUtcNow();
        }
    }
}
