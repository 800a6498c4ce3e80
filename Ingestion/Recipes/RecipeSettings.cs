namespace Discovery.Ingestion.Recipes;

/// <summary>The keys of a recipe, before the configs of its source and sink are looked at.</summary>
internal sealed record RecipeSettings
{
    [Setting("source", "What to read: type and config.")]
    public required SourceSettings Source { get; init; }

    [Setting("sink", "Where to write: type and config.")]
    public TypedSettings? Sink { get; init; }

    [Setting("transformers", "Changes on the way, in order.")]
    public IReadOnlyList<TypedSettings>? Transformers { get; init; }

    [Setting("reporting", "Where reports of the run go besides the screen: type file with config.filename.")]
    public IReadOnlyList<ReporterSettings> Reporting { get; init; } = [];

    [Setting("run_id", "Id of the run, written into each record; made from the source type and the time when it is not given.")]
    public string? RunId { get; init; }

    [Setting("pipeline_name", "Name of the pipeline, the same in each run of it.")]
    public string? PipelineName { get; init; }

    [Setting("flags", "Switches of the engine.")]
    public RecipeFlags Flags { get; init; } = new();

    [Setting("failure_log", "File for records that the sink refused.")]
    public FailureLogSettings FailureLog { get; init; } = new();

    [Setting("datahub_api", "DataHub server for look-ups, where the sink is not one.", WithoutEffect = "nothing is looked up on a server yet")]
    public DataHubApiSettings? DataHubApi { get; init; }

    [Setting("recording", "Recording of a run for the Python client's developers.", WithoutEffect = "runs are not recorded")]
    public RecipeNode? Recording { get; init; }

    [Setting("deployment", "How this recipe is deployed; a run leaves it alone.")]
    public DeploymentSettings? Deployment { get; init; }
}

/// <summary>Something with a type and a config that depends on the type.</summary>
internal sealed record TypedSettings
{
    [Setting("type", "What kind it is.")]
    public required string Type { get; init; }

    [Setting("config", "Settings of this type.")]
    public RecipeNode? Config { get; init; }
}

/// <summary>The block <c>source</c>.</summary>
internal sealed record SourceSettings : IValidatedConfig
{
    [Setting("type", "What kind of source it is, such as mysql.")]
    public required string Type { get; init; }

    [Setting("config", "Settings of this source.")]
    public RecipeNode? Config { get; init; }

    [Setting("extractor", "Only generic.")]
    public string Extractor { get; init; } = "generic";

    [Setting("extractor_config", "Settings of the extractor.", WithoutEffect = "the generic extractor has nothing to set; use the block 'flags'")]
    public IReadOnlyDictionary<string, object?>? ExtractorConfig { get; init; }

    public IEnumerable<(string Key, string Message)> Validate()
    {
        if (Extractor != "generic")
        {
            yield return ("extractor", "only 'generic' is there; remove the key");
        }
    }
}

/// <summary>One entry of <c>reporting</c>.</summary>
internal sealed record ReporterSettings
{
    [Setting("type", "file or datahub.")]
    public required string Type { get; init; }

    [Setting("config", "For file: filename.")]
    public RecipeNode? Config { get; init; }

    [Setting("required", "Whether the run fails when the report cannot be written.")]
    public bool Required { get; init; }
}

/// <summary>The config of a reporter of type <c>file</c>.</summary>
internal sealed record FileReporterSettings : IValidatedConfig
{
    [Setting("filename", "File to write the report to.", IsPath = true)]
    public required string FileName { get; init; }

    [Setting("format", "Only json.")]
    public string Format { get; init; } = "json";

    public IEnumerable<(string Key, string Message)> Validate()
    {
        if (Format != "json")
        {
            yield return ("format", "only 'json' is there");
        }
    }
}

/// <summary>The block <c>failure_log</c>.</summary>
internal sealed record FailureLogSettings : IValidatedConfig
{
    [Setting("enabled", "Write the log.")]
    public bool Enabled { get; init; }

    [Setting("log_config", "File name of the log.")]
    public FailureLogFileSettings? LogConfig { get; init; }

    public IEnumerable<(string Key, string Message)> Validate()
    {
        if (Enabled && LogConfig is null)
        {
            yield return ("enabled", "a failure log needs log_config.filename");
        }
    }
}

/// <summary>Where the failure log goes.</summary>
internal sealed record FailureLogFileSettings
{
    [Setting("filename", "File to write refused records to.", IsPath = true)]
    public required string FileName { get; init; }

    [Setting("legacy_nested_json_string", "Old layout of aspects.", WithoutEffect = "the failure log has the new layout")]
    public bool LegacyNestedJsonString { get; init; }
}

/// <summary>The block <c>datahub_api</c>, of which DataHub's client too ignores what it does not know.</summary>
[AcceptsUnknownSettings]
internal sealed record DataHubApiSettings
{
    [Setting("server", "Address of the DataHub server.")]
    public required string Server { get; init; }

    [Setting("token", "Access token.")]
    public Secret? Token { get; init; }

    [Setting("timeout_sec", "Seconds to wait for an answer.")]
    public double? TimeoutSec { get; init; }

    [Setting("retry_status_codes", "HTTP codes that are tried again.")]
    public IReadOnlyList<int>? RetryStatusCodes { get; init; }

    [Setting("retry_max_times", "Most tries.")]
    public int? RetryMaxTimes { get; init; }

    [Setting("extra_headers", "HTTP headers to send.")]
    public IReadOnlyDictionary<string, Secret>? ExtraHeaders { get; init; }

    [Setting("ca_certificate_path", "Certificate authority to trust.", IsPath = true)]
    public string? CaCertificatePath { get; init; }

    [Setting("client_certificate_path", "Certificate to show.", IsPath = true)]
    public string? ClientCertificatePath { get; init; }

    [Setting("client_key_path", "Key of that certificate.", IsPath = true)]
    public string? ClientKeyPath { get; init; }

    [Setting("disable_ssl_verification", "Do not check the certificate.")]
    public bool DisableSslVerification { get; init; }
}

/// <summary>The block <c>deployment</c>.</summary>
internal sealed record DeploymentSettings : IValidatedConfig
{
    [Setting("name", "Name to show.")]
    public string? Name { get; init; }

    [Setting("schedule", "When to run, as five fields of cron: 0 3 * * *.")]
    public string? Schedule { get; init; }

    [Setting("time_zone", "IANA time zone of the schedule, such as Europe/Berlin.")]
    public string TimeZone { get; init; } = "UTC";

    [Setting("cli_version", "Version of DataHub's client to run.")]
    public string? CliVersion { get; init; }

    [Setting("executor_id", "Executor to run it.")]
    public string ExecutorId { get; init; } = "default";

    [Setting("extra_pip", "Python packages to add.")]
    public string? ExtraPip { get; init; }

    [Setting("extra_env", "Variables to set: NAME=value,NAME=value.")]
    public Secret? ExtraEnv { get; init; }

    public IEnumerable<(string Key, string Message)> Validate()
    {
        if (Schedule is not null && CronSchedule.Parse(Schedule, "UTC", out var fault) is null)
        {
            yield return ("schedule", fault!);
        }
        if (CronSchedule.Parse("0 0 * * *", TimeZone, out fault) is null)
        {
            yield return ("time_zone", fault!);
        }
    }
}
