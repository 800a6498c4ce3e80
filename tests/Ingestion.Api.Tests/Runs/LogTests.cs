using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Discovery.Ingestion.Control;

namespace Discovery.Ingestion.Api.Tests.Runs;

public sealed class LogTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_line_that_is_sent_twice_is_kept_once()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var run = await StartRunAsync(server);
        using (var first = await server.BeatAsync(run, log: Lines.Of(1..4)))
        using (var again = await server.BeatAsync(run, log: Lines.Of(2..6)))
        using (var finish = await server.FinishAsync(run, log: Lines.Of(5..8)))
        {
            Assert.Equal(HttpStatusCode.NoContent, finish.StatusCode);
        }
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], (await ReadLogAsync(server, run)).Select(line => line.Number));
        Assert.Equal([6, 7], (await ReadLogAsync(server, run, "?after=5")).Select(line => line.Number));
    }

    [Fact]
    public async Task Long_lines_are_cut_and_too_many_are_left_out()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var run = await StartRunAsync(server);
        using (var cut = await server.BeatAsync(run, log: Lines.Of(1, new string('x', 5000))))
        using (var last = await server.BeatAsync(run, log: Lines.Of(19_999..20_010)))
        using (var more = await server.BeatAsync(run, log: Lines.Of(20_010..20_020)))
        {
            Assert.Equal(HttpStatusCode.OK, more.StatusCode);
        }
        var lines = await ReadLogAsync(server, run);
        Assert.Equal([1, 19_999, 20_000, 20_001], lines.Select(line => line.Number));
        Assert.Equal(4000, lines[0].Text.Length);
        Assert.Contains("Further lines were left out", lines[^1].Text, StringComparison.Ordinal);
        using var many = await server.BeatAsync(run, log: Lines.Of(1..502));
        Assert.Contains("at most 500", await ControlServer.FaultAsync(many, HttpStatusCode.BadRequest), StringComparison.Ordinal);
        using var disorder = await server.BeatAsync(run, log: [Lines.Of(7), Lines.Of(7)]);
        await ControlServer.FaultAsync(disorder, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task As_many_and_as_long_lines_as_a_beat_may_have_are_taken_in_any_script()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var run = await StartRunAsync(server);
        using var beat = await server.BeatAsync(run, log: [.. Enumerable.Range(1, 500).Select(number => Lines.Of(number, new string('表', 4000)))]);
        Assert.Equal(HttpStatusCode.OK, beat.StatusCode);
    }

    [Fact]
    public async Task A_log_that_is_followed_ends_with_the_run()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var run = await StartRunAsync(server);
        using (var beat = await server.BeatAsync(run, log: Lines.Of(1..3)))
        await using (var log = await server.Client.GetStreamAsync($"runs/{run}/log?follow=true", Cancellation))
        {
            using var reader = new StreamReader(log);
            Assert.Equal(1, await LineAsync(reader));
            Assert.Equal(2, await LineAsync(reader));
            using (var next = await server.BeatAsync(run, log: Lines.Of(3)))
            {
                Assert.Equal(3, await LineAsync(reader));
            }
            using var finish = await server.FinishAsync(run, log: Lines.Of(4));
            Assert.Equal(4, await LineAsync(reader));
            Assert.Null(await reader.ReadLineAsync(Cancellation));
        }
    }

    [Fact]
    public async Task Events_tell_of_the_run_and_its_log_and_go_on_where_they_were_cut()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var run = await server.QueueAsync("shop");
        await using (var events = await FollowAsync(server, run.Id, lastEvent: null))
        {
            Assert.Equal(RunState.Queued, Run(await events.NextAsync()).State);
            await server.TryClaimAsync();
            Assert.Equal(RunState.Running, Run(await events.NextAsync()).State);
            using var beat = await server.BeatAsync(run.Id, log: Lines.Of(1));
            var line = await events.NextAsync();
            Assert.Equal(("log", "1"), (line.EventType, line.EventId));
        }
        using (var beat = await server.BeatAsync(run.Id, log: Lines.Of(2)))
        await using (var events = await FollowAsync(server, run.Id, lastEvent: "1"))
        {
            Assert.Equal("2", (await events.NextAsync()).EventId);
            Assert.Equal(RunState.Running, Run(await events.NextAsync()).State);
            using var finish = await server.FinishAsync(run.Id, log: Lines.Of(3));
            Assert.Equal("3", (await events.NextAsync()).EventId);
            var end = await events.NextAsync();
            Assert.Equal((RunState.Succeeded, "3-end"), (Run(end).State, end.EventId));
            Assert.False(await events.HasMoreAsync());
        }
        using var request = new HttpRequestMessage(HttpMethod.Get, $"runs/{run.Id}/events");
        request.Headers.Add("Last-Event-ID", "3-end");
        using var ended = await server.Client.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
    }

    [Fact]
    public async Task Who_follows_does_not_hold_up_the_end_of_the_program()
    {
        await using var server = await ControlServer.StartAsync(recipes: "shop");
        var run = await server.QueueAsync("shop");
        await using var events = await FollowAsync(server, run.Id, lastEvent: null);
        await events.NextAsync();
        await server.RestartAsync();
        Assert.False(await events.HasMoreAsync());
    }

    private static async Task<string> StartRunAsync(ControlServer server)
    {
        await server.QueueAsync("shop");
        return (await server.TryClaimAsync())!.RunId;
    }

    private static async Task<List<LogLine>> ReadLogAsync(ControlServer server, string run, string query = "") =>
        [.. (await server.Client.GetStringAsync($"runs/{run}/log{query}", Cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<LogLine>(line, ControlJson.Options)!)];

    private static async Task<long> LineAsync(StreamReader reader) =>
        JsonSerializer.Deserialize<LogLine>((await reader.ReadLineAsync(Cancellation))!, ControlJson.Options)!.Number;

    private static RunView Run(SseItem<string> item)
    {
        Assert.Equal("run", item.EventType);
        return JsonSerializer.Deserialize<RunView>(item.Data, ControlJson.Options)!;
    }

    private static async Task<EventReader> FollowAsync(ControlServer server, string run, string? lastEvent)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"runs/{run}/events");
        if (lastEvent is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEvent);
        }
        var response = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new EventReader(response, SseParser.Create(await response.Content.ReadAsStreamAsync(Cancellation)).EnumerateAsync(Cancellation).GetAsyncEnumerator(Cancellation));
    }

    private sealed class EventReader(HttpResponseMessage response, IAsyncEnumerator<SseItem<string>> items) : IAsyncDisposable
    {
        public async Task<SseItem<string>> NextAsync()
        {
            Assert.True(await items.MoveNextAsync());
            return items.Current;
        }

        public async Task<bool> HasMoreAsync() => await items.MoveNextAsync();

        public async ValueTask DisposeAsync()
        {
            await items.DisposeAsync();
            response.Dispose();
        }
    }
}
