using Discovery.Ingestion.Worker.Running;
using Microsoft.Extensions.Logging;

namespace Discovery.Embedded;

/// <summary>A worker in this process, for the control plane in it.</summary>
internal sealed class LocalRunner : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _running;

    /// <summary>Starts it.</summary>
    /// <param name="api">Where the control plane is.</param>
    /// <param name="fileRoot">The folder below which recipes may name files.</param>
    /// <param name="variables">What recipes find, before the environment.</param>
    /// <param name="loggers">Where it says what it does.</param>
    public LocalRunner(Uri api, string fileRoot, IReadOnlyDictionary<string, string> variables, ILoggerFactory loggers) =>
        _running = new Runner(new RunnerOptions
        {
            Api = api,
            Name = "up",
            FileRoot = fileRoot,
            Environment = name => variables.GetValueOrDefault(name) ?? Environment.GetEnvironmentVariable(name),
            // Whoever presses Ctrl-C waits.
            Grace = TimeSpan.FromSeconds(2),
            Loggers = loggers,
        }).RunAsync(_stopping.Token);

    /// <summary>Lets its run end within a short time, or hands it back.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }
}
