using System.Threading.Channels;

namespace Discovery.Ingestion.Api.Runs;

/// <summary>Wakes those who wait for a change of a run, or for one to become free. It carries nothing: who is woken reads what is there now.</summary>
internal sealed class RunFeed
{
    private const string AnyWaiting = "";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<Watch>> _watches = new(StringComparer.Ordinal);

    /// <summary>A run has changed.</summary>
    public void Changed(string run) => Wake(run);

    /// <summary>A run can be claimed that could not before.</summary>
    public void QueueChanged() => Wake(AnyWaiting);

    /// <summary>Notices the changes of a run from now on.</summary>
    public Watch WatchRun(string run) => Add(run);

    /// <summary>Notices from now on when a run can be claimed.</summary>
    public Watch WatchQueue() => Add(AnyWaiting);

    private Watch Add(string key)
    {
        var watch = new Watch(this, key);
        lock (_lock)
        {
            if (!_watches.TryGetValue(key, out var watches))
            {
                _watches.Add(key, watches = []);
            }
            watches.Add(watch);
        }
        return watch;
    }

    private void Wake(string key)
    {
        lock (_lock)
        {
            foreach (var watch in _watches.GetValueOrDefault(key, []))
            {
                watch.Wake();
            }
        }
    }

    private void Remove(string key, Watch watch)
    {
        lock (_lock)
        {
            if (_watches.TryGetValue(key, out var watches) && watches.Remove(watch) && watches.Count == 0)
            {
                _watches.Remove(key);
            }
        }
    }

    /// <summary>Notices changes until it is disposed. What changed since the last wait ends the next one at once.</summary>
    internal sealed class Watch(RunFeed feed, string key) : IDisposable
    {
        private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

        public async Task WaitAsync(CancellationToken cancellationToken) => await _changes.Reader.ReadAsync(cancellationToken);

        internal void Wake() => _changes.Writer.TryWrite(true);

        public void Dispose() => feed.Remove(key, this);
    }
}
