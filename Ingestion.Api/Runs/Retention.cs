using Discovery.Ingestion.Api.Store;

namespace Discovery.Ingestion.Api.Runs;

/// <summary>Removes runs and logs that have been kept long enough.</summary>
internal sealed class Retention(ControlStore store, ControlSettings settings, TimeProvider time)
{
    /// <summary>So many of the newest runs of a recipe stay, however old they are.</summary>
    private const int NewestKept = 20;

    // Between two steps others can write; a run takes its log of up to 20,000 lines along.
    private const int Step = 10;

    /// <summary>Removes all that is old now.</summary>
    /// <exception cref="StoreUnavailableException">It was interrupted; the next time goes on.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        while (await store.WriteAsync(connection => new RetentionTable(connection).RemoveLog(now - settings.KeepLogs)))
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
        foreach (var recipe in store.Read(connection => new RetentionTable(connection).Recipes()))
        {
            while (await store.WriteAsync(connection => new RetentionTable(connection).RemoveRuns(recipe, now - settings.KeepRuns, NewestKept, Step)) == Step)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        await store.WriteAsync(connection =>
        {
            new RecipeTable(connection).RemoveUnused();
            return true;
        });
    }
}
