using Discovery.Ingestion.Recipes;

namespace Discovery.Ingestion.Sources.MySql;

/// <summary>How to log in.</summary>
public enum MySqlAuthMode
{
    /// <summary>User and password.</summary>
    Password,

    /// <summary>A token of AWS.</summary>
    AwsIam,
}

/// <summary>The config of a source of type <c>mysql</c> or <c>mariadb</c>.</summary>
public sealed record MySqlSourceConfig : IValidatedConfig, IStatefulConfig
{
    private static readonly string[] Environments =
        ["CERT", "CORP", "DEV", "EI", "NON_PROD", "PRD", "PRE", "PROD", "QA", "RVW", "SANDBOX", "SBX", "SIT", "STG", "TEST", "TST", "UAT"];

    // Of a sqlalchemy_uri; each has the meaning of the setting of the same name in connect_args.
    private static readonly string[] UriParameters = ["charset", "connect_timeout", "ssl_ca", "ssl_cert", "ssl_key", "ssl_check_hostname", "ssl_verify_cert", "ssl_verify_identity", "ssl_disabled"];

    /// <summary>Address of the server.</summary>
    [Setting("host_port", "Address of the server, host:port. The port is 3306 when it is left out; an IPv6 address stands in brackets.")]
    public string HostPort { get; init; } = "localhost:3306";

    /// <summary>Account.</summary>
    [Setting("username", "Account to log in with. REFERENCES on the databases is all it needs, view texts and routines apart.")]
    public string? Username { get; init; }

    /// <summary>Its password.</summary>
    [Setting("password", "Its password; write ${VARIABLE} and set the variable.")]
    public Secret? Password { get; init; }

    /// <summary>The one database to read.</summary>
    [Setting("database", "Read this database alone; all visible ones when it is left out or empty.")]
    public string? Database { get; init; }

    /// <summary>The one database of old recipes.</summary>
    [Setting("database_alias", "Other name of the database in urns.", WithoutEffect = "DataHub removed it in November 2023; remove it here too")]
    public string? DatabaseAlias { get; init; }

    /// <summary>Driver name in Python.</summary>
    [Setting("scheme", "Name of the driver in Python; any is taken, there is one driver here.")]
    public string Scheme { get; init; } = "mysql+pymysql";

    /// <summary>Address, account and password in one.</summary>
    [Setting("sqlalchemy_uri", "Address, account and password in one, mysql+pymysql://user:password@host:3306/database; wins over host_port, username and password.")]
    public Secret? SqlAlchemyUri { get; init; }

    /// <summary>Arguments of the driver.</summary>
    [Setting("options", "Arguments of the driver, under connect_args.")]
    public MySqlOptions Options { get; init; } = new();

    /// <summary>How to log in.</summary>
    [Setting("auth_mode", "How to log in.")]
    public MySqlAuthMode AuthMode { get; init; } = MySqlAuthMode.Password;

    /// <summary>Settings of AWS.</summary>
    [Setting("aws_config", "Settings for auth_mode AWS_IAM.", WithoutEffect = "auth_mode AWS_IAM is not built")]
    public RecipeNode? AwsConfig { get; init; }

    /// <summary>Which databases.</summary>
    [Setting("database_pattern", "Which databases, by name.", Alias = "schema_pattern")]
    public AllowDenyPattern DatabasePattern { get; init; } = AllowDenyPattern.AllowAll;

    /// <summary>Which tables.</summary>
    [Setting("table_pattern", "Which tables, as database.table.")]
    public AllowDenyPattern TablePattern { get; init; } = AllowDenyPattern.AllowAll;

    /// <summary>Which views; null for the same as tables. Use <see cref="ViewFilter"/>.</summary>
    [Setting("view_pattern", "Which views, as database.view; as table_pattern when it is left out.")]
    public AllowDenyPattern? ViewPattern { get; init; }

    /// <summary>Which tables are profiled.</summary>
    [Setting("profile_pattern", "Which tables are profiled, as database.table.")]
    public AllowDenyPattern ProfilePattern { get; init; } = AllowDenyPattern.AllowAll;

    /// <summary>Which procedures.</summary>
    [Setting("procedure_pattern", "Which procedures, as database.procedure.")]
    public AllowDenyPattern ProcedurePattern { get; init; } = AllowDenyPattern.AllowAll;

    /// <summary>Domains and what belongs to them, in written order.</summary>
    [Setting("domain", "Domains and which databases and tables belong to them: the urn of a domain, then allow and deny.")]
    public IReadOnlyDictionary<string, AllowDenyPattern> Domain { get; init; } = new Dictionary<string, AllowDenyPattern>();

    /// <summary>Read tables.</summary>
    [Setting("include_tables", "Read tables.")]
    public bool IncludeTables { get; init; } = true;

    /// <summary>Read views.</summary>
    [Setting("include_views", "Read views.")]
    public bool IncludeViews { get; init; } = true;

    /// <summary>Read procedures.</summary>
    [Setting("include_stored_procedures", "Read stored procedures.")]
    public bool IncludeStoredProcedures { get; init; } = true;

    /// <summary>Lineage of views.</summary>
    [Setting("include_view_lineage", "Say which tables a view reads.")]
    public bool IncludeViewLineage { get; init; } = true;

    /// <summary>Column lineage of views.</summary>
    [Setting("include_view_column_lineage", "Say which columns a view's columns come from.")]
    public bool IncludeViewColumnLineage { get; init; } = true;

    /// <summary>Lineage of table locations.</summary>
    [Setting("include_table_location_lineage", "Lineage from storage to tables; MySQL has none.")]
    public bool IncludeTableLocationLineage { get; init; } = true;

    /// <summary>Send lineage as a patch.</summary>
    [Setting("incremental_lineage", "Add lineage to what the server has, instead of replacing it.")]
    public bool IncrementalLineage { get; init; }

    /// <summary>A cache of the Python client.</summary>
    [Setting("use_file_backed_cache", "Cache in files; of no consequence here.")]
    public bool UseFileBackedCache { get; init; } = true;

    /// <summary>Lower-case dataset urns.</summary>
    [Setting("convert_urns_to_lowercase", "Write the urns of datasets in lower case.")]
    public bool ConvertUrnsToLowercase { get; init; }

    /// <summary>Which of several servers this is.</summary>
    [Setting("platform_instance", "Name of this server, where several have databases of the same name.")]
    public string? PlatformInstance { get; init; }

    /// <summary>Environment, in upper case.</summary>
    [Setting("env", "Environment: PROD, DEV, TEST, QA, UAT, EI, PRE, STG, NON_PROD, CORP, RVW, PRD, TST, SIT, SBX, SANDBOX or CERT.")]
    public string Env { get; init => field = value.ToUpperInvariant(); } = "PROD";

    /// <summary>Read usage.</summary>
    [Setting("include_usage_statistics", "Read who queried what.")]
    public bool IncludeUsageStatistics { get; init; }

    /// <summary>Where usage is read from.</summary>
    [Setting("usage_source", "Where usage is read from: performance_schema or general_log.")]
    public string UsageSource { get; init; } = "performance_schema";

    /// <summary>Settings of usage.</summary>
    [Setting("usage", "Time range and size of usage statistics.")]
    public RecipeNode? Usage { get; init; }

    /// <summary>Domain of people's e-mail addresses.</summary>
    [Setting("email_domain", "Domain that makes e-mail addresses of accounts, for usage.")]
    public string? EmailDomain { get; init; }

    /// <summary>Classification of data.</summary>
    [Setting("classification", "Glossary terms found by looking at data.")]
    public MySqlClassificationConfig Classification { get; init; } = new();

    /// <summary>Statistics of data.</summary>
    [Setting("profiling", "Statistics of the data.")]
    public MySqlProfilingConfig Profiling { get; init; } = new();

    /// <inheritdoc/>
    [Setting("stateful_ingestion", "State between runs, and removal of what has gone.")]
    public StatefulIngestionConfig? StatefulIngestion { get; init; }

    /// <summary>Seconds that the server may spend on one statement.</summary>
    [Setting("statement_timeout_sec", "Seconds that the server may spend on one statement of ours before it stops it.", Minimum = 1, Maximum = 86400)]
    public double StatementTimeoutSec { get; init; } = 300;

    /// <summary>Seconds to wait for a lock.</summary>
    [Setting("lock_wait_timeout_sec", "Seconds that a statement of ours waits for a lock before it gives up.", Minimum = 1, Maximum = 3600)]
    public int LockWaitTimeoutSec { get; init; } = 10;

    /// <summary>Seconds that the server waits for us to take rows.</summary>
    [Setting("net_write_timeout_sec", "Seconds that the server waits for us to take its rows before it hangs up.", Minimum = 10, Maximum = 86400)]
    public int NetWriteTimeoutSec { get; init; } = 600;

    /// <summary>Seconds of rest between batches.</summary>
    [Setting("pause_between_batches_sec", "Seconds of rest for the server between two batches of databases.", Minimum = 0, Maximum = 3600)]
    public double PauseBetweenBatchesSec { get; init; }

    /// <summary>Databases read by one statement.</summary>
    [Setting("schemas_per_batch", "Databases that one statement reads.", Minimum = 1, Maximum = 10000)]
    public int SchemasPerBatch { get; init; } = 1000;

    /// <summary>Log in without <see cref="Database"/>, for an account that may not be shown it.</summary>
    internal bool LogsInWithoutDatabase { get; init; }

    /// <summary>The filter for views, as <c>database.view</c>.</summary>
    public AllowDenyPattern ViewFilter => ViewPattern ?? TablePattern;

    /// <summary>Where to connect to, out of <c>sqlalchemy_uri</c> or the separate settings.</summary>
    /// <exception cref="FormatException">An address is malformed; a config that was loaded from a recipe has none such.</exception>
    public MySqlTarget GetTarget()
    {
        var arguments = Options.ConnectArgs;
        if (SqlAlchemyUri is null)
        {
            return Target(MySql.HostPort.Parse(HostPort), Username, Password, Database, arguments);
        }
        var uri = MySql.SqlAlchemyUri.Parse(SqlAlchemyUri.Reveal());
        if (uri.Parameters.Keys.Any(name => !UriParameters.Contains(name)))
        {
            throw new FormatException($"only these parameters are known: {string.Join(", ", UriParameters)}");
        }
        return Target(uri.Address, uri.User, uri.Password is null ? null : new Secret(uri.Password), uri.Database, WithParameters(arguments, uri.Parameters));
    }

    /// <inheritdoc/>
    public IEnumerable<(string Key, string Message)> Validate()
    {
        if (TargetFault() is { } fault)
        {
            yield return fault;
        }
        if (AuthMode == MySqlAuthMode.AwsIam)
        {
            yield return ("auth_mode", "AWS_IAM is not built; use PASSWORD");
        }
        if (!Environments.Contains(Env))
        {
            yield return ("env", $"must be one of {string.Join(", ", Environments)}");
        }
        if (UsageSource is not ("performance_schema" or "general_log"))
        {
            yield return ("usage_source", "must be performance_schema or general_log");
        }
        foreach (var domain in Domain.Keys.Where(domain => !domain.StartsWith("urn:li:domain:", StringComparison.Ordinal)))
        {
            yield return ($"domain.{domain}", "names of domains are not looked up on a server yet; write the urn, such as urn:li:domain:sales");
        }
    }

    /// <inheritdoc/>
    public IEnumerable<(string Key, string Path)> Files() => SqlAlchemyUri is null
        ? []
        : MySql.SqlAlchemyUri.Parse(SqlAlchemyUri.Reveal()).Parameters.Where(parameter => parameter.Key is "ssl_ca" or "ssl_cert" or "ssl_key").Select(parameter => ("sqlalchemy_uri", parameter.Value));

    /// <inheritdoc/>
    public IEnumerable<(string Key, string Message)> Warnings()
    {
        if (IncludeUsageStatistics)
        {
            yield return ("include_usage_statistics", "usage is not built yet; this run reads none");
        }
    }

    private MySqlTarget Target(HostPort address, string? user, Secret? password, string? database, MySqlConnectArgs arguments) =>
        new(address, user, password, string.IsNullOrEmpty(database) || LogsInWithoutDatabase ? null : database, arguments.ToTls(), TimeSpan.FromSeconds(arguments.ConnectTimeout));

    private static MySqlConnectArgs WithParameters(MySqlConnectArgs arguments, IReadOnlyDictionary<string, string> parameters)
    {
        var checksHost = Switch("ssl_check_hostname");
        return arguments with
        {
            SslCa = arguments.SslCa ?? parameters.GetValueOrDefault("ssl_ca"),
            SslCert = arguments.SslCert ?? parameters.GetValueOrDefault("ssl_cert"),
            SslKey = arguments.SslKey ?? parameters.GetValueOrDefault("ssl_key"),
            // In an address an authority alone asks for the check, as in the block 'ssl'.
            SslVerifyCert = arguments.SslVerifyCert ?? Switch("ssl_verify_cert") ?? (parameters.ContainsKey("ssl_ca") ? true : null),
            SslVerifyIdentity = arguments.SslVerifyIdentity ?? Switch("ssl_verify_identity") ?? checksHost ?? (parameters.ContainsKey("ssl_ca") ? true : null),
            SslDisabled = arguments.SslDisabled ?? Switch("ssl_disabled"),
            ConnectTimeout = double.TryParse(parameters.GetValueOrDefault("connect_timeout"), System.Globalization.CultureInfo.InvariantCulture, out var seconds) && seconds > 0 ? seconds : arguments.ConnectTimeout,
        };

        bool? Switch(string name) => !parameters.TryGetValue(name, out var text) ? null : text.ToLowerInvariant() switch
        {
            "true" or "1" or "yes" or "on" => true,
            "false" or "0" or "no" or "off" => false,
            _ => throw new FormatException($"the parameter {name} must be true or false"),
        };
    }

    private (string Key, string Message)? TargetFault()
    {
        try
        {
            GetTarget();
            return null;
        }
        catch (FormatException fault)
        {
            return (SqlAlchemyUri is null ? "host_port" : "sqlalchemy_uri", fault.Message);
        }
    }
}
