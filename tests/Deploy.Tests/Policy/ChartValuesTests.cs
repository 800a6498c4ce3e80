using Discovery.Deploy.Policy;

namespace Discovery.Deploy.Tests.Policy;

public sealed class ChartValuesTests
{
    /// <summary>Values, and the findings that they have: rule, path, whether it is a warning.</summary>
    public static TheoryData<string, string, string, bool> Values { get; } = new()
    {
        { "mysqlSetupJob: { enabled: true }", "chart-key-gone", "mysqlSetupJob", true },
        { "kafkaSetupJob: { enabled: true }", "chart-key-gone", "kafkaSetupJob", true },
        { "elasticsearchSetupJob: { enabled: true }", "chart-key-gone", "elasticsearchSetupJob", true },
        { "postgresqlSetupJob: { enabled: true }", "chart-key-gone", "postgresqlSetupJob", true },
        { "datahubUpgrade: { enabled: true }", "chart-key-gone", "datahubUpgrade.enabled", true },
        { "datahubUpgrade: { noCodeDataMigration: { sqlDbType: MYSQL } }", "chart-key-gone", "datahubUpgrade.noCodeDataMigration", true },
        { "datahub-jmxexporter: { a: 1 }", "chart-key-gone", "datahub-jmxexporter", true },
        { "datahub-gms: { exporters: { jmx: { enabled: true } } }", "chart-key-gone", "datahub-gms.exporters", true },
        { "datahub-gms: { image: { repository: linkedin/datahub-gms } }", "chart-key-gone", "datahub-gms.image.repository", false },
        { "datahub-gms: { lifecycle: { preStop: {} } }", "chart-key-gone", "datahub-gms.lifecycle", true },
        { "datahub-gms: { theme_v2: { toggleable: true } }", "chart-key-gone", "datahub-gms.theme_v2.toggleable", true },
        { "global: { sql: { datasource: { hostForMysqlClient: db } } }", "chart-key-gone", "global.sql.datasource.hostForMysqlClient", true },
        { "global: { datahub: { systemUpdate: { consolidatedUpgrade: false } } }", "chart-key-gone", "global.datahub.systemUpdate.consolidatedUpgrade", true },
        { "global: { datahub: { gms: { s3: { a: 1 } } } }", "chart-key-gone", "global.datahub.gms.s3", true },
        { "global: { datahub: { version: v1.7.0 }, graph_service_impl: neo4j }", "chart-key-gone", "global.graph_service_impl", true },
        { "global: { datahub: { version: v1.7.0 }, kafka: { zookeeper: { server: a } } }", "chart-key-gone", "global.kafka.zookeeper", true },
        { "global: { datahub: { version: v1.7.0 }, kafka: { schemaregistry: { url: http://a } } }", "chart-key-gone", "global.kafka.schemaregistry.url", true },
        { "datahubSystemUpdate: { backOffLimit: 3 }", "chart-key-gone", "datahubSystemUpdate.backOffLimit", true },
        { "datahubSystemUpdate: { sql: { setup: { createTables: false } } }", "chart-key-gone", "datahubSystemUpdate.sql.setup.createTables", true },
        { "datahubSystemUpdate: { sql: { setup: { createDatabase: false } } }", "chart-key-gone", "datahubSystemUpdate.sql.setup.createDatabase", true },
        { "global: { datahub: { metadata_service_authentication: { provisionSecrets: true } } }", "chart-value-type", "global.datahub.metadata_service_authentication.provisionSecrets", false },
        { "global: { datahub: { encryptionKey: { provisionSecret: true } } }", "chart-value-type", "global.datahub.encryptionKey.provisionSecret", false },
        { "global: { datahub: { metadata_service_authentication: { systemClientId: 77 } } }", "chart-value-type", "global.datahub.metadata_service_authentication.systemClientId", false },
        { "global: { datahub: { version: v1.7.0 }, kafka: { maxMessageBytes: 5242880 } }", "chart-value-type", "global.kafka.maxMessageBytes", false },
        { "global: { datahub: { version: v1.7.0 }, elasticsearch: { useSSL: true } }", "chart-value-type", "global.elasticsearch.useSSL", false },
        { "global: { sql: { datasource: { port: 3306 } } }", "chart-value-type", "global.sql.datasource.port", false },
        { "datahub-gms: { replicas: 2 }", "chart-key-unknown", "datahub-gms.replicas", true },
        { "global: { datahub: { metadataServiceAuthentication: {} } }", "chart-key-unknown", "global.datahub.metadataServiceAuthentication", true },
        { "global: { datahub: { metadata_service_authentication: { provisionSecrets: { enabled: true } } } }", "chart-value", "global.datahub.metadata_service_authentication.provisionSecrets.enabled", true },
        { "datahub-gms: { image: { tag: \"v1.7.0.1@sha256:0123\" } }", "chart-value", "datahub-gms.image.tag", false },
        { "datahub-gms: { serviceAccount: { create: true } }", "chart-value", "datahub-gms.serviceAccount.create", false },
        { "datahub-gms: { service: { type: LoadBalancer } }", "chart-value", "datahub-gms.service.type", false },
        { "datahub-frontend: { oidcAuthentication: { clientId: \"12345\" } }", "chart-value", "datahub-frontend.oidcAuthentication.clientId", false },
        { "datahub-frontend: { oidcAuthentication: { clientSecret: hunter2 } }", "plain-secret", "datahub-frontend.oidcAuthentication.clientSecret", false },
        { "datahub-frontend: { oidcAuthentication: { enabled: true }, extraEnvs: [{ name: AUTH_OIDC_SCOPE, value: openid }] }", "chart-value", "datahub-frontend.extraEnvs", false },
        { "datahub-gms: { extraEnvs: [{ name: EBEAN_DATASOURCE_URL, value: a }] }", "chart-value", "datahub-gms.extraEnvs", false },
        { "datahub-gms: { extraEnvs: [{ name: DB_PASSWORD, value: hunter2 }] }", "env-secret", "datahub-gms.extraEnvs", false },
        { "global: { sql: { datasource: { url: { secretRef: mysql-secrets, secretKey: mysql-url } } } }", "chart-value", "global.sql.datasource.url", false },
        { "global: { sql: { datasource: { password: { value: hunter2 } } } }", "plain-secret", "global.sql.datasource.password.value", false },
        { "datahubSystemUpdate: { sql: { setup: { createUser: true }, username: { secretRef: a, secretKey: b } } }", "chart-value", "datahubSystemUpdate.sql.setup.createUser", false },
        { "datahub-ingestion-cron: { crons: { a-name-that-is-rather-long: { schedule: 0 0 * * * } } }", "chart-value", "datahub-ingestion-cron.crons.a-name-that-is-rather-long", false },
        { "datahub-ingestion-cron: { crons: { shop: { schedule: 0 0 0 0 0 } } }", "chart-value", "datahub-ingestion-cron.crons.shop.schedule", false },
        { "datahub-ingestion-cron: { crons: { shop: { backoffLimit: 0 } } }", "chart-value", "datahub-ingestion-cron.crons.shop.backoffLimit", true },
        { "global: { datahub: { version: v1.7.0 }, externalSecrets: { secrets: { a: { store: b } } } }", "chart-value", "global.externalSecrets.secrets.a.store", false },
        { "global: { datahub: { version: v1.4.0 } }", "upgrade-path", "global.datahub.version", true },
        { "datahub-gms: { image: { tag: v0.8.43 } }", "upgrade-path", "datahub-gms.image.tag", true },
        { "neo4j-community: { enabled: true }", "chart-key-gone", "neo4j-community", true },
        { "cp-helm-charts: { cp-schema-registry: { enabled: true } }", "chart-key-gone", "cp-helm-charts", true },
        { "kafka: { zookeeper: { enabled: true } }", "chart-key-gone", "kafka.zookeeper", true },
        { "opensearch: { config: { opensearch.yml: {} } }", "chart-value", "opensearch.config.opensearch.yml", true },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_of_older_charts_or_with_another_meaning_is_found(string values, string rule, string path, bool isWarning)
    {
        var finding = Assert.Single(Check(values));

        Assert.Equal((rule, path, isWarning), (finding.Rule, finding.Subject, finding.IsWarning));
        Assert.DoesNotContain("hunter2", finding.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("global: { sql: { datasource: { username: root } } }")]
    [InlineData("global: { sql: { datasource: { username: { secretRef: mysql-secrets, secretKey: mysql-username } } } }")]
    [InlineData("datahub-frontend: { existingGmsSecret: { name: a, key: b }, oidcAuthentication: { enabled: true, clientId: datahub } }")]
    [InlineData("datahub-gms: { replicaCount: 2, affinity: { a: 1 }, extraInitContainers: [{ name: a }], resources: { limits: { memory: 1Gi } } }")]
    [InlineData("datahub-gms: { extraEnvs: [{ name: SECRET_SERVICE_CALLER_GUARD_MODE, value: ENFORCE }, { name: DB_PASSWORD, valueFrom: { secretKeyRef: { name: a, key: b } } }] }")]
    [InlineData("opensearch: { config: { opensearch.yml: null } }")]
    [InlineData("name: Build\non: push\n")]
    [InlineData("source: { type: mysql }\n")]
    public void What_the_chart_understands_has_no_finding(string values) => Assert.Empty(Check(values));

    [Fact]
    public void A_misspelled_key_gets_the_one_that_is_meant() =>
        Assert.Contains("did you mean 'replicaCount'?", Assert.Single(Check("datahub-gms: { replicaCont: 2 }")).Message, StringComparison.Ordinal);

    [Fact]
    public void The_charts_own_default_values_have_no_unknown_key_and_no_wrong_type()
    {
        var charts = Environment.GetEnvironmentVariable("DISCOVERY_CHARTS");
        Assert.SkipUnless(Directory.Exists(charts), "DISCOVERY_CHARTS names no folder with DataHub's charts");

        var findings = Check(File.ReadAllText(Path.Combine(charts!, "datahub", "values.yaml")));

        Assert.DoesNotContain(findings, finding => finding.Rule is "chart-key-unknown" or "chart-value-type");
    }

    private static IReadOnlyList<Finding> Check(string values) => PolicyCheck.Run([new("values.yaml", values)]).Findings;
}
