using Discovery.Ingestion.Pipeline;

namespace Discovery.Ingestion.Recipes;

/// <summary>A recipe that was found valid: what to read, where to write it, and how.</summary>
public sealed record Recipe
{
    /// <summary>Kind of source.</summary>
    public required SourceType Source { get; init; }

    /// <summary>Its config, of type <see cref="SourceType.ConfigType"/>.</summary>
    public required object SourceConfig { get; init; }

    /// <summary>Kind of sink.</summary>
    public required SinkType Sink { get; init; }

    /// <summary>Its config, of type <see cref="SinkType.ConfigType"/>.</summary>
    public required object SinkConfig { get; init; }

    /// <summary><c>run_id</c>; null when the run is to make one.</summary>
    public string? RunId { get; init; }

    /// <summary><c>pipeline_name</c>, null for none.</summary>
    public string? PipelineName { get; init; }

    /// <summary><c>flags</c>.</summary>
    public RecipeFlags Flags { get; init; } = new();

    /// <summary>File names of <c>reporting</c> entries of type <c>file</c>, with whether a fault of theirs fails the run.</summary>
    public IReadOnlyList<(string FileName, bool Required)> ReportFiles { get; init; } = [];

    /// <summary>File for rejected records (<c>failure_log</c>), null when off.</summary>
    public string? FailureLog { get; init; }

    /// <summary>How it runs by itself (<c>deployment</c>), null where it says nothing of that.</summary>
    public RecipeDeployment? Deployment { get; init; }

    /// <summary>
    /// The recipe as it was written, variables unresolved, secrets replaced by asterisks, as one line of JSON. What may
    /// be shown and sent.
    /// </summary>
    public required string RedactedJson { get; init; }
}

/// <summary>The block <c>deployment</c> of a recipe, as DataHub's <c>ingest deploy</c> knows it.</summary>
/// <param name="Name">Name for people, null for none.</param>
/// <param name="Schedule">When it runs by itself, null for never.</param>
/// <param name="Label">What runs it (<c>executor_id</c>); <c>default</c> where it is not given.</param>
public sealed record RecipeDeployment(string? Name, CronSchedule? Schedule, string Label);
