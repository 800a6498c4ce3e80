using Discovery.Ingestion.Pipeline;

namespace Discovery.Ingestion.Reports;

/// <summary>What a sink did with the work units handed to it. Thread-safe.</summary>
public sealed class SinkReport : ReportMessages
{
    private long _records;
    private long _bytes;
    private long _requests;
    private long _retries;

    /// <summary>Work units written completely, per entity type.</summary>
    public EntityCounts AcceptedCounts { get; } = new();

    /// <summary>Work units refused, or written in part only, per entity type.</summary>
    public EntityCounts RejectedCounts { get; } = new();

    /// <summary>Records of the accepted work units.</summary>
    public long Records => Interlocked.Read(ref _records);

    /// <summary>Bytes written or sent.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Requests sent, retries included; 0 for a sink without a server.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Requests that were sent again.</summary>
    public long Retries => Interlocked.Read(ref _retries);

    /// <summary>Where it went: the full path of a file, the address of a server. Null when nothing is kept.</summary>
    public string? Destination { get; set; }

    /// <summary>Told of each work unit that was refused, on the thread that reports it.</summary>
    public event Action<WorkUnit>? UnitRejected;

    /// <summary>A work unit was written completely.</summary>
    public void Accepted(WorkUnit unit)
    {
        AcceptedCounts.Add(unit.EntityType);
        Interlocked.Add(ref _records, unit.Records.Count);
    }

    /// <summary>A work unit was refused, or only a part of it was written. Counts as a failure of the run.</summary>
    /// <param name="unit">The work unit.</param>
    /// <param name="reason">What the sink said, the same for all of its kind, without secrets.</param>
    public void Rejected(WorkUnit unit, string reason)
    {
        RejectedCounts.Add(unit.EntityType);
        Failure("Refused by the sink", reason, unit.Records[0].Urn);
        UnitRejected?.Invoke(unit);
    }

    /// <summary>Bytes were written or sent.</summary>
    public void AddBytes(long count) => Interlocked.Add(ref _bytes, count);

    /// <summary>A request was sent.</summary>
    /// <param name="retry">Whether it had been sent before.</param>
    public void RequestSent(bool retry)
    {
        Interlocked.Increment(ref _requests);
        if (retry)
        {
            Interlocked.Increment(ref _retries);
        }
    }
}
