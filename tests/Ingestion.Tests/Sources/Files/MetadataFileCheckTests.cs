using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Sources.Files;
using Discovery.Ingestion.Tests.Sinks.Files;

namespace Discovery.Ingestion.Tests.Sources.Files;

public sealed class MetadataFileCheckTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("file-check-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_DataHubs_client_wrote_has_no_problem()
    {
        foreach (var path in GoldenFiles.All())
        {
            var file = Path.Combine(_folder, "golden.json");
            await File.WriteAllBytesAsync(file, GoldenFiles.Read(path), TestContext.Current.CancellationToken);
            var check = await MetadataFileCheck.RunAsync(file, TestContext.Current.CancellationToken);
            Assert.True(check.Problems is [], $"{path}: {string.Join('\n', check.Problems)}");
        }
    }

    [Theory]
    [InlineData("""{"removed":"no"}""", "/aspect/json/removed", "boolean is expected")]
    [InlineData("""{"removed":null,"lifecycleStage":null}""", "", "")]
    [InlineData("[]", "/aspect/json", "com.linkedin.common.Status is expected")]
    public async Task The_content_of_an_aspect_is_checked(string aspect, string path, string message) =>
        await AssertProblemAsync(Proposal("dataset", "status", aspect), path, message);

    [Theory]
    [InlineData("""{"owners":[{"owner":"urn:li:corpuser:a","type":"BOSS"}]}""", "/aspect/json/owners/0/type", "'BOSS' is none of")]
    [InlineData("""{"owners":[{"type":"NONE"}]}""", "/aspect/json/owners/0", "the member 'owner' of com.linkedin.common.Owner is missing")]
    [InlineData("""{"owners":[],"lastModified":{"time":1.5,"actor":"a"}}""", "/aspect/json/lastModified/time", "long is expected")]
    public async Task Required_members_words_and_numbers_are_checked(string aspect, string path, string message) =>
        await AssertProblemAsync(Proposal("dataset", "ownership", aspect), path, message);

    [Theory]
    [InlineData("""{"com.linkedin.schema.FunnyType":{}}""", "/aspect/json/fields/0/type/type", "'com.linkedin.schema.FunnyType' is none of")]
    [InlineData("""{"com.linkedin.pegasus2avro.schema.StringType":{}}""", "/aspect/json/fields/0/type/type", "is none of")]
    [InlineData("\"StringType\"", "/aspect/json/fields/0/type/type", "an object with one member is expected")]
    [InlineData("{}", "/aspect/json/fields/0/type/type", "an object with one member")]
    public async Task Unions_are_checked(string type, string path, string message) => await AssertProblemAsync(
        Proposal("dataset", "schemaMetadata", """{"schemaName":"s","platform":"p","version":0,"hash":"","platformSchema":{"com.linkedin.schema.MySqlDDL":{"tableSchema":""}},"fields":[{"fieldPath":"a","nativeDataType":"TEXT","type":{"type":TYPE}}]}""".Replace("TYPE", type, StringComparison.Ordinal)),
        path,
        message);

    [Fact]
    public async Task What_the_model_does_not_know_is_a_warning()
    {
        var check = await CheckAsync($"[{Proposal("dataset", "acmeSecrets", "{}")},{Proposal("dataset", "status", """{"removed":true,"acme":1}""")},{Proposal("dataset", "tagProperties", """{"name":"a"}""")}]");
        Assert.Equal(3, check.Warnings);
        Assert.Equal(0, check.Errors);
        Assert.Equal(["/aspectName", "/aspect/json/acme", "/aspectName"], check.Problems.Select(problem => problem.Path));
        Assert.Equal(1, check.Aspects["acmeSecrets"]);
    }

    [Fact]
    public async Task The_envelope_is_checked()
    {
        await AssertProblemAsync(Proposal("datasett", "status", """{"removed":true}""").Replace("li:dataset:", "li:datasett:", StringComparison.Ordinal), "/entityType", "no entity type");
        await AssertProblemAsync(Proposal("container", "status", """{"removed":true}"""), "/entityUrn", "the record says 'container'");
        await AssertProblemAsync("{}", "", "neither 'proposedSnapshot' (MCE) nor 'aspect' (MCP)");
        await AssertProblemAsync(Proposal("dataset", "status", "[1]").Replace("UPSERT", "PATCH", StringComparison.Ordinal), "/aspect/json", "not a JSON patch");
    }

    [Fact]
    public async Task Problems_are_told_with_record_and_line_and_the_rest_is_checked()
    {
        var good = Proposal("dataset", "status", """{"removed":false}""");
        var check = await CheckAsync($"[\n{good},\n5,\n{good},\n{Proposal("dataset", "status", """{"removed":0}""")}\n]");
        Assert.Equal(4, check.Records);
        Assert.Equal(2, check.Errors);
        Assert.Equal([(1L, 3L), (3L, 5L)], check.Problems.Select(problem => (problem.Index, problem.Line)));
    }

    [Fact]
    public async Task An_event_is_checked_in_the_dialect_of_the_server() => await AssertProblemAsync(
        """{"proposedSnapshot":{"com.linkedin.pegasus2avro.metadata.snapshot.DatasetSnapshot":{"urn":"urn:li:dataset:x","aspects":[{"com.linkedin.pegasus2avro.common.Status":{"removed":5}}]}}}""",
        "/proposedSnapshot/status/removed",
        "boolean is expected");

    [Fact]
    public async Task A_file_that_cannot_be_read_is_a_fault() =>
        await Assert.ThrowsAsync<SourceException>(() => MetadataFileCheck.RunAsync(Path.Combine(_folder, "none"), TestContext.Current.CancellationToken));

    private static string Proposal(string entityType, string aspectName, string aspect) =>
        $$$"""{"entityType":"{{{entityType}}}","entityUrn":"urn:li:dataset:x","changeType":"UPSERT","aspectName":"{{{aspectName}}}","aspect":{"json":{{{aspect}}}}}""";

    private async Task AssertProblemAsync(string record, string path, string message)
    {
        var check = await CheckAsync(record);
        if (message.Length == 0)
        {
            Assert.Empty(check.Problems);
            return;
        }
        var problem = Assert.Single(check.Problems);
        Assert.False(problem.IsWarning);
        Assert.Equal(path, problem.Path);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    private async Task<MetadataFileCheck> CheckAsync(string file)
    {
        var path = Path.Combine(_folder, "file.json");
        await File.WriteAllTextAsync(path, file, TestContext.Current.CancellationToken);
        return await MetadataFileCheck.RunAsync(path, TestContext.Current.CancellationToken);
    }
}
