using Discovery.Web.Storage;
using Microsoft.Data.Sqlite;

namespace Discovery.Ingestion.Api.Store;

/// <summary>
/// The one thread that writes. It takes what has queued up meanwhile into one transaction, so that the beats of many workers share one
/// flush of the disk, and acknowledges each when that transaction is durable.
/// </summary>
internal sealed class StoreWriter : IDisposable
{
    private const int MostRequests = 64;
    private const int MostWaiting = 4096;

    private readonly StoreConnection _connection;
    private readonly GroupThread<Request> _thread;

    public StoreWriter(StoreConnection connection)
    {
        _connection = connection;
        _thread = new GroupThread<Request>("control writer", MostWaiting, MostRequests, RunGroup);
    }

    /// <summary>Runs something inside a transaction; whatever it throws takes back what it wrote. It may be run again, in another transaction.</summary>
    /// <param name="write">Reads and writes.</param>
    /// <param name="committed">Called when it is durable, in the order of the writes and before the task ends; must not wait for anything.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be written to now.</exception>
    public Task<T> RunAsync<T>(Func<StoreConnection, T> write, Action<T>? committed)
    {
        var request = new Request<T>(write, committed);
        try
        {
            if (!_thread.TryAdd(request))
            {
                throw new StoreUnavailableException("Too many requests wait for the store. Nothing of this request was written; send it again later.");
            }
        }
        catch (InvalidOperationException)
        {
            throw new StoreUnavailableException("The control plane is shutting down.");
        }
        return request.Completion.Task;
    }

    public void Dispose() => _thread.Dispose();

    private void RunGroup(List<Request> group)
    {
        try
        {
            _connection.Execute("BEGIN IMMEDIATE");
            foreach (var request in group)
            {
                _connection.Execute("SAVEPOINT request");
                if (!request.Execute(_connection))
                {
                    _connection.Execute("ROLLBACK TO request");
                }
                _connection.Execute("RELEASE request");
            }
            _connection.Execute("COMMIT");
        }
        catch (Exception e)
        {
            RollBack();
            if (group.Count > 1 && e is SqliteException { SqliteErrorCode: not (SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED) })
            {
                // Each on its own: what is too much together, or wrong with one of them, is no fault of the others.
                group.ForEach(request => RunGroup([request]));
                return;
            }
            group.ForEach(request => request.Fail(StoreFault.Of(e)));
            return;
        }
        group.ForEach(request => request.Commit());
    }

    private void RollBack()
    {
        try
        {
            _connection.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // Some failures have ended the transaction already, and a store that was busy has begun none.
        }
    }

    private abstract class Request
    {
        /// <returns>Whether what it wrote is to stay.</returns>
        public abstract bool Execute(StoreConnection connection);

        public abstract void Commit();

        public abstract void Fail(Exception reason);
    }

    private sealed class Request<T>(Func<StoreConnection, T> write, Action<T>? committed) : Request
    {
        private T? _result;
        private Exception? _refused;

        // Whoever waits goes on elsewhere than on the writer's thread.
        public TaskCompletionSource<T> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override bool Execute(StoreConnection connection)
        {
            _refused = null;
            try
            {
                _result = write(connection);
                return true;
            }
            catch (Exception e) when (e is not SqliteException)
            {
                _refused = e;
                return false;
            }
        }

        public override void Commit()
        {
            if (_refused is not null)
            {
                Completion.SetException(_refused);
                return;
            }
            try
            {
                committed?.Invoke(_result!);
                Completion.SetResult(_result!);
            }
            catch (Exception e)
            {
                Completion.SetException(e);
            }
        }

        public override void Fail(Exception reason) => Completion.SetException(reason);
    }
}
