using System.Text;
using Discovery.Catalog.Files;
using Discovery.Catalog.Tests.Store;
using static Discovery.Catalog.Tests.Store.TestStore;

namespace Discovery.Catalog.Tests.Files;

public sealed class TransferTests
{
    private readonly string _urn = Dataset("가게.주문");

    [Fact]
    public async Task A_store_that_is_made_of_an_export_holds_the_same()
    {
        await using var test = TestStore.Create();
        await test.WriteAsync(
            Description(_urn, "ä text", run: "r7"), Change(_urn, "datasetProfile", """{"timestampMillis":5,"rowCount":1}"""), Change(_urn, "browsePathsV2", """{"path":[{"id":"mine"}]}"""),
            Change("urn:li:tag:t", "tagProperties", """{"name":"t"}"""));
        using var file = new MemoryStream();
        var records = await MetadataExport.WriteAsync(test.Store, file, TestContext.Current.CancellationToken);
        Assert.Equal(7, records);

        await using var copy = TestStore.Create();
        file.Position = 0;
        Assert.Equal(records, await MetadataImport.ReadAsync(copy.Store, file, TimeProvider.System, TestContext.Current.CancellationToken));
        Assert.Equal(Describe(test), Describe(copy));
        Assert.Equal(["r7"], copy.Store.ListRuns(0, 10, includeSoft: true).Select(run => run.RunId).Where(run => run == "r7"));
        Assert.Single(copy.Store.ReadTimeseries(new(_urn, "datasetProfile", 10)));

        using var again = new MemoryStream();
        await MetadataExport.WriteAsync(copy.Store, again, TestContext.Current.CancellationToken);
        Assert.Equal(Encoding.UTF8.GetString(file.ToArray()), Encoding.UTF8.GetString(again.ToArray()));
    }

    [Theory]
    [InlineData("""[{"entityType":"dataset"]""", "Line 1")]
    [InlineData("[\n{\"entityType\":\"tag\",\"entityUrn\":\"urn:li:tag:a\",\"changeType\":\"UPSERT\",\"aspectName\":\"tagProperties\",\"aspect\":{\"json\":{\"name\":5}}}]", "Line 2, record 0: Failed to validate record with class com.linkedin.tag.TagProperties")]
    public async Task A_fault_in_the_file_is_told_with_its_place(string text, string message)
    {
        await using var test = TestStore.Create();
        var refused = await Assert.ThrowsAsync<CatalogException>(() =>
            MetadataImport.ReadAsync(test.Store, new MemoryStream(Encoding.UTF8.GetBytes(text)), TimeProvider.System, TestContext.Current.CancellationToken));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        Assert.Contains("0 records before it were written", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entity_at_the_end_of_a_batch_comes_whole()
    {
        await using var test = TestStore.Create();
        // Four aspects each: the path of the last one would be the first record of the second batch.
        await test.WriteAsync([.. Enumerable.Range(100, 126).Select(i => Change(Dataset($"shop.t{i}"), "browsePathsV2", """{"path":[{"id":"mine"}]}"""))]);
        await test.WriteAsync(Description(Dataset("shop.t150"), "x"));
        using var file = new MemoryStream();
        await MetadataExport.WriteAsync(test.Store, file, TestContext.Current.CancellationToken);
        await using var copy = TestStore.Create();
        file.Position = 0;
        await MetadataImport.ReadAsync(copy.Store, file, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.All(copy.Store.ReadAll().SelectMany(entity => entity.Aspects), aspect => Assert.Single(copy.Store.ReadHistory(aspect.Urn, aspect.Aspect)));
    }

    [Fact]
    public async Task What_the_client_says_beside_an_aspect_is_exported()
    {
        await using var test = TestStore.Create();
        var change = Description(_urn, "x");
        await test.WriteAsync(change with { Observed = change.Observed with { OtherMembers = "\"properties\":{\"a\":\"b\"},\"registryName\":\"later\""u8.ToArray() } });
        using var file = new MemoryStream();
        await MetadataExport.WriteAsync(test.Store, file, TestContext.Current.CancellationToken);
        await using var copy = TestStore.Create();
        file.Position = 0;
        await MetadataImport.ReadAsync(copy.Store, file, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Contains("\"properties\":{\"a\":\"b\"},\"registryName\":\"later\"", copy.SystemMetadata(_urn, "datasetProperties"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_that_the_store_refuses_is_told_with_its_place()
    {
        const string Record = "{\"entityType\":\"tag\",\"entityUrn\":\"urn:li:tag:a\",\"changeType\":\"CREATE\",\"aspectName\":\"tagProperties\",\"aspect\":{\"json\":{\"name\":\"a\"}}}";
        await using var test = TestStore.Create();
        var refused = await Assert.ThrowsAsync<CatalogException>(() =>
            MetadataImport.ReadAsync(test.Store, new MemoryStream(Encoding.UTF8.GetBytes($"[{Record},{Record}]")), TimeProvider.System, TestContext.Current.CancellationToken));
        Assert.Contains("Records 0 to 1 cannot be written", refused.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Describe(TestStore test) =>
        test.Store.ReadAll().SelectMany(entity => entity.Aspects).Select(aspect => $"{aspect.Urn} {aspect.Aspect} {Encoding.UTF8.GetString(aspect.Value.Span)}");
}
