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

/// <summary>Is told when a run starts and ends, and shows it somewhere.</summary>
/// <remarks>A reporter never fails a run: what goes wrong becomes a warning in the sink's report.</remarks>
public interface IRunReporter : IAsyncDisposable
{
    /// <summary>The run starts; the sink is open.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>The run has ended; the sink has settled everything.</summary>
    /// <param name="outcome">How it ended.</param>
    /// <param name="reportJson">The run's report as JSON text.</param>
    /// <param name="reportText">What people read below it: the summary, the last lines of the log.</param>
    /// <param name="cancellationToken">Gives up reporting.</param>
    Task FinishAsync(RunOutcome outcome, string reportJson, string reportText, CancellationToken cancellationToken);
}
