using Discovery.Ingestion.Recipes;
using Discovery.Ingestion.Reports;
using Microsoft.Extensions.Logging;

namespace Discovery.Ingestion.Pipeline;

/// <summary>What one run gives to its source and its sink.</summary>
public sealed class RunContext
{
    /// <summary>Id of the run, written into each record.</summary>
    public required string RunId { get; init; }

    /// <summary>Name of the pipeline in the recipe, null for none.</summary>
    public string? PipelineName { get; init; }

    /// <summary>The recipe's switches.</summary>
    public RecipeFlags Flags { get; init; } = new();

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where the source counts and reports.</summary>
    public SourceReport SourceReport { get; init; } = new();

    /// <summary>Where the sink counts and reports.</summary>
    public SinkReport SinkReport { get; init; } = new();

    /// <summary>Knows every secret of the run; whatever leaves the process as text goes through it.</summary>
    public SecretMasker Secrets { get; init; } = new();

    /// <summary>What the run may not reach; null where it may reach all that its process does.</summary>
    public Confinement? Confinement { get; init; }

    /// <summary>Makes loggers. What is written through them is masked.</summary>
    public required ILoggerFactory Loggers { get; init; }
}
