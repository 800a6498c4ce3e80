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

    /// <summary>Resolve the letter case of lineage urns against the server.</summary>
    [Setting("auto_resolve_lineage_urns", "Resolve the letter case of urns in lineage against the server.", WithoutEffect = "urns in lineage keep the case that the database gives")]
    public RecipeNode? AutoResolveLineageUrns { get; init; }

    /// <summary>Failures shown in progress reports.</summary>
    [Setting("progress_report_max_failures", "Failures shown in progress reports.", Minimum = 0, WithoutEffect = "progress is reported in counts")]
    public int ProgressReportMaxFailures { get; init; } = 10;

    /// <summary>Warnings shown in progress reports.</summary>
    [Setting("progress_report_max_warnings", "Warnings shown in progress reports.", Minimum = 0, WithoutEffect = "progress is reported in counts")]
    public int ProgressReportMaxWarnings { get; init; } = 10;

    /// <summary>Remarks shown in progress reports.</summary>
    [Setting("progress_report_max_infos", "Remarks shown in progress reports.", Minimum = 0, WithoutEffect = "progress is reported in counts")]
    public int ProgressReportMaxInfos { get; init; } = 10;

    /// <summary>Examples kept of each failure.</summary>
    [Setting("report_failure_sample_size", "Examples kept of each failure.", Minimum = 0, WithoutEffect = "reports keep the first ten")]
    public int ReportFailureSampleSize { get; init; } = 10;

    /// <summary>Examples kept of each warning.</summary>
    [Setting("report_warning_sample_size", "Examples kept of each warning.", Minimum = 0, WithoutEffect = "reports keep the first ten")]
    public int ReportWarningSampleSize { get; init; } = 10;

    /// <summary>Examples kept of each remark.</summary>
    [Setting("report_info_sample_size", "Examples kept of each remark.", Minimum = 0, WithoutEffect = "reports keep the first ten")]
    public int ReportInfoSampleSize { get; init; } = 10;
}
