namespace Discovery.Ingestion.Recipes;

/// <summary>Switches of a recipe's <c>flags</c> block.</summary>
public sealed record RecipeFlags
{
    /// <summary>Emit <c>browsePathsV2</c>.</summary>
    [Setting("generate_browse_path_v2", "Emit the aspect browsePathsV2.")]
    public bool GenerateBrowsePathV2 { get; init; } = true;

    /// <summary>Only say what browse paths would be emitted.</summary>
    [Setting("generate_browse_path_v2_dry_run", "Do not emit browse paths, only say what they would be.", WithoutEffect = "browse paths are either emitted or not")]
    public bool GenerateBrowsePathV2DryRun { get; init; }

    /// <summary>Folder for memory profiles of the Python client.</summary>
    [Setting("generate_memory_profiles", "Folder for memory profiles.", WithoutEffect = "memory profiles are a matter of DataHub's Python client")]
    public string? GenerateMemoryProfiles { get; init; }

    /// <summary>Write <c>systemMetadata</c> into each record.</summary>
    [Setting("set_system_metadata", "Write systemMetadata into each record.")]
    public bool SetSystemMetadata { get; init; } = true;

    /// <summary>Write the pipeline's name into <c>systemMetadata</c>.</summary>
    [Setting("set_system_metadata_pipeline_name", "Write the pipeline's name into systemMetadata.")]
    public bool SetSystemMetadataPipelineName { get; init; } = true;
}
