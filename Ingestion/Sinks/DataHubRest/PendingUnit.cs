using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Reports;
using Discovery.Metadata;

namespace Discovery.Ingestion.Sinks.DataHubRest;

/// <summary>A work unit on its way. Says exactly once to the report whether it was accepted; used by one thread at a time.</summary>
internal sealed class PendingUnit
{
    private readonly SinkReport _report;
    private readonly PendingBudget _budget;
    private string? _refusal;
    private int _open = 1;

    /// <summary>Takes a work unit.</summary>
    public PendingUnit(WorkUnit unit, SinkReport report, PendingBudget budget)
    {
        Unit = unit;
        _report = report;
        _budget = budget;
        Bytes = unit.Records.Sum(Size);
    }

    /// <summary>The work unit.</summary>
    public WorkUnit Unit { get; }

    /// <summary>How many records it has.</summary>
    public int Records => Unit.Records.Count;

    /// <summary>About how many bytes its records hold.</summary>
    public long Bytes { get; }

    /// <summary>One more proposal is to be sent.</summary>
    public void Opened() => _open++;

    /// <summary>A proposal was answered, or the last one was opened.</summary>
    /// <param name="refusal">Why it was refused, null when it was taken.</param>
    public void Closed(string? refusal = null)
    {
        _refusal ??= refusal;
        if (--_open == 0)
        {
            Settle(_refusal);
        }
    }

    /// <summary>Nothing more will be sent of it.</summary>
    /// <param name="reason">Why not.</param>
    public void Abandon(string reason)
    {
        if (_open > 0)
        {
            _open = 0;
            Settle(_refusal ?? reason);
        }
    }

    private void Settle(string? refusal)
    {
        if (refusal is null)
        {
            _report.Accepted(Unit);
        }
        else
        {
            _report.Rejected(Unit, refusal);
        }
        _budget.Release(Records, Bytes);
    }

    private static long Size(MetadataRecord record) => record switch
    {
        MetadataChangeProposal proposal => proposal.Aspect.Length,
        MetadataChangeEvent snapshot => snapshot.Aspects.Sum(aspect => (long)aspect.Value.Length),
        _ => 0,
    };
}
