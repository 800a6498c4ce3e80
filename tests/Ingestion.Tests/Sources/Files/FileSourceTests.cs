using System.Text;
using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Sources.Files;
using Discovery.Metadata;
using Discovery.Metadata.Serialization;
using Microsoft.Extensions.Logging.Abstractions;

namespace Discovery.Ingestion.Tests.Sources.Files;

public sealed class FileSourceTests : IDisposable
{
    private const string Tag = """{"entityType":"tag","entityUrn":"urn:li:tag:NAME","changeType":"UPSERT","aspectName":"ASPECT","aspect":{"json":{"name":"한"}},"systemMetadata":{"lastObserved":1,"runId":"old"}}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("file-source-").FullName;
    private readonly RunContext _context = new() { RunId = "run", Loggers = NullLoggerFactory.Instance };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Each_record_is_a_work_unit_without_the_stamp_of_the_run_that_wrote_it()
    {
        var units = await ReadAsync(Write("a.json", $"[{Record("a")},{Record("b")}]"));
        Assert.Equal(["urn:li:tag:a", "urn:li:tag:b"], units.Select(unit => unit.Records[0].Urn));
        Assert.All(units, unit =>
        {
            Assert.Equal("tag", unit.EntityType);
            Assert.Null(Assert.Single(unit.Records).SystemMetadata);
            Assert.Equal("{\"name\":\"한\"}", Encoding.UTF8.GetString(((MetadataChangeProposal)unit.Records[0]).Aspect.Span));
        });
        Assert.Equal(2, _context.SourceReport.ReadCounts["tag"]);
        Assert.Empty(_context.SourceReport.Failures);
    }

    [Fact]
    public async Task A_folder_is_read_in_the_order_of_its_names_and_only_by_extension()
    {
        Write("b.json", Record("b"));
        Write("B.json", Record("B"));
        Write("a.json", Record("a"));
        Write("c.txt", "not json");
        Directory.CreateDirectory(Path.Combine(_folder, "deeper.json"));
        Assert.Equal(["urn:li:tag:B", "urn:li:tag:a", "urn:li:tag:b"], (await ReadAsync(_folder)).Select(unit => unit.Records[0].Urn));
    }

    [Theory]
    [InlineData("txt", true)]
    [InlineData(".txt", true)]
    [InlineData("*", true)]
    [InlineData(".json", false)]
    public async Task A_single_file_has_to_have_the_extension_too(string extension, bool read)
    {
        var path = Write("a.txt", Record("a"));
        Assert.Equal(read ? 1 : 0, (await ReadAsync(path, config => config with { FileExtension = extension })).Count);
        Assert.Equal(read ? 0 : 1, _context.SourceReport.Warnings.Count);
    }

    [Fact]
    public async Task A_name_with_half_a_surrogate_pair_is_a_fault_of_its_record_alone()
    {
        var path = Write("a.json", $$$"""[{"\ud800":1},{{{Record("b")}}}]""");
        Assert.Equal("urn:li:tag:b", Assert.Single(await ReadAsync(path)).Records[0].Urn);
        Assert.Equal(1, _context.SourceReport.FailedCounts.Total);
    }

    [Fact]
    public async Task An_unreadable_record_is_a_failure_and_the_next_one_is_read()
    {
        var path = Write("a.json", $$$"""[{{{Record("a")}}},{"entityUrn":"urn:li:tag:x","aspectName":"y","aspect":{"json":NaN}},5,{},{{{Record("b")}}}]""");
        Assert.Equal(["urn:li:tag:a", "urn:li:tag:b"], (await ReadAsync(path)).Select(unit => unit.Records[0].Urn));
        var failure = Assert.Single(_context.SourceReport.Failures);
        Assert.Equal(3, failure.Count);
        Assert.StartsWith($"{path}-1: ", failure.Context.First(), StringComparison.Ordinal);
        Assert.Equal(5, _context.SourceReport.ReadCounts.Total);
        Assert.Equal(3, _context.SourceReport.FailedCounts.Total);
    }

    [Fact]
    public async Task A_file_that_breaks_off_does_not_keep_the_next_one_from_being_read()
    {
        Write("a.json", $"[{Record("a")},{Record("x")[..40]}");
        Write("b.json", Record("b"));
        Assert.Equal(["urn:li:tag:a", "urn:li:tag:b"], (await ReadAsync(_folder)).Select(unit => unit.Records[0].Urn));
        Assert.Single(_context.SourceReport.Failures);
    }

    [Fact]
    public async Task Only_the_proposals_of_the_aspect_are_read_when_one_is_named()
    {
        const string Event = """{"proposedSnapshot":{"com.linkedin.pegasus2avro.metadata.snapshot.TagSnapshot":{"urn":"urn:li:tag:e","aspects":[]}}}""";
        var path = Write("a.json", $"[{Record("a")},{Record("b", "status")},{Event}]");
        var units = await ReadAsync(path, config => config with { Aspect = "status" });
        Assert.Equal(["urn:li:tag:b", "urn:li:tag:e"], units.Select(unit => unit.Records[0].Urn));
        Assert.Equal(1, _context.SourceReport.FilteredCounts["tag"]);
        Assert.Equal(3, _context.SourceReport.ReadCounts["tag"]);
    }

    [Fact]
    public async Task A_usage_record_of_old_clients_is_left_out_with_a_warning()
    {
        Assert.Empty(await ReadAsync(Write("a.json", """[{"bucket":1640000000000,"duration":"DAY","resource":"urn:li:dataset:x"}]""")));
        Assert.Empty(_context.SourceReport.Failures);
        Assert.Single(_context.SourceReport.Warnings);
        Assert.Equal(1, _context.SourceReport.FilteredCounts.Total);
    }

    [Fact]
    public async Task A_file_of_an_old_client_is_read_and_becomes_proposals_in_the_dialect_of_today()
    {
        var unit = Assert.Single(await ReadAsync(Write("old.json",
            """
            [{"auditHeader": null,
              "proposedSnapshot": {"com.linkedin.pegasus2avro.metadata.snapshot.DatasetSnapshot": {
                "urn": "urn:li:dataset:(urn:li:dataPlatform:mysql,shop.orders,PROD)",
                "aspects": [
                  {"com.linkedin.pegasus2avro.dataset.DatasetProperties": {
                    "description": {"string": "orders"}, "uri": null, "tags": [], "customProperties": {}}},
                  {"com.linkedin.pegasus2avro.schema.SchemaMetadata": {
                    "schemaName": "shop.orders", "platform": "urn:li:dataPlatform:mysql", "version": 0,
                    "created": {"time": 0, "actor": "urn:li:corpuser:unknown", "impersonator": null},
                    "deleted": null, "hash": "",
                    "platformSchema": {"com.linkedin.pegasus2avro.schema.MySqlDDL": {"tableSchema": ""}},
                    "fields": []}}]}},
              "proposedDelta": null,
              "systemMetadata": {"lastObserved": 1, "runId": "r", "registryName": null, "properties": null}}]
            """)));
        var proposals = Assert.IsType<MetadataChangeEvent>(unit.Records[0]).ToProposals().ToList();
        Assert.Equal("""{"description":"orders","tags":[],"customProperties":{}}""", Encoding.UTF8.GetString(proposals[0].Aspect.Span));
        Assert.Equal(
            """{"schemaName":"shop.orders","platform":"urn:li:dataPlatform:mysql","version":0,"created":{"time":0,"actor":"urn:li:corpuser:unknown"},"hash":"","platformSchema":{"com.linkedin.schema.MySqlDDL":{"tableSchema":""}},"fields":[]}""",
            Encoding.UTF8.GetString(proposals[1].Aspect.Span));
        Assert.True(unit.Records[0].OtherMembers.IsEmpty);
    }

    [Fact]
    public async Task A_path_that_is_not_there_is_a_fault_of_the_source()
    {
        await Assert.ThrowsAsync<SourceException>(() => ReadAsync(Path.Combine(_folder, "none.json")));
        await using var source = new FileSource(new FileSourceConfig { Path = Path.Combine(_folder, "none") }, _context);
        await Assert.ThrowsAsync<SourceException>(() => source.TestConnectionAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void An_address_is_refused_in_the_recipe() =>
        Assert.Equal("path", Assert.Single(new FileSourceConfig { Path = "s3://bucket/a.json" }.Validate()).Key);

    private static string Record(string name, string aspect = "tagProperties") =>
        Tag.Replace("NAME", name, StringComparison.Ordinal).Replace("ASPECT", aspect, StringComparison.Ordinal);

    private string Write(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, content);
        return path;
    }

    private async Task<List<WorkUnit>> ReadAsync(string path, Func<FileSourceConfig, FileSourceConfig>? change = null)
    {
        var config = new FileSourceConfig { Path = path };
        await using var source = new FileSource(change?.Invoke(config) ?? config, _context);
        return await source.ReadAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
    }
}
