using Discovery.Ingestion.Api.Store;

namespace Discovery.Ingestion.Api.Tests.Store;

public sealed class WriterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("control-").FullName;
    private readonly ControlStore _store;

    public WriterTests() => _store = ControlStore.Open(_folder);

    [Fact]
    public async Task What_fails_among_many_writes_fails_alone()
    {
        using var gate = new ManualResetEventSlim();
        var first = _store.WriteAsync(connection =>
        {
            gate.Wait(TestContext.Current.CancellationToken);
            return 0;
        });
        var writes = Enumerable.Range(0, 9).Select(i => _store.WriteAsync(connection =>
        {
            new RecipeTable(connection).Save($"r{i}", new StoredRecipe($"v{i}", "r.yml", ""));
            return (i % 3) switch
            {
                1 => throw new Refusal(409, "no"),
                2 => connection.Execute("INSERT INTO recipes (name, version) VALUES ('r0', 'v0')"),
                _ => 0,
            };
        })).ToList();
        gate.Set();
        await first;
        await Assert.ThrowsAsync<Refusal>(() => writes[1]);
        await Assert.ThrowsAsync<Microsoft.Data.Sqlite.SqliteException>(() => writes[2]);
        await Task.WhenAll(writes[0], writes[3], writes[6]);
        Assert.Equal(["r0", "r3", "r6"], _store.Read(connection => new RecipeTable(connection).All()).Select(recipe => recipe.Name).Order());
    }

    [Fact]
    public async Task What_is_acknowledged_is_told_before_in_the_order_of_the_writes()
    {
        var told = new List<int>();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => _store.WriteAsync(_ => i, told.Add)));
        Assert.Equal(Enumerable.Range(0, 200), told);
    }

    [Fact]
    public async Task After_its_end_it_says_so()
    {
        _store.Dispose();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _store.WriteAsync(_ => 0));
    }

    public void Dispose()
    {
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
