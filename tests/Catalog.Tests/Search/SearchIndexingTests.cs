using Discovery.Catalog.Search;
using Discovery.Catalog.Tests.Store;
using Microsoft.Extensions.Logging.Abstractions;
using static Discovery.Catalog.Tests.Store.TestStore;

namespace Discovery.Catalog.Tests.Search;

/// <summary>The saved index and the store, over new starts.</summary>
public sealed class SearchIndexingTests
{
    [Fact]
    public async Task What_changed_after_the_index_was_saved_is_found_after_a_new_start()
    {
        await using var test = TestStore.Create();
        await SaveAsync(test, "before");
        await test.WriteAsync(Description(Dataset("shop.after"), "after"));
        await test.WriteAsync(Description(Dataset("shop.before"), "renewed"));
        await test.ReopenAsync();
        var index = SearchIndexing.Open(test.Store, NullLogger.Instance).Index;
        Assert.Equal((1, 1, 0, 2), (Count(index, "after"), Count(index, "renewed"), Count(index, "description:before"), index.Count));
    }

    [Fact]
    public async Task What_was_deleted_after_the_index_was_saved_stays_deleted()
    {
        await using var test = TestStore.Create();
        await SaveAsync(test, "before");
        await test.Store.DeleteEntityAsync(Dataset("shop.before"), TestContext.Current.CancellationToken);
        await test.ReopenAsync();
        Assert.Equal(0, SearchIndexing.Open(test.Store, NullLogger.Instance).Index.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public async Task A_damaged_file_costs_the_time_to_make_the_index_anew(int length)
    {
        await using var test = TestStore.Create();
        await SaveAsync(test, "before");
        await test.Store.DisposeAsync();
        var file = Assert.Single(Directory.GetFiles(test.Folder, "search-*"));
        await using (var stream = new FileStream(file, FileMode.Open))
        {
            stream.SetLength(length);
        }
        await test.ReopenAsync();
        Assert.Equal(1, Count(SearchIndexing.Open(test.Store, NullLogger.Instance).Index, "before"));
    }

    [Fact]
    public async Task A_store_from_a_backup_does_not_take_the_index_of_later_times()
    {
        await using var test = TestStore.Create();
        await SaveAsync(test, "before");
        var backup = Path.Combine(test.Folder, "backup");
        test.Store.BackUp(backup);
        await SaveAsync(test, "later");
        await test.Store.DisposeAsync();
        File.Move(backup, Path.Combine(test.Folder, "catalog.db"), overwrite: true);
        await test.ReopenAsync();
        var index = SearchIndexing.Open(test.Store, NullLogger.Instance).Index;
        Assert.Equal((1, 0), (Count(index, "before"), Count(index, "later")));
    }

    private static async Task SaveAsync(TestStore test, string name)
    {
        var indexing = SearchIndexing.Open(test.Store, NullLogger.Instance);
        await test.WriteAsync(Description(Dataset($"shop.{name}"), name));
        await indexing.SaveAsync(TestContext.Current.CancellationToken);
    }

    private static int Count(SearchIndex index, string query) => index.Search(new SearchRequest { Query = query }).Total;
}
