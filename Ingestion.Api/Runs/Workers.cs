using System.Collections.Concurrent;
using Discovery.Ingestion.Control;

namespace Discovery.Ingestion.Api.Runs;

/// <summary>The workers that were heard of lately.</summary>
internal sealed class Workers(ActiveRuns active, TimeProvider time)
{
    private const int MostWorkers = 1000;

    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, (IReadOnlyList<string> Labels, long Heard)> _workers = new(StringComparer.Ordinal);

    /// <summary>A worker asked for a run.</summary>
    public void Seen(string name, IReadOnlyList<string> labels)
    {
        if (_workers.Count >= MostWorkers)
        {
            Forget();
        }
        if (_workers.Count < MostWorkers || _workers.ContainsKey(name))
        {
            _workers[name] = (labels, time.GetTimestamp());
        }
    }

    /// <summary>A worker told of its run.</summary>
    public void Heard(string name)
    {
        if (_workers.TryGetValue(name, out var worker))
        {
            _workers[name] = worker with { Heard = time.GetTimestamp() };
        }
    }

    /// <summary>All of them by their names.</summary>
    public IReadOnlyList<WorkerView> List()
    {
        Forget();
        var runs = active.All.ToLookup(run => run.Worker, run => run.Id, StringComparer.Ordinal);
        return
        [
            .. _workers.OrderBy(worker => worker.Key, StringComparer.Ordinal)
                .Select(worker => new WorkerView(worker.Key, worker.Value.Labels, time.GetUtcNow() - time.GetElapsedTime(worker.Value.Heard), [.. runs[worker.Key]])),
        ];
    }

    private void Forget()
    {
        foreach (var name in _workers.Where(worker => time.GetElapsedTime(worker.Value.Heard) > Remembered).Select(worker => worker.Key).ToList())
        {
            _workers.TryRemove(name, out _);
        }
    }
}
