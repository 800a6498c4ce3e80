using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Discovery.Ingestion.Api.Store;
using Discovery.Ingestion.Control;

namespace Discovery.Ingestion.Api.Runs;

/// <summary>The runs that workers have now. Those of the store get one whole lease when the program starts.</summary>
internal sealed class ActiveRuns
{
    private readonly ConcurrentDictionary<string, ActiveRun> _runs = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;

    public ActiveRuns(ControlStore store, TimeProvider time)
    {
        _time = time;
        foreach (var run in store.Read(connection => new RunTable(connection).Running()))
        {
            // The wall clock is all that is known of the time before, and may have been set meanwhile.
            var runningFor = time.GetUtcNow() - (run.Started ?? run.Queued);
            Add(run, runningFor > TimeSpan.Zero ? runningFor : TimeSpan.Zero);
        }
    }

    public ICollection<ActiveRun> All => _runs.Values;

    /// <summary>A worker has claimed a run.</summary>
    public void Add(RunRow run) => Add(run, runningFor: null);

    public void Remove(string id) => _runs.TryRemove(id, out _);

    /// <summary>Removes a run of one worker, and not where another one has it by now.</summary>
    public void Remove(ActiveRun run) => _runs.TryRemove(KeyValuePair.Create(run.Id, run));

    public bool TryGet(string id, [NotNullWhen(true)] out ActiveRun? run) => _runs.TryGetValue(id, out run);

    /// <summary>The run that a worker has.</summary>
    /// <exception cref="Refusal">It has it no more, or never had it.</exception>
    public ActiveRun Held(string id, string lease) => TryGet(id, out var run) && run.Lease == lease && run.Loss is null ? run : throw NotHeld(id);

    /// <summary>A run as it is told to others, with progress that is not stored yet.</summary>
    public RunView View(RunRow run) => run.ToView(run.State == RunState.Running && TryGet(run.Id, out var active) ? active.Progress : null);

    public static Refusal NotHeld(string id) => new(409, $"Run {id} does not belong to this lease (any more): it has ended, or another worker has it. Nothing may be written for it.");

    private void Add(RunRow run, TimeSpan? runningFor) =>
        _runs[run.Id] = new ActiveRun(run.Id, run.Lease ?? "", run.Worker ?? "", run.CancelReason, runningFor, _time);
}
