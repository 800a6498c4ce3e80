using System.Collections.Concurrent;
using System.Globalization;
using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Sinks.DataHubRest;
using Discovery.Metadata;

namespace Discovery.Ingestion.Tests.Sinks.DataHubRest;

public sealed class FaultTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static DataHubRestConfig OneLane(RecordingServer server) => SinkRun.Config(server.Address) with { MaxThreads = 1 };

    private static IEnumerable<WorkUnit> Units(int count) => Enumerable.Range(0, count).Select(i => SinkRun.Unit(SinkRun.Proposal(SinkRun.Urn(i))));

    [Fact]
    public async Task A_retry_after_of_90_seconds_is_waited_for_and_said_once()
    {
        var time = new ManualTime();
        await using var server = await RecordingServer.StartAsync();
        var answers = new ConcurrentQueue<Reply>([new Reply(429, "{}") { Headers = { ["Retry-After"] = "90", ["X-DataHub-RateLimit-Type"] = "ingest-throttle" } }]);
        server.OnWrite = _ => answers.TryDequeue(out var reply) ? reply : new Reply();
        await using var run = new SinkRun(OneLane(server), time);

        var sending = run.SendAsync(Units(3));
        await time.TimerSetAsync(TimeSpan.FromSeconds(90));
        time.Advance(TimeSpan.FromSeconds(89));
        Assert.Single(server.Writes);
        time.Advance(TimeSpan.FromSeconds(1));
        await sending;

        Assert.Equal(2, server.Writes.Count);
        Assert.Equal(3, run.Report.AcceptedCounts.Total);
        Assert.Equal(1, run.Report.Retries);
        var line = Assert.Single(run.Log, line => line.Contains("asked us to wait 90 s", StringComparison.Ordinal));
        Assert.Contains("X-DataHub-RateLimit-Type: ingest-throttle", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_page_with_status_200_is_not_taken_for_an_acknowledgement()
    {
        await using var server = await RecordingServer.StartAsync();
        server.OnWrite = _ => new Reply(200, "<html>Log in</html>") { Headers = { ["Content-Type"] = "text/html; charset=utf-8" } };
        await using var run = new SinkRun(OneLane(server));

        var fault = await Assert.ThrowsAsync<SinkException>(() => run.SendAsync(Units(1)));

        Assert.Contains("a page in HTML", fault.Message, StringComparison.Ordinal);
        Assert.Equal((0, 1), (run.Report.AcceptedCounts.Total, run.Report.RejectedCounts.Total));
    }

    [Fact]
    public async Task A_retry_after_that_is_a_date_is_waited_for()
    {
        var time = new ManualTime();
        await using var server = await RecordingServer.StartAsync();
        var date = (time.GetUtcNow() + TimeSpan.FromSeconds(75)).ToString("R", CultureInfo.InvariantCulture);
        var answers = new ConcurrentQueue<Reply>([new Reply(503, "") { Headers = { ["Retry-After"] = date } }]);
        server.OnWrite = _ => answers.TryDequeue(out var reply) ? reply : new Reply();
        await using var run = new SinkRun(OneLane(server), time);

        var sending = run.SendAsync(Units(1));
        await time.TimerSetAsync(TimeSpan.FromSeconds(75));
        time.Advance(TimeSpan.FromSeconds(75));
        await sending;

        Assert.Equal(1, run.Report.AcceptedCounts.Total);
    }

    [Fact]
    public async Task Other_lanes_keep_to_a_pause_that_the_server_asked_for()
    {
        var time = new ManualTime();
        var pause = new ServerPause(time);

        Assert.True(pause.Extend(TimeSpan.FromSeconds(10)));
        Assert.False(pause.Extend(TimeSpan.FromSeconds(20)));
        var other = pause.WaitAsync(Cancel);
        time.Advance(TimeSpan.FromSeconds(19));
        Assert.False(other.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        await other;
        Assert.True(pause.Extend(TimeSpan.FromHours(5)));
        other = pause.WaitAsync(Cancel);
        time.Advance(ServerPause.Longest);
        await other;
    }

    [Fact]
    public async Task A_member_that_cannot_be_sent_refuses_its_record_alone()
    {
        await using var server = await RecordingServer.StartAsync();
        await using var run = new SinkRun(OneLane(server));
        var odd = new MetadataChangeProposal("dataset", SinkRun.Urn(7), "status", "{}"u8.ToArray()) { OtherMembers = "\"\\ud800\":1"u8.ToArray() };

        await run.SendAsync([SinkRun.Unit(odd), .. Units(2)]);

        Assert.Equal((2, 1), (run.Report.AcceptedCounts.Total, run.Report.RejectedCounts.Total));
    }

    [Fact]
    public async Task An_answer_that_is_no_text_refuses_its_record_alone()
    {
        await using var server = await RecordingServer.StartAsync();
        server.OnWrite = request => request.Urns.Contains(SinkRun.Urn(1)) ? new Reply(400, """{"message":"\ud800"}""") : new Reply();
        await using var run = new SinkRun(OneLane(server));

        await run.SendAsync(Units(3));

        Assert.Equal((2, 1), (run.Report.AcceptedCounts.Total, run.Report.RejectedCounts.Total));
    }

    [Theory]
    [InlineData(429, 8)]
    [InlineData(503, 4)]
    [InlineData(502, 4)]
    public async Task A_server_that_stays_unavailable_ends_the_run_after_the_retries(int status, int retries)
    {
        var time = new ManualTime { SkipsPauses = true };
        await using var server = await RecordingServer.StartAsync();
        server.OnWrite = _ => new Reply(status, """{"message":"closed for the day"}""");
        await using var run = new SinkRun(OneLane(server), time);

        var fault = await Assert.ThrowsAsync<SinkException>(() => run.SendAsync(Units(3)));

        Assert.Contains(status.ToString(CultureInfo.InvariantCulture), fault.Message, StringComparison.Ordinal);
        Assert.Contains("closed for the day", fault.Message, StringComparison.Ordinal);
        Assert.Equal(retries, run.Report.Retries);
        Assert.Equal([2, 4, 8, 16], time.Pauses.Take(4).Select(pause => pause.TotalSeconds));
        Assert.Equal(3, run.Report.RejectedCounts.Total);
        Assert.Equal(0, run.Report.AcceptedCounts.Total);
        await Assert.ThrowsAsync<SinkException>(() => run.Sink.WriteAsync(Units(1).Single(), Cancel).AsTask());
        Assert.Equal(4, run.Report.RejectedCounts.Total);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(0)]
    public async Task Order_per_urn_holds_and_nothing_is_lost_when_every_third_request_fails(int status)
    {
        var time = new ManualTime { SkipsPauses = true };
        await using var server = await RecordingServer.StartAsync();
        var count = 0;
        var taken = new ConcurrentQueue<RecordedRequest>();
        server.OnWrite = request =>
        {
            if (Interlocked.Increment(ref count) % 3 == 0)
            {
                return new Reply(status, "") { Reset = status == 0 };
            }
            taken.Enqueue(request);
            return new Reply();
        };
        await using var run = new SinkRun(SinkRun.Config(server.Address) with { MaxPerBatch = 5, MaxThreads = 4, RetryMaxTimes = 50 }, time);

        await run.SendAsync(Enumerable.Range(0, 300).Select(i => SinkRun.Unit(SinkRun.Proposal(SinkRun.Urn(i % 30), $"{i}"))));

        var arrived = taken.SelectMany(request => request.Urns.Zip(request.Values, (urn, value) => (urn, number: int.Parse(value, CultureInfo.InvariantCulture)))).ToList();
        Assert.Equal(Enumerable.Range(0, 300), arrived.Select(record => record.number).Order());
        Assert.All(arrived.GroupBy(record => record.urn), ofUrn => Assert.Equal(ofUrn.Select(record => record.number).Order(), ofUrn.Select(record => record.number)));
        Assert.Equal(300, run.Report.AcceptedCounts.Total);
        Assert.Equal(0, run.Report.RejectedCounts.Total);
    }

    [Theory]
    [InlineData(422, "Restli")]
    [InlineData(400, "Openapi")]
    [InlineData(413, "Restli")]
    [InlineData(500, "Restli")]
    public async Task Only_the_bad_records_of_a_batch_are_rejected(int status, string endpoint)
    {
        var time = new ManualTime { SkipsPauses = true };
        await using var server = await RecordingServer.StartAsync();
        server.OnWrite = request => request.Body.Contains("bad", StringComparison.Ordinal)
            ? new Reply(status, """{"message":"ERROR :: /name :: 5 cannot be coerced","status":422,"stackTrace":"at com.linkedin.Secret"}""")
            : new Reply();
        await using var run = new SinkRun(OneLane(server) with { Endpoint = Enum.Parse<RestSinkEndpoint>(endpoint) }, time);

        await run.SendAsync(Enumerable.Range(0, 50).Select(i => SinkRun.Unit(
            SinkRun.Proposal(SinkRun.Urn(i), i is 7 or 8 ? """{"name":"bad"}""" : "{}", "datasetProperties"),
            SinkRun.Proposal(SinkRun.Urn(i)))));

        Assert.Equal(2, run.Report.RejectedCounts.Total);
        Assert.Equal(48, run.Report.AcceptedCounts.Total);
        var refusal = Assert.Single(run.Report.Failures);
        Assert.Equal($"datasetProperties: the server answered {status}, ERROR :: /name :: 5 cannot be coerced", refusal.Message);
        Assert.Equal([SinkRun.Urn(7), SinkRun.Urn(8)], refusal.Context);
        Assert.DoesNotContain(run.Log, line => line.Contains("com.linkedin.Secret", StringComparison.Ordinal));
        var good = server.Writes.Where(request => !request.Body.Contains("bad", StringComparison.Ordinal)).SelectMany(request => request.Urns).ToList();
        Assert.Equal(98, good.Count);
        Assert.Equal(good.Order(StringComparer.Ordinal).Distinct().Count(), good.Distinct().Count());
        Assert.Equal(1, good.Count(urn => urn == SinkRun.Urn(7)));
    }

    [Fact]
    public async Task A_server_that_answers_500_to_everything_ends_the_run()
    {
        var time = new ManualTime { SkipsPauses = true };
        await using var server = await RecordingServer.StartAsync();
        server.OnWrite = _ => new Reply(500, "<html>oops</html>");
        await using var run = new SinkRun(OneLane(server), time);

        var fault = await Assert.ThrowsAsync<SinkException>(() => run.SendAsync(Units(100)));

        Assert.Contains("in a row with status 500", fault.Message, StringComparison.Ordinal);
        Assert.Equal(100, run.Report.RejectedCounts.Total);
        Assert.True(server.Writes.Count < 30);
    }

    [Fact]
    public async Task A_patch_whose_answer_was_lost_is_not_sent_again()
    {
        var time = new ManualTime { SkipsPauses = true };
        await using var server = await RecordingServer.StartAsync();
        server.OnWrite = request => new Reply(request.Method == "PATCH" ? 500 : 200);
        await using var run = new SinkRun(OneLane(server) with { Endpoint = RestSinkEndpoint.Openapi }, time);

        await run.SendAsync(SinkRun.Unit(SinkRun.Proposal(SinkRun.Urn(1), "[]", changeType: "PATCH"), SinkRun.Proposal(SinkRun.Urn(1))));

        Assert.Equal(["PATCH", "POST"], server.Writes.Select(request => request.Method));
        Assert.Equal(1, run.Report.RejectedCounts.Total);
    }

    [Theory]
    [InlineData(401, "does not accept the token")]
    [InlineData(403, "does not let this token's owner write")]
    [InlineData(302, "Redirects are not followed")]
    public async Task A_refused_token_or_a_redirect_ends_the_run_at_once(int status, string expected)
    {
        await using var elsewhere = await RecordingServer.StartAsync();
        await using var server = await RecordingServer.StartAsync();
        server.OnWrite = request => new Reply(status, $$"""{"message":"no: {{request.Headers["Authorization"]}}"}""") { Headers = { ["Location"] = elsewhere.Address + "/x?secret=1" } };
        await using var run = new SinkRun(SinkRun.Config(server.Address) with { MaxThreads = 1, Mode = RestSinkMode.Async });

        var fault = await Assert.ThrowsAsync<SinkException>(() => run.SendAsync(Units(5)));

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.Single(server.Writes);
        Assert.Empty(elsewhere.All);
        Assert.Equal(5, run.Report.RejectedCounts.Total);
        var shown = run.Log.Append(fault.ToString()).Concat(run.Report.Failures.SelectMany(failure => failure.Context.Append(failure.Message)));
        Assert.DoesNotContain(shown, text => text.Contains(SinkRun.Token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_message_of_the_server_is_cut_and_has_neither_secrets_nor_control_characters()
    {
        await using var server = await RecordingServer.StartAsync();
        server.OnWrite = _ => new Reply(400, $$"""{"error":"\u001b[31m{{SinkRun.Token}}\n{{new string('x', 5000)}}"}""");
        await using var run = new SinkRun(OneLane(server));

        await run.SendAsync(Units(1));

        var message = Assert.Single(run.Report.Failures).Message;
        Assert.DoesNotContain(SinkRun.Token, message, StringComparison.Ordinal);
        Assert.DoesNotContain(message, char.IsControl);
        Assert.InRange(message.Length, 1000, 1100);
        Assert.DoesNotContain(run.Log, line => line.Contains(SinkRun.Token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_answer_that_does_not_come_in_time_is_a_fault_that_is_retried()
    {
        var time = new ManualTime();
        await using var server = await RecordingServer.StartAsync();
        var gates = new ConcurrentQueue<Task>([new TaskCompletionSource().Task]);
        server.OnWrite = _ => new Reply { Gate = gates.TryDequeue(out var gate) ? gate : Task.CompletedTask };
        await using var run = new SinkRun(OneLane(server) with { TimeoutSeconds = 30 }, time);

        var sending = run.SendAsync(Units(1));
        await server.ArrivedAsync();
        time.Advance(TimeSpan.FromSeconds(30));
        await time.TimerSetAsync(TimeSpan.FromSeconds(2));
        time.Advance(TimeSpan.FromSeconds(2));
        await sending;

        Assert.Equal(1, run.Report.AcceptedCounts.Total);
        Assert.Contains(run.Log, line => line.Contains("no answer within 30 s", StringComparison.Ordinal));
    }
}
