namespace Aspire.Hosting.DataHub;

/// <summary>The three stores that a DataHub stands on.</summary>
internal sealed record DataHubStores(MySqlServerResource MySql, KafkaServerResource Kafka, ElasticsearchResource Elasticsearch)
{
    /// <exception cref="DistributedApplicationException">One is missing.</exception>
    public static DataHubStores Of(DataHubResource datahub) => new(
        datahub.MySql ?? throw Missing(datahub, nameof(DataHubBuilderExtensions.WithMySql)),
        datahub.Kafka ?? throw Missing(datahub, nameof(DataHubBuilderExtensions.WithKafka)),
        datahub.Elasticsearch ?? throw Missing(datahub, nameof(DataHubBuilderExtensions.WithElasticsearch)));

    private static DistributedApplicationException Missing(DataHubResource datahub, string call) =>
        new($"{datahub.Name} has a store too few: call {call} on it.");
}
