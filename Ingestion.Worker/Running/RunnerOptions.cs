using Discovery.Ingestion.Pipeline;
using Microsoft.Extensions.Logging;

namespace Discovery.Ingestion.Worker.Running;

/// <summary>What a <see cref="Runner"/> works with.</summary>
public sealed record RunnerOptions
{
    /// <summary>Address of the API, such as <c>http://127.0.0.1:8090</c>.</summary>
    public required Uri Api { get; init; }

    /// <summary>The worker's token; null where the API asks for none.</summary>
    public string? Token { get; init; }

    /// <summary>Name of the worker, for people.</summary>
    public required string Name { get; init; }

    /// <summary>What recipes can ask for with <c>deployment.executor_id</c>.</summary>
    public IReadOnlyList<string> Labels { get; init; } = ["default"];

    /// <summary>The folder below which recipes may name files; relative names begin there.</summary>
    public required string FileRoot { get; init; }

    /// <summary>Where the variables of recipes come from; the environment of the process unless set.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>How long a run may go on when the worker is told to end. After it the run is handed back.</summary>
    public TimeSpan Grace { get; init; } = UsualGrace;

    /// <summary>Below the 30 seconds that Kubernetes gives a pod.</summary>
    internal static TimeSpan UsualGrace { get; } = TimeSpan.FromSeconds(25);

    /// <summary>Where the runner says what it does. What runs do goes to the API.</summary>
    public required ILoggerFactory Loggers { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The sources that recipes can name.</summary>
    internal IReadOnlyList<SourceType> Sources { get; init; } = Connectors.Sources;

    /// <summary>The sinks that recipes can name.</summary>
    internal IReadOnlyList<SinkType> Sinks { get; init; } = Connectors.Sinks;
}
