using System.Threading.Channels;

namespace Discovery.Ingestion.Sinks.DataHubRest;

/// <summary>
/// Sends its work units one batch after the other, in the order in which they came. All units of one urn go through
/// one lane, so they keep their order whatever has to be sent again.
/// </summary>
/// <param name="send">Sends a batch and settles its units.</param>
/// <param name="maxRecords">Records that fill a batch.</param>
/// <param name="maxBytes">Bytes that fill a batch.</param>
internal sealed class Lane(Func<IReadOnlyList<PendingUnit>, CancellationToken, Task> send, int maxRecords, long maxBytes)
{
    private readonly Lock _lock = new();
    private readonly Channel<List<PendingUnit>> _full = Channel.CreateUnbounded<List<PendingUnit>>(new() { SingleReader = true });
    private List<PendingUnit> _open = [];
    private int _openRecords;
    private long _openBytes;
    private bool _closed;

    /// <summary>Records in the batch that is not full yet.</summary>
    public int OpenRecords
    {
        get
        {
            lock (_lock)
            {
                return _openRecords;
            }
        }
    }

    /// <summary>Takes a unit.</summary>
    /// <returns>False when the lane takes nothing more.</returns>
    public bool TryAdd(PendingUnit unit)
    {
        lock (_lock)
        {
            if (_closed)
            {
                return false;
            }
            if (_openBytes + unit.Bytes > maxBytes)
            {
                SealLocked();
            }
            _open.Add(unit);
            _openRecords += unit.Records;
            _openBytes += unit.Bytes;
            if (_openRecords >= maxRecords || _openBytes >= maxBytes)
            {
                SealLocked();
            }
            return true;
        }
    }

    /// <summary>Lets the batch go that is not full yet.</summary>
    public void Seal()
    {
        lock (_lock)
        {
            SealLocked();
        }
    }

    /// <summary>Takes nothing more; what is there is still sent.</summary>
    public void Close()
    {
        lock (_lock)
        {
            SealLocked();
            _closed = true;
            _full.Writer.TryComplete();
        }
    }

    /// <summary>Sends until the lane is closed and empty, or something is thrown; then settles what is left.</summary>
    /// <param name="onFault">Told what <c>send</c> threw; gives the reason for which everything left is rejected.</param>
    /// <param name="stop">Ends the lane at once.</param>
    public async Task RunAsync(Func<Exception, string> onFault, CancellationToken stop)
    {
        List<PendingUnit> current = [];
        try
        {
            while (await _full.Reader.WaitToReadAsync(stop))
            {
                while (_full.Reader.TryRead(out var batch))
                {
                    current = batch;
                    await send(batch, stop);
                }
            }
        }
        catch (Exception e)
        {
            var reason = onFault(e);
            Close();
            Abandon(current, reason);
            while (_full.Reader.TryRead(out var batch))
            {
                Abandon(batch, reason);
            }
        }
    }

    private static void Abandon(List<PendingUnit> units, string reason)
    {
        foreach (var unit in units)
        {
            unit.Abandon(reason);
        }
    }

    private void SealLocked()
    {
        if (_open.Count > 0 && _full.Writer.TryWrite(_open))
        {
            _open = [];
            _openRecords = 0;
            _openBytes = 0;
        }
    }
}
