using Discovery.Ingestion.Api.Recipes;
using Discovery.Ingestion.Api.Store;
using Discovery.Ingestion.Control;

namespace Discovery.Ingestion.Api.Runs;

/// <summary>What people and programs ask for: runs, and their end.</summary>
internal sealed class RunRequests(ControlStore store, RecipeBook recipes, ActiveRuns active, RunFeed feed, TimeProvider time)
{
    private const int DefaultPreview = 10;
    private const int LargestPreview = 10_000;
    private const int MostWaiting = 100;
    private const int LongestKey = 200;

    /// <summary>Puts a run into the queue.</summary>
    /// <param name="request">Which one.</param>
    /// <param name="by">Who asks; null where nobody has to say.</param>
    /// <param name="idempotencyKey">What the one who asks calls this request; the same one again gives the same run. Null for no name.</param>
    /// <param name="traceparent">The trace of the request.</param>
    /// <returns>The run, and whether it is new.</returns>
    /// <exception cref="Refusal">There is no such recipe, it cannot be run, or the request makes no sense.</exception>
    public async Task<(RunRow Run, bool IsNew)> QueueAsync(RunRequest request, string? by, string? idempotencyKey, string? traceparent)
    {
        Check(request, idempotencyKey);
        var preview = request.Kind == RunKind.Preview ? request.PreviewRecords ?? DefaultPreview : (int?)null;
        // What was just put into the folder can be run at once.
        await recipes.RefreshAsync(CancellationToken.None);
        return await store.WriteAsync(connection =>
        {
            var runs = new RunTable(connection);
            if (idempotencyKey is not null && runs.FindByKey(idempotencyKey) is { } earlier)
            {
                return earlier.Recipe == request.Recipe && earlier.Kind == request.Kind && earlier.PreviewRecords == preview
                    ? (earlier, false)
                    : throw new Refusal(422, "This Idempotency-Key was sent with another request before: use a new one for each run.");
            }
            // Recipes change on the writer's thread too, so that this version is in the store.
            var good = Runnable(recipes.Find(request.Recipe), request.Recipe);
            if (runs.CountWaiting(request.Recipe) >= MostWaiting)
            {
                throw new Refusal(409, $"{MostWaiting} runs of recipe {request.Recipe} wait already: cancel some, or wait for them.");
            }
            return (runs.Insert(
                new RunRow
                {
                    Id = "",
                    Recipe = request.Recipe,
                    Version = good.Stored.Version,
                    Label = good.Label,
                    Kind = request.Kind,
                    PreviewRecords = preview,
                    Trigger = RunTrigger.Manual,
                    RequestedBy = by,
                    Traceparent = traceparent,
                    Queued = time.GetUtcNow(),
                },
                idempotencyKey), true);
        }, queued =>
        {
            if (queued.Item2)
            {
                feed.QueueChanged();
            }
        });
    }

    /// <summary>Ends a run that waits, and asks the worker of one that runs to end it.</summary>
    /// <param name="id">The run.</param>
    /// <param name="reason">Why, in words for people.</param>
    /// <exception cref="Refusal">There is no such run, or it has ended otherwise.</exception>
    public async Task<RunRow> CancelAsync(string id, string reason) => await store.WriteAsync(connection =>
    {
        var runs = new RunTable(connection);
        var run = runs.Find(id) ?? throw Refusal.NoRun(id);
        switch (run.State)
        {
            case RunState.Queued:
                runs.End(id, RunState.Cancelled, reason, lease: null, time.GetUtcNow());
                break;
            case RunState.Running when run.CancelReason is null:
                runs.AskToEnd(id, reason);
                break;
            case RunState.Running or RunState.Cancelled:
                return run;
            default:
                throw new Refusal(409, $"Run {id} has ended already.");
        }
        return runs.Find(id)!;
    }, run =>
    {
        if (run.CancelReason is not null && active.TryGet(id, out var running))
        {
            running.AskToEnd(run.CancelReason);
        }
        feed.Changed(id);
    });

    /// <summary>Why a run ends that a person asked the end of.</summary>
    /// <param name="by">Who; null where nobody has to say.</param>
    public static string CancelReason(string? by) => by is null ? "Cancelled on request." : $"Cancelled by {by}.";

    private static void Check(RunRequest request, string? idempotencyKey)
    {
        if (request.PreviewRecords is not null && request.Kind != RunKind.Preview)
        {
            throw new Refusal(400, "previewRecords is for runs of the kind preview; leave it out.");
        }
        if (request.PreviewRecords is < 1 or > LargestPreview)
        {
            throw new Refusal(400, $"previewRecords must be from 1 to {LargestPreview}.");
        }
        if (idempotencyKey is not null && (idempotencyKey.Length is 0 or > LongestKey || idempotencyKey.Any(c => c is < '!' or > '~')))
        {
            throw new Refusal(400, $"Idempotency-Key must have 1 to {LongestKey} printable ASCII characters without spaces.");
        }
    }

    private static GoodRecipe Runnable(HeldRecipe? recipe, string name) => recipe switch
    {
        null => throw Refusal.NoRecipe(name),
        { Good: { } good } => good,
        _ => throw new Refusal(409, $"Recipe {name} cannot be run: {string.Join(" ", recipe.Problems.Take(3))}"),
    };
}
