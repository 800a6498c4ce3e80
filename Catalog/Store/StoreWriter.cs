using Discovery.Web.Storage;
using Microsoft.Data.Sqlite;

namespace Discovery.Catalog.Store;

/// <summary>
/// The one thread that writes. It takes what has queued up meanwhile into one transaction, so that many requests share one flush of
/// the disk, and acknowledges them when that transaction is durable and the search index has seen it.
/// </summary>
internal sealed class StoreWriter : IDisposable
{
    // A transaction this long is as cheap per request as can be; a longer one makes its first request wait.
    private const int MostRequests = 64;
    private const int MostWaiting = 1024;

    private readonly StoreTransaction _transaction;
    private readonly Action<IReadOnlyList<EntityState>> _changed;
    private readonly GroupThread<Request> _thread;

    public StoreWriter(StoreTransaction transaction, Action<IReadOnlyList<EntityState>> changed)
    {
        _transaction = transaction;
        _changed = changed;
        _thread = new GroupThread<Request>("catalog writer", MostWaiting, MostRequests, RunGroup);
    }

    /// <summary>
    /// Runs something inside a transaction. With a <see cref="CatalogException"/> it must throw before it writes; whatever else it throws
    /// takes back what it wrote. It may be run again, in another transaction.
    /// </summary>
    public Task<T> RunAsync<T>(Func<StoreTransaction, T> action, CancellationToken cancellationToken)
    {
        var request = new Request<T>(action);
        try
        {
            _thread.Add(request, cancellationToken);
        }
        catch (InvalidOperationException)
        {
            throw new CatalogException(CatalogFault.Unavailable, "The catalog is shutting down.");
        }
        return request.Completion.Task;
    }

    public void Dispose() => _thread.Dispose();

    private void RunGroup(List<Request> group)
    {
        IReadOnlyList<EntityState> changed;
        try
        {
            _transaction.Begin();
            group.ForEach(request => request.Execute(_transaction));
            changed = _transaction.Changed();
            _transaction.Commit();
        }
        catch (Exception e)
        {
            RollBack();
            if (group is [var only])
            {
                only.Fail(e is SqliteException sqlite ? new CatalogException(CatalogFault.Unavailable, Reason(sqlite)) : e);
                return;
            }
            // Each on its own: what is wrong with one of them, or too much together, is no fault of the others.
            group.ForEach(request => RunGroup([request]));
            return;
        }
        try
        {
            _changed(changed);
        }
        catch (Exception e)
        {
            // On the disk, but not where people search: whoever wrote it learns that something went wrong.
            group.ForEach(request => request.Fail(e));
            return;
        }
        group.ForEach(request => request.Acknowledge());
    }

    private void RollBack()
    {
        try
        {
            _transaction.RollBack();
        }
        catch (SqliteException)
        {
            // Some failures have ended the transaction already.
        }
    }

    private static string Reason(SqliteException e) => e.SqliteErrorCode switch
    {
        SQLitePCL.raw.SQLITE_FULL => "The disk of the catalog is full. Nothing of this request was written; it can be sent again when there is room.",
        _ => $"The store cannot be written to: {e.Message} Nothing of this request was written.",
    };

    private abstract class Request
    {
        public abstract void Execute(StoreTransaction transaction);

        public abstract void Acknowledge();

        public abstract void Fail(Exception reason);
    }

    private sealed class Request<T>(Func<StoreTransaction, T> action) : Request
    {
        private T? _result;
        private CatalogException? _refused;

        // Whoever waits goes on elsewhere than on the writer's thread.
        public TaskCompletionSource<T> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override void Execute(StoreTransaction transaction)
        {
            _refused = null;
            try
            {
                _result = action(transaction);
            }
            catch (CatalogException e)
            {
                _refused = e;
            }
        }

        public override void Acknowledge()
        {
            if (_refused is null)
            {
                Completion.SetResult(_result!);
            }
            else
            {
                Completion.SetException(_refused);
            }
        }

        public override void Fail(Exception reason) => Completion.SetException(_refused ?? reason);
    }
}
