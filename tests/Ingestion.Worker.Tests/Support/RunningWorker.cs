using Discovery.Ingestion.Worker.Running;

namespace Discovery.Ingestion.Worker.Tests.Support;

/// <summary>A runner that works until the test ends.</summary>
internal sealed class RunningWorker : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _work;

    private RunningWorker(RunnerOptions options, CapturedLog log)
    {
        Log = log;
        Runner = new Runner(options);
        _work = Runner.RunAsync(_stopping.Token);
    }

    public Runner Runner { get; }

    public CapturedLog Log { get; }

    public static RunningWorker Start(FakeApi api, TestPipeline pipeline, Func<RunnerOptions, RunnerOptions>? change = null)
    {
        var log = new CapturedLog();
        var options = new RunnerOptions
        {
            Api = api.Address,
            Token = "worker-token",
            Name = "w1",
            FileRoot = Path.GetTempPath(),
            Loggers = log,
            Sources = pipeline.Sources,
            Sinks = pipeline.Sinks,
            Grace = TimeSpan.Zero,
        };
        return new RunningWorker(change?.Invoke(options) ?? options, log);
    }

    /// <summary>SIGTERM.</summary>
    public void Stop() => _stopping.Cancel();

    /// <summary>The process would end here.</summary>
    public Task EndAsync() => _work.WaitAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _work;
        _stopping.Dispose();
    }
}
