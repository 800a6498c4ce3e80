using System.Collections.Concurrent;

namespace MySqlConnector.Native;

/// <summary>The one thread on which a connection's blocking native calls run, one after another, so that no thread of the pool ever waits for a server.</summary>
internal sealed class NativeThread : IDisposable
{
    private readonly BlockingCollection<Action> calls = [];

    internal NativeThread()
    {
        new Thread(Run) { IsBackground = true, Name = "MySqlConnector" }.Start();
    }

    /// <summary>Queues a call. The task ends with its result or its exception.</summary>
    internal Task<T> RunAsync<T>(Func<T> call)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        calls.Add(() =>
        {
            try
            {
                done.SetResult(call());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        });
        return done.Task;
    }

    /// <summary>Lets the thread end once the queued calls have run.</summary>
    public void Dispose() => calls.CompleteAdding();

    private void Run()
    {
        foreach (var call in calls.GetConsumingEnumerable())
        {
            call();
        }

        calls.Dispose();
    }
}
