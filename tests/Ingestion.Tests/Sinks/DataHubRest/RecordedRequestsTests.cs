using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Discovery.Ingestion.Sinks.DataHubRest;
using Discovery.Metadata;

namespace Discovery.Ingestion.Tests.Sinks.DataHubRest;

/// <summary>Our requests for the same records equal those of DataHub's own client, which were recorded.</summary>
public sealed class RecordedRequestsTests
{
    [Theory]
    [InlineData("04_ingest_default")]
    [InlineData("05_ingest_sync")]
    [InlineData("06_ingest_async")]
    [InlineData("07_ingest_async_batch")]
    [InlineData("08_ingest_openapi_endpoint")]
    [InlineData("10_ingest_mcps")]
    [InlineData("95_sdk_emit_restli")]
    [InlineData("96_sdk_emit_openapi")]
    [InlineData("97_sdk_emit_mce_usage")]
    [InlineData("104_sdk_patch")]
    [InlineData("110_sdk_errors")]
    [InlineData("111_sdk_unicode")]
    [InlineData("112_sdk_emit_all")]
    public async Task Requests_equal_the_recorded_ones(string cassette)
    {
        var recorded = Cassette(cassette)["exchanges"]!.AsArray().Select(exchange => exchange!["request"]!).Where(IsWrite).ToList();
        Assert.NotEmpty(recorded);
        foreach (var request in recorded)
        {
            var target = (string)request["target"]!;
            var body = request["body"]!;
            await using var server = await RecordingServer.StartAsync();
            await using var run = new SinkRun(Config(server, target, body));

            await run.SendAsync(Records(target, body).Select(record => SinkRun.Unit(record)));

            var sent = Assert.Single(server.Writes);
            Assert.Equal((string)request["method"]!, sent.Method);
            Assert.Equal(target, sent.Target);
            Assert.Equal(Comparable(body), Comparable(sent.Json!));
            foreach (var header in new[] { "X-RestLi-Protocol-Version", "Content-Type", "Accept" })
            {
                Assert.Equal((string)request["headers"]![header]!, sent.Headers[header]);
            }
        }
    }

    [Fact]
    public async Task A_snapshot_in_a_batch_is_sent_as_the_proposals_that_were_recorded()
    {
        var single = Cassette("05_ingest_sync")["exchanges"]!.AsArray().Select(exchange => exchange!["request"]!)
            .Single(request => (string)request["target"]! == "/entities?action=ingest");
        var batch = Cassette("07_ingest_async_batch")["exchanges"]!.AsArray().Select(exchange => exchange!["request"]!)
            .Single(request => (string)request["target"]! == "/aspects?action=ingestProposalBatch");
        var expected = batch["body"]!["proposals"]!.AsArray().Single(proposal => (string)proposal!["entityUrn"]! == "urn:li:tag:Legacy")!;
        await using var server = await RecordingServer.StartAsync();
        await using var run = new SinkRun(SinkRun.Config(server.Address));

        await run.SendAsync(SinkRun.Unit(Snapshot(single["body"]!)));

        var sent = Assert.Single(Assert.Single(server.Writes).Json!["proposals"]!.AsArray())!;
        Assert.Equal(Comparable(expected["aspect"]!), Comparable(sent["aspect"]!));
        Assert.Equal("tagProperties", (string)sent["aspectName"]!);
        Assert.Equal("tag", (string)sent["entityType"]!);
    }

    /// <summary>The file of a recorded command of DataHub's client.</summary>
    internal static JsonNode Cassette(string name) => JsonNode.Parse(File.ReadAllText(SharedFolder.Require($"oracle/wire/cassettes/{name}.json")))!;

    /// <summary>A body without what differs from run to run and from client to client: times, the client's id, the spelling of values.</summary>
    internal static string Comparable(JsonNode body)
    {
        var copy = body.DeepClone();
        Normalize(copy);
        return Sorted(copy)!.ToJsonString();
    }

    private static bool IsWrite(JsonNode request)
    {
        var target = (string)request["target"]!;
        var body = request["body"]?.ToJsonString() ?? "";
        // Only the SDK asks for a search index that is current when the call returns.
        return ((target.StartsWith("/aspects?action=ingestProposal", StringComparison.Ordinal) || target == "/entities?action=ingest")
                || (target.StartsWith("/openapi/v3/entity/", StringComparison.Ordinal) && (string)request["method"]! != "DELETE" && target.Contains("async=", StringComparison.Ordinal)))
            && !body.Contains("X-DataHub-Sync-Index-Update", StringComparison.Ordinal);
    }

    private static DataHubRestConfig Config(RecordingServer server, string target, JsonNode body)
    {
        var isAsync = target.Contains("async=true", StringComparison.Ordinal) || (string?)(body as JsonObject)?["async"] == "true";
        var isBatch = target.Contains("Batch", StringComparison.Ordinal) || body is JsonArray { Count: > 1 };
        return SinkRun.Config(server.Address) with
        {
            MaxThreads = 1,
            Mode = isBatch ? RestSinkMode.AsyncBatch : isAsync ? RestSinkMode.Async : RestSinkMode.Sync,
            Endpoint = target.StartsWith("/openapi", StringComparison.Ordinal) ? RestSinkEndpoint.Openapi : RestSinkEndpoint.Restli,
        };
    }

    private static IEnumerable<MetadataRecord> Records(string target, JsonNode body)
    {
        if (target == "/entities?action=ingest")
        {
            return [Snapshot(body)];
        }
        if (body is JsonArray entities)
        {
            var entityType = target.Split('/')[4].Split('?')[0];
            var changeType = entities.ToJsonString().Contains("\"patch\":", StringComparison.Ordinal) ? "PATCH" : "UPSERT";
            return entities.Select(entity =>
            {
                var (name, aspect) = entity!.AsObject().Single(member => member.Key != "urn");
                return (MetadataRecord)new MetadataChangeProposal(entityType, (string)entity["urn"]!, name, Encoding.UTF8.GetBytes(aspect!["value"]!.ToJsonString()))
                {
                    ChangeType = changeType,
                    SystemMetadata = System(aspect["systemMetadata"]!),
                };
            });
        }
        return (body["proposals"]?.AsArray() ?? [body["proposal"]!.DeepClone()]).Select(proposal => (MetadataRecord)new MetadataChangeProposal(
            (string)proposal!["entityType"]!, Unescaped((string)proposal["entityUrn"]!), (string)proposal["aspectName"]!, Encoding.UTF8.GetBytes((string)proposal["aspect"]!["value"]!))
        {
            ChangeType = (string)proposal["changeType"]!,
            SystemMetadata = System(proposal["systemMetadata"]!),
        });
    }

    private static MetadataChangeEvent Snapshot(JsonNode body)
    {
        var (type, snapshot) = body["entity"]!["value"]!.AsObject().Single();
        var aspects = snapshot!["aspects"]!.AsArray().Select(aspect => aspect!.AsObject().Single());
        return new MetadataChangeEvent(Avro(type), (string)snapshot["urn"]!, [.. aspects.Select(aspect => new SnapshotAspect(Avro(aspect.Key), Encoding.UTF8.GetBytes(aspect.Value!.ToJsonString())))])
        {
            SystemMetadata = System(body["systemMetadata"]!),
        };
    }

    private static string Avro(string name) => name.Replace("com.linkedin.", "com.linkedin.pegasus2avro.", StringComparison.Ordinal);

    private static SystemMetadata System(JsonNode json) => new((long)json["lastObserved"]!, (string)json["runId"]!, (string?)json["pipelineName"]);

    // The Python client sends text beyond ASCII in urns of single proposals as the characters \ u d 3 1 0.
    private static string Unescaped(string urn) => Regex.Replace(urn, @"\\u([0-9a-f]{4})", match => ((char)Convert.ToInt32(match.Groups[1].Value, 16)).ToString());

    private static void Normalize(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject json:
                if (json["properties"] is JsonObject { Count: 2 } client && client.ContainsKey("clientId"))
                {
                    json["properties"] = "client";
                }
                if (json["value"] is JsonValue value && json.ContainsKey("contentType"))
                {
                    json["value"] = JsonNode.Parse((string)value!);
                }
                if (json["entityUrn"] is { } urn)
                {
                    json["entityUrn"] = Unescaped((string)urn!);
                }
                // A batch is always asynchronous here; the SDK can send one synchronously.
                if (json.ContainsKey("proposals"))
                {
                    json.Remove("async");
                }
                foreach (var (_, member) in json.ToList())
                {
                    Normalize(member);
                }
                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Normalize(item);
                }
                break;
        }
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject json => new JsonObject(json.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
