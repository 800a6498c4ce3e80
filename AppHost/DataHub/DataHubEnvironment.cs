using System.Globalization;

namespace Aspire.Hosting.DataHub;

/// <summary>The variables of DataHub's containers, as its compose file of v1.7.0 names them.</summary>
internal static class DataHubEnvironment
{
    public const string LargestMessage = "5242880";

    /// <summary>What metadata service and update job share.</summary>
    public static Action<EnvironmentCallbackContext> Of(DataHubResource datahub) => With(
        ("SCHEMA_REGISTRY_TYPE", "INTERNAL"),
        ("GRAPH_SERVICE_IMPL", "elasticsearch"),
        ("ENTITY_REGISTRY_CONFIG_PATH", "/datahub/datahub-gms/resources/entity-registry.yml"),
        ("ENTITY_VERSIONING_ENABLED", "true"),
        ("ZDU_STAGE_10", "true"),
        ("ZDU_STAGE_20", "true"),
        ("DATAHUB_SYSTEM_CLIENT_ID", SystemClient),
        ("DATAHUB_SYSTEM_CLIENT_SECRET", datahub.Secrets.SystemClient),
        ("DATAHUB_TOKEN_SERVICE_SIGNING_KEY", datahub.Secrets.TokenSigningKey),
        ("DATAHUB_TOKEN_SERVICE_SALT", datahub.Secrets.TokenSalt));

    public static Action<EnvironmentCallbackContext> OfSystemUpdate(DataHubResource datahub) => With(
        // No more than texts to the job: a reference to a service that waits for the job would wait for ever.
        ("DATAHUB_GMS_HOST", datahub.Gms.Name),
        ("DATAHUB_GMS_PORT", "8080"),
        ("KAFKA_SCHEMAREGISTRY_URL", $"http://{datahub.Gms.Name}:8080/schema-registry/api/"),
        ("SCHEMA_REGISTRY_SYSTEM_UPDATE", "true"),
        ("SPRING_KAFKA_PROPERTIES_AUTO_REGISTER_SCHEMAS", "true"),
        ("SPRING_KAFKA_PROPERTIES_USE_LATEST_VERSION", "true"),
        ("USE_CONFLUENT_SCHEMA_REGISTRY", "false"),
        ("DATAHUB_PRECREATE_TOPICS", "true"),
        ("PARTITIONS", "1"),
        ("DATAHUB_SQL_SETUP_ENABLED", "true"),
        ("CREATE_USER", "false"),
        ("ELASTICSEARCH_INDEX_BUILDER_MAPPINGS_REINDEX", "true"),
        ("ELASTICSEARCH_INDEX_BUILDER_SETTINGS_REINDEX", "true"),
        ("ELASTICSEARCH_BUILD_INDICES_CLONE_INDICES", "false"),
        ("BACKFILL_BROWSE_PATHS_V2", "true"));

    public static Action<EnvironmentCallbackContext> OfGms(DataHubResource datahub) => context =>
    {
        With(
            // Its own.
            ("KAFKA_SCHEMAREGISTRY_URL", "http://localhost:8080/schema-registry/api/"),
            ("DATAHUB_UPGRADE_HISTORY_KAFKA_CONSUMER_GROUP_ID", "generic-duhe-consumer-job-client-gms"),
            ("MAE_CONSUMER_ENABLED", "true"),
            ("MCE_CONSUMER_ENABLED", "true"),
            ("PE_CONSUMER_ENABLED", "true"),
            ("MCL_CONSUMER_BATCH_ENABLED", "true"),
            ("MCP_CONSUMER_BATCH_ENABLED", "true"),
            ("METADATA_SERVICE_AUTH_ENABLED", OnOff(datahub)),
            ("SECRET_SERVICE_ENCRYPTION_KEY", datahub.Secrets.EncryptionKey),
            ("UI_INGESTION_ENABLED", "true"),
            ("UI_INGESTION_DEFAULT_CLI_VERSION", DataHubContainerImageTags.ClientVersion),
            ("ENTITY_SERVICE_ENABLE_RETENTION", "true"),
            ("GRAPH_SERVICE_DIFF_MODE_ENABLED", "true"),
            ("DATAHUB_SERVER_TYPE", "dev"),
            ("DATAHUB_TELEMETRY_ENABLED", "false"),
            ("JAVA_OPTS", "-Xms1g -Xmx1g"))(context);
    };

    public static Action<EnvironmentCallbackContext> OfFrontend(DataHubResource datahub) => context =>
    {
        With(
            ("DATAHUB_GMS_HOST", datahub.Gms.HttpEndpoint.Property(EndpointProperty.Host)),
            ("DATAHUB_GMS_PORT", datahub.Gms.HttpEndpoint.Property(EndpointProperty.Port)),
            ("DATAHUB_SECRET", datahub.Secrets.FrontendSession),
            ("DATAHUB_APP_VERSION", DataHubContainerImageTags.Tag),
            ("DATAHUB_PLAY_MEM_BUFFER_SIZE", "10MB"),
            ("DATAHUB_TRACKING_TOPIC", "DataHubUsageEvent_v1"),
            ("DATAHUB_SYSTEM_CLIENT_ID", SystemClient),
            ("DATAHUB_SYSTEM_CLIENT_SECRET", datahub.Secrets.SystemClient),
            ("METADATA_SERVICE_AUTH_ENABLED", OnOff(datahub)),
            ("PLAY_HTTP_CONTEXT", "/"),
            ("DATAHUB_BASE_PATH", "/"),
            ("DATAHUB_GMS_BASE_PATH", "/"),
            // The start script overwrites JAVA_OPTS.
            ("JAVA_MEMORY_OPTS", "-Xms512m -Xmx1024m"))(context);
    };

    public static Action<EnvironmentCallbackContext> OfActions(DataHubResource datahub)
    {
        var gms = datahub.Gms.HttpEndpoint;
        return context =>
        {
            With(
                ("DATAHUB_GMS_PROTOCOL", "http"),
                ("DATAHUB_GMS_HOST", gms.Property(EndpointProperty.Host)),
                ("DATAHUB_GMS_PORT", gms.Property(EndpointProperty.Port)),
                ("SCHEMA_REGISTRY_URL", ReferenceExpression.Create($"{gms.Property(EndpointProperty.Url)}/schema-registry/api/")),
                ("KAFKA_PROPERTIES_SECURITY_PROTOCOL", "PLAINTEXT"),
                ("METADATA_CHANGE_LOG_VERSIONED_TOPIC_NAME", "MetadataChangeLog_Versioned_v1"),
                ("METADATA_AUDIT_EVENT_NAME", "MetadataAuditEvent_v4"),
                ("DATAHUB_SYSTEM_CLIENT_ID", SystemClient),
                ("DATAHUB_SYSTEM_CLIENT_SECRET", datahub.Secrets.SystemClient))(context);
            OfKafka(DataHubStores.Of(datahub).Kafka)(context);
        };
    }

    public static Action<EnvironmentCallbackContext> OfMySql(MySqlDatabaseResource database)
    {
        var server = database.Parent;
        var address = server.PrimaryEndpoint.Property(EndpointProperty.HostAndPort);
        return With(
            ("EBEAN_DATASOURCE_HOST", address),
            ("EBEAN_DATASOURCE_URL", ReferenceExpression.Create(
                $"jdbc:mysql://{address}/{database.DatabaseName}?verifyServerCertificate=false&useSSL=true&useUnicode=yes&characterEncoding=UTF-8&enabledTLSProtocols=TLSv1.2")),
            ("EBEAN_DATASOURCE_DRIVER", "com.mysql.jdbc.Driver"),
            ("EBEAN_DATASOURCE_USERNAME", "root"),
            ("EBEAN_DATASOURCE_PASSWORD", server.PasswordParameter));
    }

    public static Action<EnvironmentCallbackContext> OfKafka(KafkaServerResource kafka) => With(
        ("KAFKA_BOOTSTRAP_SERVER", kafka.InternalEndpoint.Property(EndpointProperty.HostAndPort)));

    public static Action<EnvironmentCallbackContext> OfElasticsearch(ElasticsearchResource elasticsearch) => With(
        ("ELASTICSEARCH_HOST", elasticsearch.PrimaryEndpoint.Property(EndpointProperty.Host)),
        ("ELASTICSEARCH_PORT", elasticsearch.PrimaryEndpoint.Property(EndpointProperty.Port)),
        ("ELASTICSEARCH_PROTOCOL", "http"),
        ("ELASTICSEARCH_USE_SSL", "false"),
        ("ELASTICSEARCH_IMPLEMENTATION", "elasticsearch"));

    /// <summary>The frontend has names of its own for it.</summary>
    public static Action<EnvironmentCallbackContext> OfElasticsearchClient(ElasticsearchResource elasticsearch) => With(
        ("ELASTIC_CLIENT_HOST", elasticsearch.PrimaryEndpoint.Property(EndpointProperty.Host)),
        ("ELASTIC_CLIENT_PORT", elasticsearch.PrimaryEndpoint.Property(EndpointProperty.Port)));

    public static Action<EnvironmentCallbackContext> OfKeycloak(DataHubResource datahub, EndpointReference keycloak, string realm, string clientId, ParameterResource clientSecret) => With(
        ("AUTH_OIDC_ENABLED", "true"),
        ("AUTH_OIDC_CLIENT_ID", clientId),
        ("AUTH_OIDC_CLIENT_SECRET", clientSecret),
        ("AUTH_OIDC_DISCOVERY_URI", ReferenceExpression.Create($"{keycloak.Property(EndpointProperty.Url)}/realms/{realm}/.well-known/openid-configuration")),
        // What browsers call it, which is not what other containers do.
        ("AUTH_OIDC_BASE_URL", new EndpointReference(datahub.Frontend, "http", KnownNetworkIdentifiers.LocalhostNetwork).Property(EndpointProperty.Url)),
        ("AUTH_OIDC_SCOPE", "openid profile email"),
        ("AUTH_OIDC_USER_NAME_CLAIM", "preferred_username"),
        ("AUTH_OIDC_JIT_PROVISIONING_ENABLED", "true"),
        ("AUTH_OIDC_EXTRACT_GROUPS_ENABLED", "true"),
        ("AUTH_OIDC_GROUPS_CLAIM", "groups"),
        ("AUTH_OIDC_PREFERRED_JWS_ALGORITHM", "RS256"),
        // A Keycloak that has just started answers slowly.
        ("AUTH_OIDC_CONNECT_TIMEOUT", "5000"),
        ("AUTH_OIDC_READ_TIMEOUT", "15000"));

    private const string SystemClient = "__datahub_system";

    private static string OnOff(DataHubResource datahub) => datahub.HasAuthentication.ToString(CultureInfo.InvariantCulture).ToLowerInvariant();

    private static Action<EnvironmentCallbackContext> With(params (string Name, object Value)[] variables) => context =>
    {
        foreach (var (name, value) in variables)
        {
            context.EnvironmentVariables[name] = value;
        }
    };
}
