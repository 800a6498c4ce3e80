using System.Collections.Concurrent;

namespace Discovery.Web.Storage;

/// <summary>
/// One thread that takes what has queued up meanwhile together, so that many requests share one flush of a disk. Disposing it waits until all is done.
/// </summary>
/// <typeparam name="T">A request.</typeparam>
public sealed class GroupThread<T> : IDisposable
{
    private readonly BlockingCollection<T> _queue;
    private readonly int _mostTogether;
    private readonly Action<List<T>> _work;
    private readonly Thread _thread;

    /// <summary>Starts it.</summary>
    /// <param name="name">Of the thread.</param>
    /// <param name="mostWaiting">How many requests may wait.</param>
    /// <param name="mostTogether">How many of them are taken at once: enough to be as cheap as can be, and not so many that the first one waits long.</param>
    /// <param name="work">Does them; must not throw. Its list is used again.</param>
    public GroupThread(string name, int mostWaiting, int mostTogether, Action<List<T>> work)
    {
        _queue = new BlockingCollection<T>(mostWaiting);
        (_mostTogether, _work) = (mostTogether, work);
        _thread = new Thread(Run) { Name = name, IsBackground = true };
        _thread.Start();
    }

    /// <summary>Hands over a request; waits while too many do.</summary>
    /// <exception cref="InvalidOperationException">It is being disposed of.</exception>
    public void Add(T request, CancellationToken cancellationToken) => _queue.Add(request, cancellationToken);

    /// <summary>Hands over a request.</summary>
    /// <returns>False where too many wait.</returns>
    /// <exception cref="InvalidOperationException">It is being disposed of.</exception>
    public bool TryAdd(T request) => _queue.TryAdd(request);

    /// <inheritdoc/>
    public void Dispose()
    {
        _queue.CompleteAdding();
        _thread.Join();
        _queue.Dispose();
    }

    private void Run()
    {
        var group = new List<T>(_mostTogether);
        foreach (var first in _queue.GetConsumingEnumerable())
        {
            group.Add(first);
            while (group.Count < _mostTogether && _queue.TryTake(out var next))
            {
                group.Add(next);
            }
            _work(group);
            group.Clear();
        }
    }
}
