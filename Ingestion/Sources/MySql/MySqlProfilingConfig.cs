using Discovery.Ingestion.Recipes;

namespace Discovery.Ingestion.Sources.MySql;

/// <summary>The block <c>profiling</c>: statistics of the data itself. Checked here and not built yet.</summary>
public sealed record MySqlProfilingConfig : IValidatedConfig
{
    /// <summary>Profile tables.</summary>
    [Setting("enabled", "Profile tables. Needs SELECT on the data.")]
    public bool Enabled { get; init; }

    /// <summary>Which profiler.</summary>
    [Setting("method", "Profiler of DataHub's client: sqlalchemy or ge.")]
    public string? Method { get; init; }

    /// <summary>When to profile.</summary>
    [Setting("operation_config", "Profile on some days only.")]
    public ProfilingDays OperationConfig { get; init; } = new();

    /// <summary>Rows to read at most.</summary>
    [Setting("limit", "Most rows to read.")]
    public long? Limit { get; init; }

    /// <summary>Rows to leave out.</summary>
    [Setting("offset", "Rows to leave out first.")]
    public long? Offset { get; init; }

    /// <summary>Row and column counts only.</summary>
    [Setting("profile_table_level_only", "Only row and column counts.")]
    public bool ProfileTableLevelOnly { get; init; }

    /// <summary>Count nulls.</summary>
    [Setting("include_field_null_count", "Count nulls. Default: yes.")]
    public bool? IncludeFieldNullCount { get; init; }

    /// <summary>Count distinct values.</summary>
    [Setting("include_field_distinct_count", "Count distinct values. Default: yes.")]
    public bool? IncludeFieldDistinctCount { get; init; }

    /// <summary>Smallest value.</summary>
    [Setting("include_field_min_value", "Smallest value. Default: yes.")]
    public bool? IncludeFieldMinValue { get; init; }

    /// <summary>Largest value.</summary>
    [Setting("include_field_max_value", "Largest value. Default: yes.")]
    public bool? IncludeFieldMaxValue { get; init; }

    /// <summary>Mean.</summary>
    [Setting("include_field_mean_value", "Mean. Default: yes.")]
    public bool? IncludeFieldMeanValue { get; init; }

    /// <summary>Median.</summary>
    [Setting("include_field_median_value", "Median. Default: yes.")]
    public bool? IncludeFieldMedianValue { get; init; }

    /// <summary>Standard deviation.</summary>
    [Setting("include_field_stddev_value", "Standard deviation. Default: yes.")]
    public bool? IncludeFieldStddevValue { get; init; }

    /// <summary>Quantiles.</summary>
    [Setting("include_field_quantiles", "Quantiles. Default: no.")]
    public bool? IncludeFieldQuantiles { get; init; }

    /// <summary>Counts of distinct values.</summary>
    [Setting("include_field_distinct_value_frequencies", "How often each value comes up. Default: no.")]
    public bool? IncludeFieldDistinctValueFrequencies { get; init; }

    /// <summary>Histogram.</summary>
    [Setting("include_field_histogram", "Histogram. Default: no.")]
    public bool? IncludeFieldHistogram { get; init; }

    /// <summary>Sample values.</summary>
    [Setting("include_field_sample_values", "Sample values. Default: yes.")]
    public bool? IncludeFieldSampleValues { get; init; }

    /// <summary>Tables profiled at a time.</summary>
    [Setting("max_workers", "Tables profiled at a time.")]
    public int MaxWorkers { get; init; } = 5;

    /// <summary>Report tables that were left out.</summary>
    [Setting("report_dropped_profiles", "Report tables that were left out.")]
    public bool ReportDroppedProfiles { get; init; }

    /// <summary>Report tables that are too large.</summary>
    [Setting("report_expensive_tables", "Report tables that are too large to profile.")]
    public bool ReportExpensiveTables { get; init; } = true;

    /// <summary>Leave out what costs most.</summary>
    [Setting("turn_off_expensive_profiling_metrics", "Leave out quantiles, frequencies, histogram and samples, and all but ten columns.")]
    public bool TurnOffExpensiveProfilingMetrics { get; init; }

    /// <summary>Sample values kept.</summary>
    [Setting("field_sample_values_limit", "Sample values kept.")]
    public int FieldSampleValuesLimit { get; init; } = 20;

    /// <summary>Columns profiled at most.</summary>
    [Setting("max_number_of_fields_to_profile", "Most columns to profile.", Minimum = 1)]
    public int? MaxNumberOfFieldsToProfile { get; init; }

    /// <summary>Skip tables unchanged for this many days.</summary>
    [Setting("profile_if_updated_since_days", "Skip tables that did not change for this many days.", Minimum = 0)]
    public double? ProfileIfUpdatedSinceDays { get; init; }

    /// <summary>Skip tables above this size in GB.</summary>
    [Setting("profile_table_size_limit", "Skip tables larger than this, in GB.")]
    public long? ProfileTableSizeLimit { get; init; }

    /// <summary>Skip tables with more rows.</summary>
    [Setting("profile_table_row_limit", "Skip tables with more rows than this.")]
    public long? ProfileTableRowLimit { get; init; }

    /// <summary>Take the server's estimate of rows.</summary>
    [Setting("profile_table_row_count_estimate_only", "Take the server's estimate of rows instead of counting.")]
    public bool ProfileTableRowCountEstimateOnly { get; init; }

    /// <summary>Combine queries.</summary>
    [Setting("query_combiner_enabled", "Combine queries.")]
    public bool QueryCombinerEnabled { get; init; } = true;

    /// <summary>Combine queries into flat ones.</summary>
    [Setting("query_combiner_flatten_enabled", "Combine queries into flat ones.")]
    public bool QueryCombinerFlattenEnabled { get; init; }

    /// <summary>Queries combined at most.</summary>
    [Setting("max_queries_to_combine", "Most queries to combine.", Minimum = 1)]
    public int MaxQueriesToCombine { get; init; } = 40;

    /// <summary>Distinct counts in one statement at most.</summary>
    [Setting("max_distinct_per_statement", "Most distinct counts in one statement.", Minimum = 1)]
    public int MaxDistinctPerStatement { get; init; } = 5;

    /// <summary>Go on after an error.</summary>
    [Setting("catch_exceptions", "Go on after an error.")]
    public bool CatchExceptions { get; init; } = true;

    /// <summary>Isolation level of the profiling session.</summary>
    [Setting("profiling_isolation_level", "Isolation level of the session.")]
    public string? ProfilingIsolationLevel { get; init; }

    /// <summary>Seconds that one query may take.</summary>
    [Setting("query_timeout_seconds", "Seconds that one query may take.", Minimum = 1, Maximum = 2147483)]
    public int? QueryTimeoutSeconds { get; init; }

    /// <summary>Profile partitions.</summary>
    [Setting("partition_profiling_enabled", "Profile partitions; not for MySQL.")]
    public bool PartitionProfilingEnabled { get; init; } = true;

    /// <summary>Partition to profile.</summary>
    [Setting("partition_datetime", "Partition to profile; not for MySQL.")]
    public RecipeNode? PartitionDatetime { get; init; }

    /// <summary>Profile a sample.</summary>
    [Setting("use_sampling", "Profile a sample; not for MySQL.")]
    public bool UseSampling { get; init; } = true;

    /// <summary>Rows of the sample.</summary>
    [Setting("sample_size", "Rows of the sample.")]
    public int SampleSize { get; init; } = 10000;

    /// <summary>Profile external tables.</summary>
    [Setting("profile_external_tables", "Profile external tables; not for MySQL.")]
    public bool ProfileExternalTables { get; init; }

    /// <summary>Columns with these tags are not sampled.</summary>
    [Setting("tags_to_ignore_sampling", "Columns with one of these tags are not sampled.")]
    public IReadOnlyList<string>? TagsToIgnoreSampling { get; init; }

    /// <summary>Profile nested fields.</summary>
    [Setting("profile_nested_fields", "Profile nested fields; not for MySQL.")]
    public bool ProfileNestedFields { get; init; }

    /// <summary>Depth of nested fields.</summary>
    [Setting("nested_field_max_depth", "Depth of nested fields; not for MySQL.", Minimum = 1)]
    public int NestedFieldMaxDepth { get; init; } = 10;

    private bool AnyFieldMetric => new[]
    {
        IncludeFieldNullCount, IncludeFieldDistinctCount, IncludeFieldMinValue, IncludeFieldMaxValue, IncludeFieldMeanValue, IncludeFieldMedianValue,
        IncludeFieldStddevValue, IncludeFieldQuantiles, IncludeFieldDistinctValueFrequencies, IncludeFieldHistogram, IncludeFieldSampleValues,
    }.Contains(true);

    /// <inheritdoc/>
    public IEnumerable<(string Key, string Message)> Validate()
    {
        if (ProfileTableLevelOnly && AnyFieldMetric)
        {
            yield return ("profile_table_level_only", "excludes every include_field_* that is true; remove one or the other");
        }
        if (ProfileTableRowLimit <= 0)
        {
            yield return ("profile_table_row_limit", "must be larger than 0; remove the key for no limit");
        }
        if (ProfileTableSizeLimit <= 0)
        {
            yield return ("profile_table_size_limit", "must be larger than 0; remove the key for no limit");
        }
    }

    /// <inheritdoc/>
    public IEnumerable<(string Key, string Message)> Warnings()
    {
        if (Enabled)
        {
            yield return ("enabled", "profiling is not built yet; this run profiles nothing");
        }
    }
}

/// <summary>The block <c>profiling.operation_config</c>.</summary>
public sealed record ProfilingDays
{
    /// <summary>Profile on some days only.</summary>
    [Setting("lower_freq_profile_enabled", "Profile on some days only.")]
    public bool LowerFreqProfileEnabled { get; init; }

    /// <summary>Day of the week, 0 is Monday.</summary>
    [Setting("profile_day_of_week", "Day of the week, 0 is Monday.", Minimum = 0, Maximum = 6)]
    public int? ProfileDayOfWeek { get; init; }

    /// <summary>Day of the month.</summary>
    [Setting("profile_date_of_month", "Day of the month.", Minimum = 1, Maximum = 31)]
    public int? ProfileDateOfMonth { get; init; }
}
