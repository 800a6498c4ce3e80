using Discovery.Ingestion.Sinks.Blackhole;
using Discovery.Ingestion.Sinks.Console;
using Discovery.Ingestion.Sinks.DataHubRest;
using Discovery.Ingestion.Sinks.Files;
using Discovery.Ingestion.Sources.Files;
using Discovery.Ingestion.Sources.MySql;

namespace Discovery.Ingestion.Pipeline;

/// <summary>A kind of source, as a recipe names it.</summary>
/// <param name="Name">The word after <c>type:</c>.</param>
/// <param name="ConfigType">Record whose properties carry <see cref="Recipes.SettingAttribute"/>; what <c>config:</c> holds.</param>
/// <param name="Create">Makes the source from its config; connects to nothing yet.</param>
public sealed record SourceType(string Name, Type ConfigType, Func<object, RunContext, ISource> Create);

/// <summary>A kind of sink, as a recipe names it.</summary>
/// <inheritdoc cref="SourceType"/>
public sealed record SinkType(string Name, Type ConfigType, Func<object, RunContext, ISink> Create);

/// <summary>Every source and sink that a recipe can name. A new one registers here with one line.</summary>
public static class Connectors
{
    /// <summary>The sources that are built.</summary>
    public static IReadOnlyList<SourceType> Sources { get; } =
    [
        new("mysql", typeof(MySqlSourceConfig), static (config, context) => new MySqlSource("mysql", (MySqlSourceConfig)config, context)),
        new("mariadb", typeof(MySqlSourceConfig), static (config, context) => new MySqlSource("mariadb", (MySqlSourceConfig)config, context)),
        new("file", typeof(FileSourceConfig), static (config, context) => new FileSource((FileSourceConfig)config, context)),
    ];

    /// <summary>The sinks that are built.</summary>
    public static IReadOnlyList<SinkType> Sinks { get; } =
    [
        new("datahub-rest", typeof(DataHubRestConfig), static (config, context) => new DataHubRestSink((DataHubRestConfig)config, context)),
        new("file", typeof(FileSinkConfig), static (config, context) => new FileSink((FileSinkConfig)config, context)),
        new("console", typeof(ConsoleSinkConfig), static (_, context) => new ConsoleSink(context, System.Console.OpenStandardOutput())),
        new("blackhole", typeof(BlackholeSinkConfig), static (_, context) => new BlackholeSink(context)),
    ];

    /// <summary>Source types of DataHub's own client that are known by name and not built here.</summary>
    public static IReadOnlySet<string> SourcesNotBuilt { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "athena", "azure-ad", "bigquery", "bigquery-queries", "cassandra", "clickhouse", "cockroachdb", "csv-enricher", "databricks",
        "datahub", "datahub-business-glossary", "datahub-lineage-file", "dbt", "delta-lake", "demo-data", "dremio", "druid", "dynamodb",
        "elasticsearch", "feast", "fivetran", "gcs", "glue", "hana", "hive", "hive-metastore", "iceberg", "json-schema", "kafka",
        "kafka-connect", "ldap", "looker", "lookml", "metabase", "mlflow", "mode", "mongodb", "mssql", "neo4j", "nifi", "okta",
        "openapi", "oracle", "postgres", "powerbi", "presto", "pulsar", "qlik-sense", "redash", "redshift", "s3", "sac", "sagemaker",
        "salesforce", "sigma", "slack", "snowflake", "sql-queries", "sqlalchemy", "starburst-trino-usage", "superset", "tableau",
        "teradata", "trino", "unity-catalog", "vertica", "vertexai",
    };

    /// <summary>Sink types of DataHub's own client that are known by name and not built here.</summary>
    public static IReadOnlySet<string> SinksNotBuilt { get; } = new HashSet<string>(StringComparer.Ordinal) { "datahub-kafka", "datahub-lite" };
}
