using System.Text.Json;
using Discovery.Catalog.Store;
using Discovery.Catalog.Writes;
using static Discovery.Catalog.Tests.Store.TestStore;

namespace Discovery.Catalog.Tests.Store;

public sealed class WriteTests
{
    private readonly string _urn = Dataset("shop.orders");

    [Fact]
    public async Task Version_0_is_the_latest_and_history_counts_up()
    {
        await using var test = TestStore.Create();
        foreach (var text in (string[])["A", "B", "C"])
        {
            await test.WriteAsync(Description(_urn, text));
        }
        Assert.Equal("""{"description":"C"}""", test.Text(_urn, "datasetProperties"));
        Assert.Equal("""{"description":"A"}""", test.Text(_urn, "datasetProperties", 1));
        Assert.Equal("""{"description":"B"}""", test.Text(_urn, "datasetProperties", 2));
        Assert.Null(test.Text(_urn, "datasetProperties", 3));
        Assert.Equal("""{"description":"B"}""", test.Text(_urn, "datasetProperties", -1));
        Assert.Equal("""{"description":"A"}""", test.Text(_urn, "datasetProperties", -2));
        Assert.Equal(["A", "B", "C"], test.Store.ReadHistory(_urn, "datasetProperties").Select(version => JsonDocument.Parse(version.Value).RootElement.GetProperty("description").GetString()));
    }

    [Fact]
    public async Task An_equal_value_makes_no_version_but_names_the_run()
    {
        await using var test = TestStore.Create();
        await test.WriteAsync(Change(_urn, "datasetProperties", """{"name":"a","description":"b"}""", run: "r1"));
        var written = await test.WriteAsync(Change(_urn, "datasetProperties", """{"description":"b","name":"a"}""", run: "r2"));
        Assert.Equal(WriteOutcome.Unchanged, Assert.Single(written).Outcome);
        Assert.Null(test.Text(_urn, "datasetProperties", 1));
        using var metadata = JsonDocument.Parse(test.SystemMetadata(_urn, "datasetProperties"));
        Assert.Equal(("1", "r2", "r1"), (Member(metadata, "version"), Member(metadata, "runId"), Member(metadata, "lastRunId")));
    }

    [Fact]
    public async Task The_first_write_creates_key_and_defaults()
    {
        await using var test = TestStore.Create();
        var written = await test.WriteAsync(Description(_urn, "x"));
        Assert.Equal(["datasetProperties", "datasetKey", "dataPlatformInstance", "browsePathsV2"], written.Select(aspect => aspect.Aspect), StringComparer.Ordinal);
        Assert.True(test.Store.Exists(_urn));
        Assert.Equal(4, test.Store.ReadEntity(_urn).Count);
        Assert.Equal(4, Assert.Single(test.Changes).Aspects.Count);
    }

    [Fact]
    public async Task Twenty_versions_of_history_are_kept()
    {
        await using var test = TestStore.Create();
        for (var i = 1; i <= 30; i++)
        {
            await test.WriteAsync(Description(_urn, $"{i}"));
        }
        var history = test.Store.ReadHistory(_urn, "datasetProperties");
        Assert.Equal(21, history.Count);
        Assert.Equal(10, history[0].Version);
        Assert.Null(test.Text(_urn, "datasetProperties", 9));
    }

    [Fact]
    public async Task A_request_that_is_refused_writes_nothing()
    {
        await using var test = TestStore.Create();
        await test.WriteAsync(Description(_urn, "1"));
        var other = Dataset("shop.other");
        var refused = await Assert.ThrowsAsync<CatalogException>(() => test.WriteAsync(Description(other, "new"), Description(_urn, "2", ChangeKind.Create)));
        Assert.Equal(CatalogFault.Exists, refused.Fault);
        Assert.False(test.Store.Exists(other));
        Assert.Empty(test.Store.ReadEntity(other));
        Assert.Single(test.Changes);
    }

    [Fact]
    public async Task A_creation_that_may_be_left_out_is()
    {
        await using var test = TestStore.Create();
        var skip = new WriteConditions { SkipExisting = true };
        await test.WriteAsync(Description(_urn, "1", ChangeKind.Create, conditions: skip));
        var written = await test.WriteAsync(Description(_urn, "2", ChangeKind.Create, conditions: skip), Description(_urn, "3", ChangeKind.CreateEntity, conditions: skip));
        Assert.All(written, aspect => Assert.Equal(WriteOutcome.Skipped, aspect.Outcome));
        Assert.Equal("""{"description":"1"}""", test.Text(_urn, "datasetProperties"));
    }

    [Theory]
    [InlineData("-1", false)]
    [InlineData("1", false)]
    [InlineData("2", true)]
    [InlineData("3", false)]
    public async Task A_version_condition_holds_for_the_version_that_is_stored(string expected, bool holds)
    {
        await using var test = TestStore.Create();
        await test.WriteAsync(Description(_urn, "1"));
        await test.WriteAsync(Description(_urn, "2"));
        var write = test.WriteAsync(Description(_urn, "3", conditions: new WriteConditions { VersionMatch = expected }));
        if (holds)
        {
            await write;
        }
        else
        {
            Assert.Equal(CatalogFault.Precondition, (await Assert.ThrowsAsync<CatalogException>(() => write)).Fault);
            Assert.Equal("""{"description":"2"}""", test.Text(_urn, "datasetProperties"));
        }
    }

    [Fact]
    public async Task What_was_acknowledged_is_there_after_a_new_start()
    {
        await using var test = TestStore.Create();
        await test.WriteAsync(Description(_urn, "1"));
        await test.ReopenAsync();
        Assert.Equal("""{"description":"1"}""", test.Text(_urn, "datasetProperties"));
        await test.WriteAsync(Description(_urn, "2"));
        Assert.Equal("""{"description":"1"}""", test.Text(_urn, "datasetProperties", 1));
    }

    [Fact]
    public async Task Concurrent_writers_lose_nothing()
    {
        await using var test = TestStore.Create();
        await Parallel.ForEachAsync(Enumerable.Range(0, 4), TestContext.Current.CancellationToken, async (writer, _) =>
        {
            for (var i = 0; i < 5; i++)
            {
                await test.WriteAsync(Description(_urn, $"{writer}-{i}"));
            }
        });
        Assert.Equal(20, test.Store.ReadHistory(_urn, "datasetProperties").Select(version => System.Text.Encoding.UTF8.GetString(version.Value.Span)).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task A_hard_delete_takes_history_timeseries_and_relationships_along()
    {
        await using var test = TestStore.Create();
        await test.WriteAsync(Description(_urn, "1"), Change(_urn, "container", """{"container":"urn:li:container:c"}"""), Change(_urn, "datasetProfile", """{"timestampMillis":1,"rowCount":1}"""));
        await test.WriteAsync(Description(_urn, "2"));
        Assert.Equal("IsPartOf", Assert.Single(test.Store.Incoming("urn:li:container:c")).Type);
        var deleted = await test.Store.DeleteEntityAsync(_urn, TestContext.Current.CancellationToken);
        Assert.Equal(new DeletedRows(6, 1), deleted);
        Assert.Empty(test.Store.Incoming("urn:li:container:c"));
        Assert.Empty(test.Changes[^1].Aspects);
        await test.WriteAsync(Description(_urn, "3"));
        Assert.Null(test.Text(_urn, "datasetProperties", 1));
    }

    [Fact]
    public async Task A_reference_is_removed_from_what_is_stored_by_then()
    {
        await using var test = TestStore.Create();
        await test.WriteAsync(Change(_urn, "globalTags", """{"tags":[{"tag":"urn:li:tag:gone"}]}"""), Change(_urn, "container", """{"container":"urn:li:tag:gone"}"""));
        using var queued = new ManualResetEventSlim();
        test.Store.Changed += _ => queued.Wait(TestContext.Current.CancellationToken);
        // The writer waits at the end of the first write; the removal is behind the second.
        var first = test.WriteAsync(Description(_urn, "x"));
        var second = test.WriteAsync(Change(_urn, "globalTags", """{"tags":[{"tag":"urn:li:tag:gone"},{"tag":"urn:li:tag:late"}]}"""));
        var removal = test.Store.RemoveReferencesAsync("urn:li:tag:gone", Actor, TestContext.Current.CancellationToken);
        queued.Set();
        await Task.WhenAll(first, second, removal);
        Assert.Equal("""{"tags":[{"tag":"urn:li:tag:late"}]}""", test.Text(_urn, "globalTags"));
        Assert.Null(test.Text(_urn, "container"));
        Assert.Empty(test.Store.Incoming("urn:li:tag:gone"));
    }

    [Fact]
    public async Task A_relationship_goes_with_the_value_that_told_it()
    {
        await using var test = TestStore.Create();
        await test.WriteAsync(Change(_urn, "container", """{"container":"urn:li:container:a"}"""));
        await test.WriteAsync(Change(_urn, "container", """{"container":"urn:li:container:b"}"""));
        Assert.Empty(test.Store.Incoming("urn:li:container:a"));
        Assert.Equal(_urn, Assert.Single(test.Store.Incoming("urn:li:container:b")).Source);
    }

    private static string? Member(JsonDocument document, string name) => document.RootElement.GetProperty(name).GetString();
}
