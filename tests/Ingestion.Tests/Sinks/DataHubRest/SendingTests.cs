using System.Text;
using Discovery.Ingestion.Sinks.DataHubRest;
using Discovery.Metadata;

namespace Discovery.Ingestion.Tests.Sinks.DataHubRest;

public sealed class SendingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("AsyncBatch", "Restli")]
    [InlineData("AsyncBatch", "Openapi")]
    [InlineData("Async", "Restli")]
    [InlineData("Async", "Openapi")]
    [InlineData("Sync", "Restli")]
    [InlineData("Sync", "Openapi")]
    public async Task Every_record_arrives_once_and_in_the_order_of_its_urn(string mode, string endpoint)
    {
        await using var server = await RecordingServer.StartAsync();
        var config = SinkRun.Config(server.Address) with { Mode = Enum.Parse<RestSinkMode>(mode), Endpoint = Enum.Parse<RestSinkEndpoint>(endpoint), MaxPerBatch = 7, MaxPendingRequests = 50 };
        await using var run = new SinkRun(config);

        var units = Enumerable.Range(0, 200).Select(i => SinkRun.Unit(
            SinkRun.Proposal(SinkRun.Urn(i % 20), $$"""{"n":{{2 * i}}}"""),
            SinkRun.Proposal(SinkRun.Urn(i % 20), $$"""{"n":{{(2 * i) + 1}}}""")));
        await run.SendAsync(units);

        var arrived = server.Writes.SelectMany(request => request.Urns.Zip(Numbers(request))).ToList();
        Assert.Equal(400, arrived.Select(record => record.Second).Distinct().Count());
        Assert.Equal(400, arrived.Count);
        Assert.All(arrived.GroupBy(record => record.First), ofUrn => Assert.Equal(ofUrn.Select(record => record.Second).Order(), ofUrn.Select(record => record.Second)));
        Assert.Equal(200, run.Report.AcceptedCounts["dataset"]);
        Assert.Equal(400, run.Report.Records);
        Assert.Equal(0, run.Report.RejectedCounts.Total);
        Assert.Equal(server.Address, run.Report.Destination);
        Assert.Equal(server.All.Count, run.Report.Requests);
        Assert.All(server.Writes, request => Assert.True(request.Urns.Count <= (mode == "AsyncBatch" ? 7 : 1)));
    }

    [Fact]
    public async Task Text_beyond_ascii_reaches_the_server_as_escapes_inside_the_aspect()
    {
        const string urn = "urn:li:dataset:(urn:li:dataPlatform:mysql,판매.주문,PROD)";
        await using var server = await RecordingServer.StartAsync();
        await using var run = new SinkRun(SinkRun.Config(server.Address));

        await run.SendAsync(SinkRun.Unit(SinkRun.Proposal(urn, "{\"name\":\"주문 \\\"x\\\" 😀\\n\"}", "datasetProperties")));

        var request = Assert.Single(server.Writes);
        Assert.True(Ascii.IsValid(request.Body));
        Assert.Equal([urn], request.Urns);
        Assert.Equal("""{"name":"\uc8fc\ubb38 \"x\" \ud83d\ude00\n"}""", Assert.Single(request.Values));
    }

    [Fact]
    public async Task A_request_stays_within_15_MiB_and_a_larger_record_goes_alone()
    {
        await using var server = await RecordingServer.StartAsync();
        await using var run = new SinkRun(SinkRun.Config(server.Address) with { MaxThreads = 1 });
        var quotes = "{\"d\":\"" + string.Concat(Enumerable.Repeat("\\\"", 1_100_000)) + "\"}";
        var huge = "{\"d\":\"" + new string('x', 16 * 1024 * 1024) + "\"}";

        await run.SendAsync(
            [.. Enumerable.Range(0, 6).Select(i => SinkRun.Unit(SinkRun.Proposal(SinkRun.Urn(i), quotes))),
            SinkRun.Unit(SinkRun.Proposal(SinkRun.Urn(6), huge)),
            SinkRun.Unit(SinkRun.Proposal(SinkRun.Urn(7)))]);

        Assert.Equal(8, run.Report.AcceptedCounts.Total);
        Assert.All(server.Writes.Where(request => request.Urns.Count > 1), request => Assert.True(request.Body.Length <= 15 * 1024 * 1024));
        Assert.Equal([SinkRun.Urn(6)], Assert.Single(server.Writes, request => request.Body.Length > 15 * 1024 * 1024).Urns);
        Assert.Equal(Enumerable.Range(0, 8).Select(SinkRun.Urn), server.Writes.SelectMany(request => request.Urns));
    }

    [Fact]
    public async Task A_stalled_server_makes_the_source_wait_and_nothing_is_lost()
    {
        var gate = new TaskCompletionSource();
        await using var server = await RecordingServer.StartAsync();
        server.OnWrite = _ => new Reply { Gate = gate.Task };
        await using var run = new SinkRun(SinkRun.Config(server.Address) with { MaxPendingRequests = 10, MaxThreads = 2 });
        await run.Sink.OpenAsync(Cancel);

        var written = 0;
        var source = Task.Run(
            async () =>
            {
                for (; written < 100; written++)
                {
                    await run.Sink.WriteAsync(SinkRun.Unit(SinkRun.Proposal(SinkRun.Urn(written))), Cancel);
                }
            },
            Cancel);
        await server.ArrivedAsync();

        Assert.False(source.IsCompleted);
        Assert.True(written <= 10);
        gate.SetResult();
        await source;
        await run.Sink.CompleteAsync(succeeded: true, Cancel);
        Assert.Equal(100, run.Report.AcceptedCounts.Total);
    }

    [Fact]
    public async Task A_batch_that_does_not_fill_is_sent_after_the_interval()
    {
        var time = new ManualTime();
        await using var server = await RecordingServer.StartAsync();
        await using var run = new SinkRun(SinkRun.Config(server.Address) with { MinProcessIntervalSeconds = 30 }, time);
        await run.Sink.OpenAsync(Cancel);

        await run.Sink.WriteAsync(SinkRun.Unit(SinkRun.Proposal(SinkRun.Urn(1))), Cancel);
        time.Advance(TimeSpan.FromSeconds(30));

        await server.ArrivedAsync();
        await run.Sink.CompleteAsync(succeeded: true, Cancel);
        Assert.Equal(1, run.Report.AcceptedCounts.Total);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_interrupt_ends_a_sink_that_waits_and_all_units_are_settled(bool whileWriting)
    {
        await using var server = await RecordingServer.StartAsync();
        server.OnWrite = _ => new Reply { Gate = new TaskCompletionSource().Task };
        await using var run = new SinkRun(SinkRun.Config(server.Address) with { MaxPendingRequests = 2, MaxThreads = 1 });
        await run.Sink.OpenAsync(Cancel);
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(Cancel);

        await run.Sink.WriteAsync(SinkRun.Unit(SinkRun.Proposal(SinkRun.Urn(1))), interrupt.Token);
        await run.Sink.WriteAsync(SinkRun.Unit(SinkRun.Proposal(SinkRun.Urn(2))), interrupt.Token);
        var waiting = whileWriting
            ? run.Sink.WriteAsync(SinkRun.Unit(SinkRun.Proposal(SinkRun.Urn(3))), interrupt.Token).AsTask()
            : run.Sink.CompleteAsync(succeeded: true, interrupt.Token);
        await server.ArrivedAsync();
        Assert.False(waiting.IsCompleted);
        await interrupt.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await run.Sink.DisposeAsync();
        Assert.Equal(whileWriting ? 3 : 2, run.Report.RejectedCounts.Total);
        Assert.Equal(0, run.Report.AcceptedCounts.Total);
    }

    [Fact]
    public async Task A_sink_that_is_disposed_without_completing_rejects_what_it_holds()
    {
        await using var server = await RecordingServer.StartAsync();
        await using var run = new SinkRun(SinkRun.Config(server.Address));
        await run.Sink.OpenAsync(Cancel);
        await run.Sink.WriteAsync(SinkRun.Unit(SinkRun.Proposal(SinkRun.Urn(1))), Cancel);

        await run.Sink.DisposeAsync();

        Assert.Equal(1, run.Report.RejectedCounts.Total);
        Assert.Empty(server.Writes);
    }

    [Fact]
    public async Task A_snapshot_with_text_that_is_not_JSON_is_rejected_and_its_neighbours_are_not()
    {
        await using var server = await RecordingServer.StartAsync();
        await using var run = new SinkRun(SinkRun.Config(server.Address) with { MaxThreads = 1, Mode = RestSinkMode.Async });
        static MetadataChangeEvent Tag(string name, string aspect) => new(
            "com.linkedin.pegasus2avro.metadata.snapshot.TagSnapshot",
            "urn:li:tag:" + name,
            [new SnapshotAspect("com.linkedin.pegasus2avro.tag.TagProperties", Encoding.UTF8.GetBytes(aspect))]);

        await run.SendAsync(
            SinkRun.Unit(Tag("a", """{"name":"a"}""")),
            SinkRun.Unit(Tag("bad", """{"name":"com.linkedin.pegasus2avro.", ]""")),
            SinkRun.Unit(Tag("c", """{"name":"c"}""")));

        Assert.Equal(2, run.Report.AcceptedCounts["tag"]);
        Assert.Equal(1, run.Report.RejectedCounts["tag"]);
        Assert.Equal(2, server.Writes.Count);
    }

    [Fact]
    public async Task Members_of_the_envelope_and_of_system_metadata_pass_through_and_nulls_do_not()
    {
        await using var server = await RecordingServer.StartAsync();
        await using var run = new SinkRun(SinkRun.Config(server.Address));
        var proposal = new MetadataChangeProposal("tag", "urn:li:tag:a", "status", "{}"u8.ToArray())
        {
            OtherMembers = "\"headers\":{\"If-None-Match\":\"*\"},\"auditHeader\":null"u8.ToArray(),
            SystemMetadata = new SystemMetadata(5, "r", "nightly") { OtherMembers = "\"properties\":{\"clientId\":\"other\",\"k\":\"v\"},\"version\":null"u8.ToArray() },
        };

        await run.SendAsync(SinkRun.Unit(proposal));

        var sent = Assert.Single(server.Writes).Json!["proposals"]![0]!;
        Assert.Equal("*", (string)sent["headers"]!["If-None-Match"]!);
        Assert.False(sent.AsObject().ContainsKey("auditHeader"));
        Assert.Equal(
            $$$"""{"lastObserved":5,"runId":"r","lastRunId":"no-run-id-provided","pipelineName":"nightly","properties":{"clientId":"discovery","clientVersion":"{{{ClientIdentity.Version}}}","k":"v"}}""",
            sent["systemMetadata"]!.ToJsonString());
    }

    [Fact]
    public async Task A_proposal_without_system_metadata_is_observed_now()
    {
        var time = new ManualTime();
        await using var server = await RecordingServer.StartAsync();
        await using var run = new SinkRun(SinkRun.Config(server.Address), time);

        await run.SendAsync(SinkRun.Unit(new MetadataChangeProposal("tag", "urn:li:tag:a", "status", "{}"u8.ToArray())));

        var metadata = Assert.Single(server.Writes).Json!["proposals"]![0]!["systemMetadata"]!;
        Assert.Equal(time.GetUtcNow().ToUnixTimeMilliseconds(), (long)metadata["lastObserved"]!);
        Assert.Equal("no-run-id-provided", (string)metadata["runId"]!);
    }

    private static IEnumerable<int> Numbers(RecordedRequest request) => request.Values.Count > 0
        ? request.Values.Select(value => (int)System.Text.Json.Nodes.JsonNode.Parse(value)!["n"]!)
        : request.Json!.AsArray().Select(entity => (int)entity!["status"]!["value"]!["n"]!);
}
