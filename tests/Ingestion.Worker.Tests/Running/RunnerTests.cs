using System.Text.Json;
using Discovery.Ingestion.Control;
using Discovery.Ingestion.Pipeline;
using Discovery.Ingestion.Worker.Tests.Support;

namespace Discovery.Ingestion.Worker.Tests.Running;

/// <summary>A worker against an API that does what the test says.</summary>
public sealed class RunnerTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_run_is_executed_and_finished_with_its_report_its_log_and_its_structures()
    {
        await using var api = await FakeApi.StartAsync();
        var pipeline = new TestPipeline();
        pipeline.Units.Writer.TryWrite(TestPipeline.Dataset("shop.orders"));
        pipeline.Units.Writer.TryWrite(TestPipeline.Dataset("shop.customers"));
        pipeline.Units.Writer.TryWrite(TestPipeline.Dataset("shop.orders"));
        pipeline.Units.Writer.Complete();
        api.Queue(FakeApi.Run());
        await using var worker = RunningWorker.Start(api, pipeline);

        var finish = await api.Finishes.Reader.ReadAsync(Cancelled);

        Assert.Equal(RunState.Succeeded, finish.State);
        Assert.Null(finish.Reason);
        Assert.Equal("SUCCESS", finish.Report!.Value.GetProperty("status").GetString());
        Assert.Equal(3, finish.Progress!.Records);
        Assert.Equal(2, finish.Datasets);
        Assert.Equal(["shop.orders", "shop.customers", "shop.orders"], api.Structures.SelectMany(batch => batch.Datasets).Select(dataset => dataset.Name));
        Assert.Equal("Bearer worker-token", api.Authorization);
        Assert.Equal(["default"], api.Claims.First().Labels);
        Assert.Matches("^[A-Za-z0-9]{32}$", api.Claims.First().Lease);
        var lines = api.Log();
        Assert.Equal(Enumerable.Range(1, lines.Count), lines.Select(line => (int)line.Number));
        Assert.Contains("Worker w1 (Discovery ", lines[0].Text, StringComparison.Ordinal);
        Assert.Contains(lines, line => line.Text.StartsWith("dataset: read 3, filtered 0, failed 0, emitted 3", StringComparison.Ordinal));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_cancellation_ends_the_run_at_once_with_its_reason()
    {
        await using var api = await FakeApi.StartAsync();
        var pipeline = new TestPipeline();
        pipeline.Units.Writer.TryWrite(TestPipeline.Dataset("shop.orders"));
        api.Queue(FakeApi.Run());
        await using var worker = RunningWorker.Start(api, pipeline);
        await pipeline.Written.Reader.ReadAsync(Cancelled);

        api.CancelReason = "Asked for by alice";
        var finish = await api.Finishes.Reader.ReadAsync(Cancelled);

        Assert.Equal(RunState.Cancelled, finish.State);
        Assert.Equal("Asked for by alice", finish.Reason);
        Assert.Equal("CANCELLED", finish.Report!.Value.GetProperty("status").GetString());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_run_that_the_worker_lost_writes_nothing_more_although_its_source_goes_on()
    {
        await using var api = await FakeApi.StartAsync();
        var pipeline = new TestPipeline { IsDeaf = true };
        pipeline.Units.Writer.TryWrite(TestPipeline.Dataset("shop.orders"));
        api.Queue(FakeApi.Run());
        await using var worker = RunningWorker.Start(api, pipeline);
        await pipeline.Written.Reader.ReadAsync(Cancelled);

        api.Fault = (_, _) => Task.FromResult<int?>(409);
        await pipeline.Stopped;
        pipeline.Units.Writer.TryWrite(TestPipeline.Dataset("shop.customers"));
        var log = await worker.Log.UntilAsync(5007);

        Assert.Contains("Told to answer 409.", log[^1], StringComparison.Ordinal);
        Assert.False(pipeline.Written.Reader.TryRead(out _));
        Assert.False(api.Finishes.Reader.TryRead(out _));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_claim_whose_answer_was_lost_is_made_again_with_the_same_lease()
    {
        await using var api = await FakeApi.StartAsync();
        var pipeline = new TestPipeline();
        pipeline.Units.Writer.Complete();
        var lost = 2;
        api.Fault = (verb, _) => Task.FromResult<int?>(verb == "claims" && lost-- > 0 ? 0 : null);
        api.Queue(FakeApi.Run());
        await using var worker = RunningWorker.Start(api, pipeline, options => options with { Time = new ManualTime { Skipped = TimeSpan.FromSeconds(10) } });

        await api.Finishes.Reader.ReadAsync(Cancelled);

        Assert.Equal(3, api.Claims.Count(claim => claim.Lease == api.Claims.First().Lease));
        var log = await worker.Log.UntilAsync(5004);
        Assert.Single(log, line => line.StartsWith("5001 ", StringComparison.Ordinal));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_recipe_that_is_faulty_on_this_worker_fails_with_every_fault_in_the_log()
    {
        await using var api = await FakeApi.StartAsync();
        api.Queue(FakeApi.Run(text: "source: {type: test}\nsink: {type: file, config: {filename: '${NOT_SET_HERE}', other: 1}}\n"));
        await using var worker = RunningWorker.Start(api, new TestPipeline(), options => options with { Sinks = Connectors.Sinks, Environment = _ => null });

        var finish = await api.Finishes.Reader.ReadAsync(Cancelled);

        Assert.Equal(RunState.Failed, finish.State);
        Assert.StartsWith("The recipe cannot run on worker w1: shop.yml:2:", finish.Reason, StringComparison.Ordinal);
        Assert.Contains("and 1 more errors", finish.Reason, StringComparison.Ordinal);
        Assert.Null(finish.Report);
        Assert.Contains(api.Log(), line => line.Level == LogLineLevel.Error && line.Text.Contains("variable NOT_SET_HERE is not set", StringComparison.Ordinal));
    }

    [Fact(Timeout = 60_000)]
    public async Task Secrets_are_in_neither_the_log_nor_the_report_nor_the_reason()
    {
        await using var api = await FakeApi.StartAsync();
        var pipeline = new TestPipeline
        {
            Reading = context =>
            {
                context.Secrets.Add("PW", "hunter2-hunter2");
                context.SourceReport.Warning("Odd", "It said hunter2-hunter2\nand more");
                throw new InvalidOperationException("hunter2-hunter2 was refused");
            },
        };
        api.Queue(FakeApi.Run());
        await using var worker = RunningWorker.Start(api, pipeline);

        var finish = await api.Finishes.Reader.ReadAsync(Cancelled);

        Assert.Equal(RunState.Failed, finish.State);
        Assert.Contains("***PW***", JsonSerializer.Serialize(finish.Report), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", JsonSerializer.Serialize(finish), StringComparison.Ordinal);
        Assert.Contains(api.Log(), line => line.Text == "Odd: It said ***PW***\\u000Aand more");
        Assert.DoesNotContain(api.Log(), line => line.Text.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_defect_ends_its_run_and_the_worker_goes_on()
    {
        await using var api = await FakeApi.StartAsync();
        var defect = true;
        var pipeline = new TestPipeline { Reading = _ => { if (defect) { defect = false; throw new InvalidOperationException("A defect"); } } };
        pipeline.Units.Writer.Complete();
        api.Queue(FakeApi.Run("run-1"));
        api.Queue(FakeApi.Run("run-2"));
        await using var worker = RunningWorker.Start(api, pipeline);

        var (first, second) = (await api.Finishes.Reader.ReadAsync(Cancelled), await api.Finishes.Reader.ReadAsync(Cancelled));

        Assert.Equal((RunState.Failed, RunState.Succeeded), (first.State, second.State));
    }

    [Fact(Timeout = 60_000)]
    public async Task Told_to_end_a_worker_lets_its_run_end_within_the_grace_time()
    {
        await using var api = await FakeApi.StartAsync();
        var pipeline = new TestPipeline();
        pipeline.Units.Writer.TryWrite(TestPipeline.Dataset("shop.orders"));
        api.Queue(FakeApi.Run());
        await using var worker = RunningWorker.Start(api, pipeline, options => options with { Grace = TimeSpan.FromHours(1) });
        await pipeline.Written.Reader.ReadAsync(Cancelled);

        worker.Stop();
        pipeline.Units.Writer.TryWrite(TestPipeline.Dataset("shop.customers"));
        pipeline.Units.Writer.Complete();
        await worker.EndAsync();

        Assert.Equal(RunState.Succeeded, (await api.Finishes.Reader.ReadAsync(Cancelled)).State);
        Assert.False(api.Releases.Reader.TryRead(out _));
    }

    [Fact(Timeout = 60_000)]
    public async Task After_the_grace_time_a_run_is_handed_back_with_its_log()
    {
        await using var api = await FakeApi.StartAsync();
        var pipeline = new TestPipeline();
        pipeline.Units.Writer.TryWrite(TestPipeline.Dataset("shop.orders"));
        api.Queue(FakeApi.Run());
        await using var worker = RunningWorker.Start(api, pipeline);
        await pipeline.Written.Reader.ReadAsync(Cancelled);

        worker.Stop();
        await worker.EndAsync();

        var release = await api.Releases.Reader.ReadAsync(Cancelled);
        Assert.Equal("Worker w1 was told to end before the run was done", release.Reason);
        Assert.Equal(release.Reason, api.Log()[^1].Text);
        Assert.False(api.Finishes.Reader.TryRead(out _));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_worker_that_waits_for_runs_ends_at_once()
    {
        await using var api = await FakeApi.StartAsync();
        await using var worker = RunningWorker.Start(api, new TestPipeline(), options => options with { Grace = TimeSpan.FromHours(1) });
        await worker.Log.UntilAsync(5000);

        worker.Stop();

        await worker.EndAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Structures_that_the_api_does_not_take_cost_the_comparison_and_not_the_run()
    {
        await using var api = await FakeApi.StartAsync();
        var pipeline = new TestPipeline();
        api.Fault = (verb, _) => Task.FromResult<int?>(verb == "structures" ? 413 : null);
        // More than wait in the worker at any time.
        for (var table = 0; table < 3_000; table++)
        {
            pipeline.Units.Writer.TryWrite(TestPipeline.Dataset($"shop.t{table}"));
        }
        pipeline.Units.Writer.Complete();
        api.Queue(FakeApi.Run());
        await using var worker = RunningWorker.Start(api, pipeline);

        var finish = await api.Finishes.Reader.ReadAsync(Cancelled);

        Assert.Equal((RunState.Succeeded, 3_000), (finish.State, finish.Datasets));
        Assert.Contains(api.Log(), line => line.Text.StartsWith("The run cannot be compared with earlier ones", StringComparison.Ordinal));
    }

    [Theory(Timeout = 60_000)]
    [InlineData(RunKind.DryRun, 0, 3, true)]
    [InlineData(RunKind.Preview, 2, 2, false)]
    public async Task A_dry_run_writes_nothing_and_a_preview_is_not_compared(RunKind kind, int written, int emitted, bool compared)
    {
        await using var api = await FakeApi.StartAsync();
        var pipeline = new TestPipeline();
        for (var table = 0; table < 3; table++)
        {
            pipeline.Units.Writer.TryWrite(TestPipeline.Dataset($"shop.t{table}"));
        }
        pipeline.Units.Writer.Complete();
        api.Queue(FakeApi.Run(kind: kind) with { PreviewRecords = 2 });
        await using var worker = RunningWorker.Start(api, pipeline);

        var finish = await api.Finishes.Reader.ReadAsync(Cancelled);

        Assert.Equal((RunState.Succeeded, written, emitted), (finish.State, (int)finish.Progress!.Records, (int)finish.Progress.Entities["dataset"]));
        Assert.Equal((compared ? 3 : null, !compared), (finish.Datasets, api.Structures.IsEmpty));
    }
}
