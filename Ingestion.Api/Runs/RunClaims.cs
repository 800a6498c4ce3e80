using Discovery.Ingestion.Api.Store;
using Discovery.Ingestion.Control;
using Microsoft.Extensions.Hosting;

namespace Discovery.Ingestion.Api.Runs;

/// <summary>Gives waiting runs to workers.</summary>
internal sealed class RunClaims(ControlStore store, ActiveRuns active, Workers workers, RunFeed feed, ControlSettings settings, IHostApplicationLifetime host, TimeProvider time)
{
    private const double BeatSeconds = 0.5;
    private const int MostLabels = 50;
    private const int LongestName = 100;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    /// <summary>Gives a run to a worker, and waits for one where none is there.</summary>
    /// <returns>The run; null where none came in time.</returns>
    /// <exception cref="Refusal">The claim makes no sense.</exception>
    public async Task<ClaimedRun?> ClaimAsync(ClaimRequest claim, CancellationToken cancellationToken)
    {
        Check(claim);
        using var watch = feed.WatchQueue();
        using var timeout = new CancellationTokenSource(LongestWait, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, host.ApplicationStopping, cancellationToken);
        // Whoever has gone away would get a run that nobody executes.
        while (!end.IsCancellationRequested)
        {
            workers.Seen(claim.Worker, claim.Labels);
            if (await TryClaimAsync(claim) is { } run)
            {
                if (cancellationToken.IsCancellationRequested && active.TryGet(run.RunId, out var taken) && taken.Lease == claim.Lease)
                {
                    taken.NotTaken();
                }
                return run;
            }
            await watch.WaitAsync(end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return null;
    }

    /// <summary>Gives a run to a worker, where one is there. The same claim again gives the same run.</summary>
    public async Task<ClaimedRun?> TryClaimAsync(ClaimRequest claim)
    {
        var claimed = await store.WriteAsync(connection => Claim(connection, claim), claimed =>
        {
            if (claimed is { IsNew: true })
            {
                active.Add(claimed.Row);
                feed.Changed(claimed.Row.Id);
            }
        });
        return claimed?.Run;
    }

    private Claimed? Claim(StoreConnection connection, ClaimRequest claim)
    {
        var runs = new RunTable(connection);
        var again = runs.RunningWith(claim.Lease);
        if ((again ?? runs.NextFor(claim.Labels)) is not { } run)
        {
            return null;
        }
        if (again is null)
        {
            runs.Start(run.Id, claim.Worker, claim.Lease, time.GetUtcNow());
            run = runs.Find(run.Id)!;
        }
        return new Claimed(run, IsNew: again is null, ToClaim(run, new RecipeTable(connection).Version(run.Version)));
    }

    private ClaimedRun ToClaim(RunRow run, StoredRecipe recipe) => new()
    {
        RunId = run.Id,
        Recipe = run.Recipe,
        Text = recipe.Content,
        FileName = recipe.FileName,
        Kind = run.Kind,
        PreviewRecords = run.PreviewRecords,
        NextLogLine = run.LastLine + 1,
        Traceparent = run.Traceparent,
        LeaseSeconds = settings.Lease.TotalSeconds,
        BeatSeconds = BeatSeconds,
    };

    private static void Check(ClaimRequest claim)
    {
        if (claim.Lease.Length is < 16 or > 64 || !claim.Lease.All(char.IsAsciiLetterOrDigit))
        {
            throw new Refusal(400, "lease must have 16 to 64 letters and digits.");
        }
        if (!IsName(claim.Worker))
        {
            throw new Refusal(400, $"worker must be a name of 1 to {LongestName} characters.");
        }
        if (claim.Labels.Count > MostLabels || !claim.Labels.All(IsName))
        {
            throw new Refusal(400, $"labels must be at most {MostLabels} names of 1 to {LongestName} characters.");
        }
    }

    private static bool IsName(string? name) => name is { Length: > 0 and <= LongestName } && !name.Any(char.IsControl);

    private sealed record Claimed(RunRow Row, bool IsNew, ClaimedRun Run);
}
