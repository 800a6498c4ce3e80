namespace Discovery.Ingestion.Reports;

/// <summary>How a run ended, as DataHub names it.</summary>
public enum RunOutcome
{
    /// <summary>Everything was written; the counts add up.</summary>
    Success,

    /// <summary>Something failed.</summary>
    Failure,

    /// <summary>The run was interrupted.</summary>
    Cancelled,
}
