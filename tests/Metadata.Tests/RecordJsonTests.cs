using System.Text;
using Discovery.Metadata.Serialization;

namespace Discovery.Metadata.Tests;

public sealed class RecordJsonTests
{
    [Fact]
    public void A_proposal_is_written_as_the_file_sink_of_DataHub_writes_it()
    {
        var record = Status("""{"removed":false}"""u8.ToArray());
        record.SystemMetadata = new SystemMetadata(5, "run", "nightly");
        Assert.Equal(
            """
            {
                "entityType": "dataset",
                "entityUrn": "urn:li:dataset:(urn:li:dataPlatform:mysql,shop.\ubb3c\uac74,PROD)",
                "changeType": "UPSERT",
                "aspectName": "status",
                "aspect": {
                    "json": {
                        "removed": false
                    }
                },
                "systemMetadata": {
                    "lastObserved": 5,
                    "runId": "run",
                    "lastRunId": "no-run-id-provided",
                    "pipelineName": "nightly"
                }
            }
            """,
            Indented(record));
    }

    [Fact]
    public void A_snapshot_is_written_as_the_file_sink_of_DataHub_writes_it()
    {
        var record = new MetadataChangeEvent("com.linkedin.pegasus2avro.metadata.snapshot.DatasetSnapshot", "urn:li:dataset:x",
            [new("com.linkedin.pegasus2avro.common.Status", "{\"removed\":true}"u8.ToArray()), new("a.B", "{}"u8.ToArray())]);
        Assert.Equal(
            """
            {
                "proposedSnapshot": {
                    "com.linkedin.pegasus2avro.metadata.snapshot.DatasetSnapshot": {
                        "urn": "urn:li:dataset:x",
                        "aspects": [
                            {
                                "com.linkedin.pegasus2avro.common.Status": {
                                    "removed": true
                                }
                            },
                            {
                                "a.B": {}
                            }
                        ]
                    }
                }
            }
            """,
            Indented(record));
        Assert.Equal(["status", "b"], record.AspectNames);
    }

    [Theory]
    [InlineData("""{"a":[],"b":{},"c":[1,[2]]}""", "{\n    \"a\": [],\n    \"b\": {},\n    \"c\": [\n        1,\n        [\n            2\n        ]\n    ]\n}")]
    [InlineData(" { \"a\" :\t[ ] ,\r\n\"b\":{ } } ", "{\n    \"a\": [],\n    \"b\": {}\n}")]
    [InlineData("[\"물건\",\"😀\",\"é\",\"\u007f\"]", "[\n    \"\\ubb3c\\uac74\",\n    \"\\ud83d\\ude00\",\n    \"\\u00e9\",\n    \"\\u007f\"\n]")]
    [InlineData("""["\u00E9\uD83D\uDE00\/\u0041\u0022\u000a\u001F\ud800<>&'+"]""", "[\n    \"\\u00e9\\ud83d\\ude00/A\\\"\\n\\u001f\\ud800<>&'+\"\n]")]
    [InlineData("""["\b\f\n\r\t\\\""]""", "[\n    \"\\b\\f\\n\\r\\t\\\\\\\"\"\n]")]
    [InlineData("[0.10,1E5,-0.0,12345678901234567890,1e-05]", "[\n    0.10,\n    1E5,\n    -0.0,\n    12345678901234567890,\n    1e-05\n]")]
    [InlineData("null", "null")]
    public void Values_are_laid_out_as_Python_does_and_numbers_keep_their_text(string json, string expected)
    {
        var output = new Utf8Buffer(0);
        JsonLayout.Append(output, Encoding.UTF8.GetBytes(json), JsonStyle.Indented, level: 0);
        Assert.Equal(expected, Text(output));
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("[1")]
    [InlineData("[1,]")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\"}")]
    [InlineData("{a:1}")]
    [InlineData("[1}")]
    [InlineData("1 2")]
    [InlineData("1,2")]
    [InlineData("]")]
    [InlineData("01")]
    [InlineData("1.")]
    [InlineData("-")]
    [InlineData("1e")]
    [InlineData("+1")]
    [InlineData("NaN")]
    [InlineData("truee")]
    [InlineData("\"a")]
    [InlineData("\"\\x\"")]
    [InlineData("\"\\u12\"")]
    [InlineData("\"\\u+123\"")]
    [InlineData("\"a\nb\"")]
    [InlineData("\"\\")]
    public void What_is_not_JSON_is_refused_and_leaves_the_output_as_it_was(string aspect)
    {
        var output = new Utf8Buffer(0);
        output.Append("before"u8);
        var record = Status(Encoding.UTF8.GetBytes(aspect));
        Assert.Throws<MetadataFormatException>(() => MetadataJson.WriteIndented(record, output));
        Assert.Equal("before", Text(output));
    }

    [Theory]
    [InlineData(new byte[] { 0x22, 0xff, 0x22 })]
    [InlineData(new byte[] { 0x22, 0xed, 0xa0, 0x80, 0x22 })]
    [InlineData(new byte[] { 0x22, 0xc3, 0x22 })]
    public void What_is_not_UTF_8_is_refused(byte[] aspect) =>
        Assert.Throws<MetadataFormatException>(() => MetadataJson.WriteCompact(Status(aspect), new Utf8Buffer(0)));

    [Fact]
    public void An_aspect_may_be_nested_deeply_and_hold_huge_text()
    {
        var text = new string('한', 1_000_000);
        var json = $"{string.Concat(Enumerable.Repeat("{\"a\":[", 32))}\"{text}\"{string.Concat(Enumerable.Repeat("]}", 32))}";
        var record = Status(Encoding.UTF8.GetBytes(json));
        var written = Indented(record);
        Assert.Equal(1_000_000, written.Split("\\ud55c").Length - 1);
        Assert.Equal(Indented(MetadataJson.Read(Encoding.UTF8.GetBytes(written))), written);
    }

    [Fact]
    public void Too_deep_a_record_is_refused()
    {
        var deep = new string('[', MetadataJson.MaxDepth) + new string(']', MetadataJson.MaxDepth);
        Assert.Throws<MetadataFormatException>(() => Indented(Status(Encoding.UTF8.GetBytes(deep))));
        Assert.Throws<MetadataFormatException>(() => Read($$$"""{"entityUrn":"urn:li:tag:a","aspectName":"x","aspect":{"json":{{{deep}}}}}"""));
    }

    [Fact]
    public void An_aspect_in_a_string_is_read_and_can_be_written_so()
    {
        const string Text =
            """
            {
                "entityType": "dataset",
                "entityUrn": "urn:li:dataset:x",
                "changeType": "UPSERT",
                "aspectName": "status",
                "aspect": {
                    "value": "{\"removed\": false, \"note\": \"\\ud55c \\\"\\n\", \"list\": [1, 2]}",
                    "contentType": "application/json"
                }
            }
            """;
        var record = Assert.IsType<MetadataChangeProposal>(Read(Text));
        Assert.Equal("""{"removed":false,"note":"\ud55c \"\n","list":[1,2]}""", Encoding.UTF8.GetString(record.Aspect.Span));
        var output = new Utf8Buffer(0);
        MetadataJson.WriteIndented(record, output, aspectAsText: true);
        Assert.Equal(Text, RecordJsonTests.Text(output));
    }

    [Fact]
    public void A_patch_document_is_read_in_both_forms()
    {
        const string Patch = """[{"op":"add","path":"/tags/urn:li:tag:a","value":{}}]""";
        foreach (var aspect in (string[])[
            $$"""{"json":{{Patch}}}""",
            $$"""{"value":{{System.Text.Json.JsonSerializer.Serialize(Patch)}},"contentType":"application/json-patch+json"}"""])
        {
            var record = Assert.IsType<MetadataChangeProposal>(Read(
                $$"""{"entityUrn":"urn:li:dataset:x","changeType":"PATCH","aspectName":"globalTags","aspect":{{aspect}}}"""));
            Assert.Equal(Patch, Encoding.UTF8.GetString(record.Aspect.Span));
            Assert.Equal(MetadataChangeProposal.JsonPatch, record.ContentType);
            Assert.Equal("dataset", record.EntityType);
        }
    }

    [Fact]
    public void What_is_not_known_of_the_envelope_is_written_back()
    {
        const string Text =
            """{"entityType":"tag","entityUrn":"urn:li:tag:a","changeType":"UPSERT","aspectName":"x","aspect":{"json":{}}""" +
            ""","systemMetadata":{"lastObserved":7,"runId":"r","lastRunId":"q","version":"3","properties":{"a":"b"}}""" +
            ""","headers":{"k":"\ud55c"},"brand new":[1.50,null,{"x":[]}]}""";
        var output = new Utf8Buffer(0);
        MetadataJson.WriteCompact(Read(Text), output);
        Assert.Equal(Text, RecordJsonTests.Text(output));
    }

    [Theory]
    [InlineData("[]", "not an object")]
    [InlineData("{} x", "valid JSON")]
    [InlineData("{}", "neither 'proposedSnapshot' (MCE) nor 'aspect' (MCP)")]
    [InlineData("""{"aspect":{"json":{}},"aspectName":"x"}""", "'entityUrn' is missing")]
    [InlineData("""{"aspect":{"json":{}},"entityUrn":"urn:li:tag:a"}""", "'aspectName' is missing")]
    [InlineData("""{"aspect":{"json":{}},"entityUrn":"a","aspectName":"x"}""", "'entityType' is missing")]
    [InlineData("""{"aspect":{},"entityUrn":"urn:li:tag:a","aspectName":"x"}""", "neither 'json' nor 'value'")]
    [InlineData("""{"aspect":{"value":"{"},"entityUrn":"urn:li:tag:a","aspectName":"x"}""", "not valid JSON")]
    [InlineData("""{"aspect":{"value":"x","contentType":"text/plain"},"entityUrn":"urn:li:tag:a","aspectName":"x"}""", "not valid JSON")]
    [InlineData("""{"aspect":{"value":"1","contentType":"text/plain"},"entityUrn":"urn:li:tag:a","aspectName":"x"}""", "'text/plain'")]
    [InlineData("""{"aspect":{"json":{}},"entityUrn":5,"aspectName":"x"}""", "'entityUrn' is not text")]
    [InlineData("""{"aspect":{"json":{}},"entityUrn":"urn:li:tag:\ud800","aspectName":"x"}""", "no character")]
    [InlineData("""{"proposedSnapshot":{}}""", "names no snapshot")]
    [InlineData("""{"proposedSnapshot":{"a":{"aspects":[]}}}""", "'urn' is missing")]
    [InlineData("""{"proposedSnapshot":{"a":{"urn":"u","aspects":[{}]}}}""", "not an object with one member")]
    [InlineData("""{"proposedSnapshot":{"a":{"urn":"u","aspects":{}}}}""", "not an array")]
    [InlineData("""{"proposedSnapshot":{"a":{"urn":"u","extra":1}}}""", "\"extra\"")]
    public void What_is_no_record_is_refused_with_the_reason(string json, string reason) =>
        Assert.Contains(reason, Assert.Throws<MetadataFormatException>(() => Read(json)).Message, StringComparison.Ordinal);

    private static MetadataChangeProposal Status(byte[] aspect) =>
        new("dataset", "urn:li:dataset:(urn:li:dataPlatform:mysql,shop.물건,PROD)", "status", aspect);

    private static MetadataRecord Read(string json) => MetadataJson.Read(Encoding.UTF8.GetBytes(json));

    private static string Indented(MetadataRecord record)
    {
        var output = new Utf8Buffer(0);
        MetadataJson.WriteIndented(record, output);
        return Text(output);
    }

    private static string Text(Utf8Buffer output) => Encoding.UTF8.GetString(output.Written);
}
