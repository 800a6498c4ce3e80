using Discovery.Ingestion.Reports;

namespace Discovery.Ingestion.Pipeline;

/// <summary>How to run a recipe.</summary>
public sealed record RunOptions
{
    /// <summary>Read everything, hand nothing to the sink.</summary>
    public bool DryRun { get; init; }

    /// <summary>Stop after so many records and write those; null for a full run.</summary>
    public int? PreviewRecords { get; init; }

    /// <summary>Called once, before anything else, with the report that the run is going to write.</summary>
    public Action<RunReport>? Begin { get; init; }

    /// <summary>Called after each work unit, with the report as it stands; from the thread of the run.</summary>
    public Action<RunReport>? Progress { get; init; }

    /// <summary>Called with each work unit before the sink gets it, in order; what it throws ends the run.</summary>
    public Func<WorkUnit, CancellationToken, ValueTask>? Observe { get; init; }

    /// <summary>What the run may not reach, the same as when its recipe was loaded; null where it may reach all that its process does.</summary>
    public Confinement? Confinement { get; init; }

    /// <summary>Show the run in DataHub when its records go there.</summary>
    public bool TellDataHub { get; init; }

    /// <summary>Cancelled together with the run where somebody else may have it by then: DataHub is not told how it ended.</summary>
    public CancellationToken Abandoned { get; init; }
}
