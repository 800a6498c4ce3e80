using Discovery.Ingestion.Control;

namespace Discovery.Ingestion.Api.Runs;

/// <summary>A run that a worker has. Its times are those of a clock that only goes forward, so that a wall clock that is set ends nothing.</summary>
internal sealed class ActiveRun
{
    // What is lost with a crash of the API; the next beat brings it again.
    private static readonly TimeSpan SaveInterval = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly TimeSpan _startedBefore;
    private long _heard;
    private long _saved;
    private long _askedToEnd;

    // Written under the lock, read without it.
    private volatile string? _cancelReason;
    private volatile string? _loss;
    private volatile bool _isHeard;
    private volatile RunProgress? _progress;

    /// <param name="id">Id of the run.</param>
    /// <param name="lease">Of its worker.</param>
    /// <param name="worker">Name of its worker.</param>
    /// <param name="cancelReason">Why it is to end; null where it is not.</param>
    /// <param name="runningFor">How long it runs already; null where it was just claimed.</param>
    /// <param name="time">The clock.</param>
    public ActiveRun(string id, string lease, string worker, string? cancelReason, TimeSpan? runningFor, TimeProvider time)
    {
        (Id, Lease, Worker, _cancelReason, _startedBefore, _isHeard, _time) = (id, lease, worker, cancelReason, runningFor ?? TimeSpan.Zero, runningFor is not null, time);
        _started = _heard = _saved = _askedToEnd = time.GetTimestamp();
    }

    public string Id { get; }

    public string Lease { get; }

    public string Worker { get; }

    public RunProgress? Progress => _progress;

    /// <summary>Why it is to end; null where it goes on.</summary>
    public string? CancelReason => _cancelReason;

    /// <summary>Why its worker has it no more, though the store may not know that yet; null where it has.</summary>
    public string? Loss => _loss;

    /// <summary>Whether its worker has begun with it, as far as is known: it writes nothing before its first beat is answered.</summary>
    public bool HasBegun => _isHeard;

    /// <summary>Takes it from a worker that was gone when it was to be told of it, unless the worker asked again and has begun.</summary>
    public void NotTaken()
    {
        lock (_lock)
        {
            if (!_isHeard)
            {
                _loss ??= $"Worker {Worker} was gone when it was given the run.";
            }
        }
    }

    /// <summary>Its worker was heard of.</summary>
    /// <returns>False where that comes too late.</returns>
    public bool Renew(RunProgress? progress)
    {
        lock (_lock)
        {
            if (_loss is not null)
            {
                return false;
            }
            (_heard, _isHeard) = (_time.GetTimestamp(), true);
            _progress = progress ?? _progress;
            return true;
        }
    }

    /// <summary>Whether its progress is to be stored now; from then on it counts as stored.</summary>
    public bool TakeSave()
    {
        lock (_lock)
        {
            if (_progress is null || _time.GetElapsedTime(_saved) < SaveInterval)
            {
                return false;
            }
            _saved = _time.GetTimestamp();
            return true;
        }
    }

    /// <summary>Somebody asked for its end.</summary>
    public void AskToEnd(string reason)
    {
        lock (_lock)
        {
            if (_cancelReason is null)
            {
                (_cancelReason, _askedToEnd) = (reason, _time.GetTimestamp());
            }
        }
    }

    /// <summary>Takes it from a worker that was not heard of for the time of a lease, or that did not end it within that time when asked to.</summary>
    /// <returns>Why, in words for people; null where the worker keeps it.</returns>
    public string? LoseAfter(TimeSpan lease)
    {
        lock (_lock)
        {
            if (_loss is null && _time.GetElapsedTime(_heard) >= lease)
            {
                _loss = $"Worker {Worker} was not heard of for {Duration.Write(lease)}.";
            }
            else if (_loss is null && _cancelReason is not null && _time.GetElapsedTime(_askedToEnd) >= lease)
            {
                _loss = $"Worker {Worker} did not end it within {Duration.Write(lease)}.";
            }
            return _loss;
        }
    }

    public bool IsOver(TimeSpan deadline) => _startedBefore + _time.GetElapsedTime(_started) >= deadline;
}
