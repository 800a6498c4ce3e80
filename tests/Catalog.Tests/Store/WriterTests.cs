using Discovery.Catalog.Store;
using Discovery.Catalog.Store.Sqlite;
using Discovery.Metadata.Model;
using static Discovery.Catalog.Tests.Store.TestStore;

namespace Discovery.Catalog.Tests.Store;

public sealed class WriterTests
{
    private readonly string _urn = Dataset("shop.orders");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fault_of_one_request_is_not_told_to_those_that_share_its_transaction()
    {
        await using var test = WriterTest.Create(_ => { });
        using var queued = new ManualResetEventSlim();
        var first = test.Writer.RunAsync(_ => queued.Wait(Timeout.Infinite, Cancelled), Cancelled);
        var before = test.Writer.RunAsync(Insert("before"), Cancelled);
        var faulty = test.Writer.RunAsync<bool>(transaction => Insert("faulty")(transaction) ? throw new InvalidOperationException("a defect") : true, Cancelled);
        var after = test.Writer.RunAsync(Insert("after"), Cancelled);
        queued.Set();
        await first;
        await before;
        await after;
        Assert.Equal("a defect", (await Assert.ThrowsAsync<InvalidOperationException>(() => faulty)).Message);
        Assert.Equal(["after", "before"], await test.Writer.RunAsync(transaction => transaction.Aspects.CurrentOf(_urn).Select(aspect => aspect.Aspect).Order(StringComparer.Ordinal).ToList(), Cancelled));
    }

    [Fact]
    public async Task A_listener_that_fails_is_told_and_the_next_request_is_answered()
    {
        var fails = true;
        await using var test = WriterTest.Create(_ => { if (fails) { throw new InvalidOperationException("a defect"); } });
        await Assert.ThrowsAsync<InvalidOperationException>(() => test.Writer.RunAsync(Insert("status"), Cancelled));
        fails = false;
        Assert.True(await test.Writer.RunAsync(transaction => transaction.Aspects.Has(_urn, "status"), Cancelled));
    }

    private Func<StoreTransaction, bool> Insert(string aspect) => transaction =>
    {
        transaction.Insert(new StoredAspect(_urn, aspect, 0, "{}"u8.ToArray(), "{}"u8.ToArray(), 0, Actor), []);
        return true;
    };

    /// <summary>A writer over an empty store, without what stands above it.</summary>
    private sealed class WriterTest(TestStore store, StoreConnection connection, Action<IReadOnlyList<EntityState>> changed) : IAsyncDisposable
    {
        public StoreWriter Writer { get; } = new(new StoreTransaction(connection, AspectRegistry.Instance), changed);

        public static WriterTest Create(Action<IReadOnlyList<EntityState>> changed)
        {
            var store = TestStore.Create();
            return new WriterTest(store, StoreConnection.Open(Path.Combine(store.Folder, "catalog.db"), readOnly: false), changed);
        }

        public ValueTask DisposeAsync()
        {
            Writer.Dispose();
            connection.Dispose();
            return store.DisposeAsync();
        }
    }
}
