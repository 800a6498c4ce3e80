namespace Discovery.Ingestion.Api;

/// <summary>What a control plane works with.</summary>
public sealed record ControlSettings
{
    /// <summary>The folder of its store; created where it is missing.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The folder that recipes are read from.</summary>
    public required string RecipeFolder { get; init; }

    /// <summary>How long a worker has a run after each beat.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a run may take before it is cancelled.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromHours(12);

    /// <summary>How long runs are kept that have ended.</summary>
    public TimeSpan KeepRuns { get; init; } = TimeSpan.FromDays(90);

    /// <summary>How long their log lines are kept.</summary>
    public TimeSpan KeepLogs { get; init; } = TimeSpan.FromDays(14);
}
