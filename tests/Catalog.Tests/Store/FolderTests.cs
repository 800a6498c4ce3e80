using Discovery.Catalog.Store;
using Microsoft.Data.Sqlite;
using static Discovery.Catalog.Tests.Store.TestStore;

namespace Discovery.Catalog.Tests.Store;

public sealed class FolderTests
{
    private static readonly string StoresFolder = Path.Combine(AppContext.BaseDirectory, "stores");
    private readonly string _urn = Dataset("shop.orders");

    /// <summary>One store of every schema there ever was; each has shop.orders, written twice.</summary>
    public static TheoryData<string> Stores => [.. Directory.GetFiles(StoresFolder).Select(file => Path.GetFileName(file))];

    [Fact]
    public async Task A_store_of_this_schema_is_kept_for_the_versions_to_come()
    {
        await using var test = TestStore.Create();
        await test.WriteAsync(Description(_urn, "1"));
        await test.WriteAsync(Description(_urn, "2"));
        var name = $"{CatalogStore.Schema:0000}.db";
        if (Array.TrueForAll(Directory.GetFiles(StoresFolder), file => Path.GetFileName(file) != name))
        {
            var made = Path.Combine(Path.GetTempPath(), name);
            File.Delete(made);
            test.Store.BackUp(made);
            Assert.Fail($"The schema is new: put {made} into tests/Catalog.Tests/stores.");
        }
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_store_of_any_earlier_schema_opens(string name)
    {
        var folder = Directory.CreateTempSubdirectory("catalog-").FullName;
        File.Copy(Path.Combine(StoresFolder, name), Path.Combine(folder, "catalog.db"));
        await using (var test = TestStore.In(folder))
        {
            Assert.Equal("""{"description":"2"}""", test.Text(_urn, "datasetProperties"));
            Assert.Equal("""{"description":"1"}""", test.Text(_urn, "datasetProperties", 1));
            await test.WriteAsync(Description(_urn, "3"));
            Assert.Equal("""{"description":"2"}""", test.Text(_urn, "datasetProperties", 2));
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_second_process_on_the_same_folder_is_told_so()
    {
        await using var test = TestStore.Create();
        var refused = Assert.Throws<CatalogException>(() => CatalogStore.Open(test.Folder, TimeProvider.System));
        Assert.Contains("is in use by another catalog", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_of_a_newer_version_is_left_alone()
    {
        var folder = Directory.CreateTempSubdirectory("catalog-").FullName;
        var file = Path.Combine(folder, "catalog.db");
        await using (var newer = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            await newer.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = newer.CreateCommand();
            command.CommandText = "PRAGMA user_version = 1000";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
        var refused = Assert.Throws<CatalogException>(() => CatalogStore.Open(folder, TimeProvider.System));
        Assert.Contains("schema 1000", refused.Message, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(1000, "or a newer one")]
    [InlineData(0, "start the catalog on it once")]
    public async Task A_store_of_another_schema_is_not_read(int schema, string remedy)
    {
        await using var test = TestStore.Create();
        await using (var other = new SqliteConnection($"Data Source={Path.Combine(test.Folder, "catalog.db")};Pooling=False"))
        {
            await other.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = other.CreateCommand();
            command.CommandText = $"PRAGMA user_version = {schema}";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
        var refused = Assert.Throws<CatalogException>(() => StoreReader.OpenRead(test.Folder));
        Assert.Contains($"has schema {schema}", refused.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_that_cannot_be_written_is_told_and_leaves_nothing()
    {
        await using var test = TestStore.Create();
        var file = Path.Combine(test.Folder, "nowhere", "copy.db");
        Assert.Contains(file, Assert.Throws<CatalogException>(() => test.Store.BackUp(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_store_is_told_so()
    {
        var folder = Directory.CreateTempSubdirectory("catalog-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "catalog.db"), new string('x', 5000), TestContext.Current.CancellationToken);
        var refused = Assert.Throws<CatalogException>(() => CatalogStore.Open(folder, TimeProvider.System));
        Assert.Contains("cannot be opened", refused.Message, StringComparison.Ordinal);
        Assert.Contains("cannot be read", Assert.Throws<CatalogException>(() => StoreReader.OpenRead(folder)).Message, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_backup_is_a_store_of_its_own()
    {
        await using var test = TestStore.Create();
        await test.WriteAsync(Description(_urn, "1"));
        var folder = Directory.CreateTempSubdirectory("catalog-").FullName;
        test.Store.BackUp(Path.Combine(folder, "catalog.db"));
        await test.WriteAsync(Description(_urn, "2"));
        await using (var copy = TestStore.In(folder))
        {
            Assert.Equal("""{"description":"1"}""", copy.Text(_urn, "datasetProperties"));
        }
        Assert.Equal(CatalogFault.Exists, Assert.Throws<CatalogException>(() => test.Store.BackUp(Path.Combine(folder, "catalog.db"))).Fault);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task On_a_full_disk_it_reads_on_and_writes_again_when_there_is_room()
    {
        await using var test = TestStore.Create();
        await test.WriteAsync(Description(_urn, "1"));
        var pages = await test.Store.LimitPagesAsync(1, TestContext.Current.CancellationToken);
        var big = Description(Dataset("shop.big"), new string('x', 200_000));
        var refused = await Assert.ThrowsAsync<CatalogException>(() => test.WriteAsync(big));
        Assert.Equal(CatalogFault.Unavailable, refused.Fault);
        Assert.Contains("full", refused.Message, StringComparison.Ordinal);
        Assert.Equal("""{"description":"1"}""", test.Text(_urn, "datasetProperties"));
        Assert.False(test.Store.Exists(Dataset("shop.big")));

        await test.Store.LimitPagesAsync(pages + 1000, TestContext.Current.CancellationToken);
        await test.WriteAsync(big);
        Assert.True(test.Store.Exists(Dataset("shop.big")));
    }
}
