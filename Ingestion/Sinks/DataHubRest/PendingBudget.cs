namespace Discovery.Ingestion.Sinks.DataHubRest;

/// <summary>
/// How much may wait in the sink before the source has to: a number of records, and of bytes, so that a stalled server
/// costs bounded memory. Something larger than the whole budget is let in alone. Thread-safe.
/// </summary>
internal sealed class PendingBudget(int maxRecords, long maxBytes)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _released = NewSignal();
    private int _records;
    private long _bytes;

    /// <summary>Records taken and not given back.</summary>
    public int Records
    {
        get
        {
            lock (_lock)
            {
                return _records;
            }
        }
    }

    /// <summary>Takes a share.</summary>
    /// <param name="records">How many records.</param>
    /// <param name="bytes">About how many bytes.</param>
    /// <param name="released">Ends when something was given back: the time to try again.</param>
    /// <returns>False when there is not enough left.</returns>
    public bool TryTake(int records, long bytes, out Task released)
    {
        lock (_lock)
        {
            released = _released.Task;
            if (_records > 0 && (_records + records > maxRecords || _bytes + bytes > maxBytes))
            {
                return false;
            }
            _records += records;
            _bytes += bytes;
            return true;
        }
    }

    /// <summary>Gives a share back.</summary>
    public void Release(int records, long bytes)
    {
        lock (_lock)
        {
            _records -= records;
            _bytes -= bytes;
            _released.SetResult();
            _released = NewSignal();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
