using System.Threading.Channels;
using Discovery.Ingestion.Control;
using Discovery.Ingestion.Worker.Tests.Support;

namespace Discovery.Ingestion.Worker.Tests.Running;

/// <summary>An API that is away for a while, on a clock that the test moves.</summary>
public sealed class LeaseTests
{
    private const int LeaseSeconds = 60;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(10);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task An_api_that_is_away_for_less_than_the_lease_disturbs_nothing()
    {
        await using var api = await FakeApi.StartAsync();
        var (time, pipeline) = (new ManualTime(), new TestPipeline());
        api.Queue(FakeApi.Run(leaseSeconds: LeaseSeconds, beatSeconds: Beat.TotalSeconds));
        await using var worker = RunningWorker.Start(api, pipeline, options => options with { Time = time });
        await api.Beats.Reader.ReadAsync(Cancelled);
        await time.TimerSetAsync(Beat);

        api.Fault = (_, _) => Task.FromResult<int?>(0);
        time.Advance(Beat);
        await worker.Log.UntilAsync(5005);
        await time.TimerSetAsync(2 * Beat);
        api.Fault = (_, _) => Task.FromResult<int?>(null);
        time.Advance(2 * Beat);
        await worker.Log.UntilAsync(5006);
        pipeline.Units.Writer.TryWrite(TestPipeline.Dataset("shop.orders"));
        pipeline.Units.Writer.Complete();

        Assert.Equal(RunState.Succeeded, (await api.Finishes.Reader.ReadAsync(Cancelled)).State);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_api_that_is_away_for_longer_than_the_lease_finds_a_run_that_wrote_nothing_more_and_says_why()
    {
        await using var api = await FakeApi.StartAsync();
        var (time, pipeline) = (new ManualTime(), new TestPipeline { IsDeaf = true });
        pipeline.Units.Writer.TryWrite(TestPipeline.Dataset("shop.orders"));
        api.Queue(FakeApi.Run(leaseSeconds: LeaseSeconds, beatSeconds: Beat.TotalSeconds, kind: RunKind.Preview) with { PreviewRecords = 10 });
        await using var worker = RunningWorker.Start(api, pipeline, options => options with { Time = time });
        await pipeline.Written.Reader.ReadAsync(Cancelled);
        await time.TimerSetAsync(Beat);

        api.Fault = (_, _) => Task.FromResult<int?>(503);
        // Five seconds before the API ends it.
        time.Advance(TimeSpan.FromSeconds(LeaseSeconds - 5));
        await pipeline.Stopped;
        api.Fault = (_, _) => Task.FromResult<int?>(null);
        pipeline.Units.Writer.TryWrite(TestPipeline.Dataset("shop.customers"));

        var finish = await api.Finishes.Reader.ReadAsync(Cancelled);
        Assert.Equal((RunState.Failed, "Worker w1 could not reach the API for as long as its lease of 60 s lasts, and stopped writing"), (finish.State, finish.Reason));
        Assert.True(finish.WasCutOff);
        Assert.False(pipeline.Written.Reader.TryRead(out _));
    }

    [Fact(Timeout = 60_000)]
    public async Task An_api_that_takes_no_lines_is_told_without_them_that_the_run_goes_on_and_has_them_later()
    {
        await using var api = await FakeApi.StartAsync();
        var (time, pipeline) = (new ManualTime(), new TestPipeline());
        var beats = Channel.CreateUnbounded<int>();
        // As when its store is full.
        api.HasNoRoomFor = lines => beats.Writer.TryWrite(lines) && lines > 0;
        // Not the time that an answer is waited for, which is 10 s.
        var interval = TimeSpan.FromSeconds(8);
        api.Queue(FakeApi.Run(leaseSeconds: LeaseSeconds, beatSeconds: interval.TotalSeconds));
        await using var worker = RunningWorker.Start(api, pipeline, options => options with { Time = time });
        for (var beat = 0; beat < 20; beat++)
        {
            var pause = await beats.Reader.ReadAsync(Cancelled) > 0 ? 2 * interval : interval;
            await time.TimerSetAsync(pause);
            time.Advance(pause);
        }
        pipeline.Units.Writer.Complete();

        Assert.Equal(RunState.Succeeded, (await api.Finishes.Reader.ReadAsync(Cancelled)).State);
        Assert.Equal(Enumerable.Range(1, api.Log().Count), api.Log().Select(line => (int)line.Number));
    }
}
