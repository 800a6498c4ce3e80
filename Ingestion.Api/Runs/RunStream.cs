using System.Runtime.CompilerServices;
using Discovery.Ingestion.Api.Store;
using Discovery.Ingestion.Control;
using Microsoft.Extensions.Hosting;

namespace Discovery.Ingestion.Api.Runs;

/// <summary>A run and its log as they come, until the run has ended or the program does.</summary>
internal sealed class RunStream(ControlStore store, ActiveRuns active, RunFeed feed, IHostApplicationLifetime host)
{
    private const int LinesAtOnce = 500;

    /// <summary>Gives the lines that are there, and with each change of the run those that are new.</summary>
    /// <param name="id">A run that exists.</param>
    /// <param name="after">The number of the line to go on after; 0 for all.</param>
    /// <param name="follow">Whether to wait for more until the run has ended.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<(RunView Run, IReadOnlyList<LogLine> Lines)> ReadAsync(string id, long after, bool follow, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(host.ApplicationStopping, cancellationToken);
        using var watch = feed.WatchRun(id);
        while (true)
        {
            // The run first: lines do not come any more when it has ended.
            if (Find(id) is not { } run)
            {
                yield break;
            }
            List<LogLine> lines;
            do
            {
                lines = store.Read(connection => new LogTable(connection).After(id, after, LinesAtOnce));
                after = lines.Count > 0 ? lines[^1].Number : after;
                yield return (active.View(run), lines);
            }
            while (lines.Count == LinesAtOnce);
            if (!follow || run.HasEnded || !await ChangedAsync(watch, end.Token))
            {
                yield break;
            }
        }
    }

    /// <summary>Null where there is none (any more).</summary>
    public RunRow? Find(string id) => store.Read(connection => new RunTable(connection).Find(id));

    private static async Task<bool> ChangedAsync(RunFeed.Watch watch, CancellationToken cancellationToken)
    {
        try
        {
            await watch.WaitAsync(cancellationToken);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
