namespace Aspire.Hosting.DataHub;

/// <summary>The images of DataHub, and those of the stores that this version of DataHub is tested with.</summary>
/// <remarks>Tags are pinned: a newer store cannot read, or must not open, the data of an older one. They change together with DataHub's.</remarks>
internal static class DataHubContainerImageTags
{
    public const string Registry = "docker.io";

    /// <summary>DataHub itself. The deployment of <c>Deploy</c> has the same; a test compares them.</summary>
    public const string Tag = "v1.7.0.1";

    public const string Gms = "acryldata/datahub-gms";
    public const string Frontend = "acryldata/datahub-frontend-react";
    public const string SystemUpdate = "acryldata/datahub-upgrade";
    public const string Actions = "acryldata/datahub-actions";
    public const string ActionsTag = $"{Tag}-slim";

    /// <summary>The client that recipes made in DataHub's own pages are run with, on PyPI.</summary>
    public const string ClientVersion = "1.7.0.9";

    /// <summary>What DataHub's own quick start runs.</summary>
    public const string MySqlTag = "8.2";

    /// <summary>Confluent's image of one node, which Aspire.Hosting.Kafka configures.</summary>
    public const string KafkaTag = "8.2.0";

    /// <summary>What DataHub's own profile for Elasticsearch runs.</summary>
    public const string ElasticsearchRegistry = "docker.elastic.co";

    public const string Elasticsearch = "elasticsearch/elasticsearch";

    public const string ElasticsearchTag = "8.19.2";
}
