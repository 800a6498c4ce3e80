using System.Text.Json.Nodes;
using Discovery.Deploy.Policy.Reading;

namespace Discovery.Deploy.Policy.Charts;

/// <summary>What is wrong with values of the chart datahub-prerequisites.</summary>
internal static class PrerequisiteFaults
{
    /// <summary>All that are in some values.</summary>
    public static IEnumerable<ValuesFault> Find(JsonObject values)
    {
        (string[] Path, Func<JsonNode, bool> IsFault, string Rule, bool IsWarning, string Message)[] faults =
        [
            (["neo4j-community"], _ => true, "chart-key-gone", true, "is no part of the chart any more; DataHub keeps its graph in OpenSearch (global.graph_service_impl: elasticsearch), or in a Neo4j 5 under the key neo4j"),
            (["cp-helm-charts"], value => value.Switch("cp-schema-registry", "enabled") == true, "chart-key-gone", true, "a schema registry is built into DataHub: global.kafka.schemaregistry.type: INTERNAL; remove this one"),
            (["kafka", "zookeeper"], _ => true, "chart-key-gone", true, "Kafka runs without ZooKeeper (KRaft); remove it. A broker's volume of before cannot be taken over, but DataHub can restore its indices"),
            (["kafka", "image", "repository"], IsBitnami, "chart-key-gone", false, "images of bitnami/ were taken away in 2025; remove the key (the chart's default is bitnamilegacy/, without security fixes)"),
            (["mysql", "image", "repository"], IsBitnami, "chart-key-gone", false, "images of bitnami/ were taken away in 2025; use Cloud SQL"),
            (["opensearch", "config", "opensearch.yml"], _ => true, "chart-value", true, "adds an init container that Pod Security 'restricted' refuses; write null, and set it by extraEnvs"),
        ];
        return faults.Select(fault => (fault, At: values.At(fault.Path))).Where(item => item.At is not null && item.fault.IsFault(item.At))
            .Select(item => new ValuesFault(item.fault.Rule, item.At, string.Join('.', item.fault.Path), item.fault.IsWarning, item.fault.Message));
    }

    private static bool IsBitnami(JsonNode value) => value.Text()?.StartsWith("bitnami/", StringComparison.Ordinal) == true;
}
