using static Discovery.Catalog.Tests.Store.TestStore;

namespace Discovery.Catalog.Tests.Store;

public sealed class RunTests
{
    private readonly string _a = Dataset("shop.a");
    private readonly string _b = Dataset("shop.b");

    [Fact]
    public async Task A_run_owns_the_current_aspects_that_it_wrote_last()
    {
        await using var test = TestStore.Create();
        await test.WriteAsync(Description(_a, "1", run: "r1"));
        await test.WriteAsync(Description(_a, "2", run: "r2"));
        await test.WriteAsync(Description(_a, "3", run: "r3"));
        Assert.Equal(["datasetProperties"], test.Store.DescribeRun("r3", 0, 100, includeSoft: false).Select(row => row.Aspect));
        Assert.Empty(test.Store.DescribeRun("r2", 0, 100, includeSoft: false));
        Assert.Contains("datasetKey", test.Store.DescribeRun("r1", 0, 100, includeSoft: false).Where(row => row.KeyAspect).Select(row => row.Aspect));
        Assert.Equal([("r1", 3), ("r3", 1)], test.Store.ListRuns(0, 10, includeSoft: false).Select(run => (run.RunId, (int)run.Rows)));
    }

    [Fact]
    public async Task A_run_whose_entities_are_all_soft_deleted_is_hidden()
    {
        await using var test = TestStore.Create();
        await test.WriteAsync(Description(_a, "1", run: "r1"));
        await test.WriteAsync(Description(_b, "1", run: "r2"));
        await test.WriteAsync(Change(_a, "status", """{"removed":true}""", run: "other"));
        Assert.Equal(["r2"], test.Store.ListRuns(0, 10, includeSoft: false).Select(run => run.RunId));
        Assert.Equal(["other", "r1", "r2"], test.Store.ListRuns(0, 10, includeSoft: true).Select(run => run.RunId).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_rollback_brings_back_the_newest_version_of_another_run()
    {
        await using var test = TestStore.Create();
        await test.WriteAsync(Description(_a, "1", run: "r1"));
        await test.WriteAsync(Description(_a, "2", run: "r2"));
        await test.WriteAsync(Description(_a, "3", run: "r2"));
        var preview = await RollBackAsync(test, "r2", dryRun: true);
        Assert.Equal((1L, 1L, 0L), (preview.AspectsReverted, preview.EntitiesAffected, preview.EntitiesDeleted));
        Assert.Equal("""{"description":"3"}""", test.Text(_a, "datasetProperties"));

        await RollBackAsync(test, "r2");
        Assert.Equal("""{"description":"1"}""", test.Text(_a, "datasetProperties"));
        Assert.Null(test.Text(_a, "datasetProperties", 1));
        await test.WriteAsync(Description(_a, "4", run: "r3"));
        Assert.Equal("""{"description":"1"}""", test.Text(_a, "datasetProperties", 1));
    }

    [Fact]
    public async Task A_safe_rollback_hides_what_the_run_created()
    {
        await using var test = TestStore.Create();
        await test.WriteAsync(Description(_a, "1", run: "r1"));
        await test.WriteAsync(Change(_a, "globalTags", """{"tags":[]}""", run: "r2"));
        var preview = await RollBackAsync(test, "r1", dryRun: true);
        Assert.Equal([_a], preview.UnsafeEntities);
        await RollBackAsync(test, "r1");
        Assert.True(test.Store.Exists(_a));
        Assert.Equal("""{"removed":true}""", test.Text(_a, "status"));
        Assert.Null(test.Text(_a, "datasetProperties"));
        Assert.NotNull(test.Text(_a, "globalTags"));
    }

    [Fact]
    public async Task An_unsafe_rollback_removes_what_the_run_created()
    {
        await using var test = TestStore.Create();
        await test.WriteAsync(Description(_a, "1", run: "r1"));
        await test.WriteAsync(Change(_a, "globalTags", """{"tags":[]}""", run: "r2"));
        var result = await RollBackAsync(test, "r1", safe: false);
        Assert.Equal((1L, 1L), (result.EntitiesDeleted, result.AspectsAffected));
        Assert.Empty(test.Store.ReadEntity(_a));
    }

    [Fact]
    public async Task A_rollback_takes_documents_of_timeseries_along()
    {
        await using var test = TestStore.Create();
        await test.WriteAsync(Change(_a, "datasetProfile", """{"timestampMillis":1,"rowCount":1}""", run: "r1"));
        await test.WriteAsync(Change(_a, "datasetProfile", """{"timestampMillis":2,"rowCount":2}""", run: "r2"));
        await RollBackAsync(test, "r2");
        Assert.Equal([1L], test.Store.ReadTimeseries(new(_a, "datasetProfile", 10)).Select(document => document.Timestamp));
    }

    private static Task<Catalog.Store.RollbackResult> RollBackAsync(TestStore test, string run, bool dryRun = false, bool safe = true) =>
        test.Store.RollBackAsync(run, dryRun, safe, Actor, TestContext.Current.CancellationToken);
}
