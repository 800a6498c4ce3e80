namespace Discovery.Ingestion.Recipes;

/// <summary>The block <c>stateful_ingestion</c> of a source: what was there in the last run, and what has gone since.</summary>
public sealed record StatefulIngestionConfig : IValidatedConfig
{
    /// <summary>Keep state between runs.</summary>
    [Setting("enabled", "Keep state between runs. Needs pipeline_name in the recipe, and a DataHub server or a state file.")]
    public bool Enabled { get; init; }

    /// <summary>Mark what has gone as removed.</summary>
    [Setting("remove_stale_metadata", "Mark entities as removed that the last run saw and this one does not.")]
    public bool RemoveStaleMetadata { get; init; } = true;

    /// <summary>Percentage of entities gone from which on nothing is removed.</summary>
    [Setting("fail_safe_threshold", "Remove nothing, and fail, when more than this percentage of the entities has gone; 100 switches the check off.", Minimum = 0, Maximum = 100)]
    public double FailSafeThreshold { get; init; } = 75;

    /// <summary>Do not read the state of the last run.</summary>
    [Setting("ignore_old_state", "Do not read the state of the last run.")]
    public bool IgnoreOldState { get; init; }

    /// <summary>Do not write state.</summary>
    [Setting("ignore_new_state", "Do not write the state of this run.")]
    public bool IgnoreNewState { get; init; }

    /// <summary>Largest state in bytes.</summary>
    [Setting("max_checkpoint_state_size", "Largest state in bytes, as it is written.", Minimum = 1)]
    public long MaxCheckpointStateSize { get; init; } = 16 * 1024 * 1024;

    /// <summary>Where the state is kept; null for the DataHub server.</summary>
    [Setting("state_provider", "Where the state is kept: type datahub (the server) or file (config.filename).")]
    public StateProviderConfig? StateProvider { get; init; }

    /// <inheritdoc/>
    public IEnumerable<(string Key, string Message)> Validate()
    {
        if (StateProvider is { Type: not ("datahub" or "file") })
        {
            yield return ("state_provider.type", "must be 'datahub' or 'file'");
        }
        else if (StateProvider is { Type: "file" } && !StateProvider.Config.ContainsKey("filename"))
        {
            yield return ("state_provider", "a state file needs config.filename");
        }
    }

    /// <inheritdoc/>
    public IEnumerable<(string Key, string Message)> Warnings()
    {
        if (Enabled)
        {
            yield return ("enabled", "state between runs is not built yet; this run neither reads nor writes any, and removes nothing");
        }
    }
}

/// <summary>Where state between runs is kept.</summary>
public sealed record StateProviderConfig
{
    /// <summary><c>datahub</c> or <c>file</c>.</summary>
    [Setting("type", "datahub or file.")]
    public required string Type { get; init; }

    /// <summary>For <c>file</c>: <c>filename</c>.</summary>
    [Setting("config", "For file: filename.")]
    public IReadOnlyDictionary<string, object?> Config { get; init; } = new Dictionary<string, object?>();
}

/// <summary>A source config that can keep state between runs.</summary>
public interface IStatefulConfig
{
    /// <summary>The block, null when it is not there.</summary>
    StatefulIngestionConfig? StatefulIngestion { get; }
}
