using System.Text.Json.Nodes;
using Discovery.Deploy.Kubernetes;
using static Discovery.Deploy.DataHub.ContainerVariable;

namespace Discovery.Deploy.DataHub;

/// <summary>Bundled OpenSearch: one node, reached by pods of DataHub alone.</summary>
internal static class OpenSearchValues
{
    /// <summary>Its Service.</summary>
    public const string Host = "opensearch-cluster-master";

    /// <summary>Its port.</summary>
    public const string Port = "9200";

    /// <summary>The block <c>opensearch</c>.</summary>
    public static JsonObject Of() => new()
    {
        ["image"] = new JsonObject { ["tag"] = "2.19.5" },
        ["singleNode"] = true,
        // The chart names an account only where it makes a role for it. A text in the place of this list stands in the pod as it is, behind an empty "volumes:".
        ["extraVolumes"] = $"serviceAccountName: {ServiceAccounts.OpenSearch}",
        // Null, not empty: any file here brings an init container that Pod Security refuses. Its settings are variables instead.
        ["config"] = new JsonObject { ["opensearch.yml"] = null },
        ["extraEnvs"] = new JsonArray
        {
            Variable("DISABLE_INSTALL_DEMO_CONFIG", "true"),
            Variable("DISABLE_SECURITY_PLUGIN", "true"),
            // Mapped files need a kernel setting of the node that only a privileged pod could change.
            Variable("node.store.allow_mmap", "false"),
        },
        // Half of the memory, as OpenSearch recommends: the rest caches files.
        ["opensearchJavaOpts"] = "-Xms1g -Xmx1g",
        ["resources"] = Workload.Resources("250m", "2Gi"),
        // The group of the volume comes from fsGroup; the init container that would change it runs as root.
        ["persistence"] = new JsonObject { ["enableInitChown"] = false },
        ["podSecurityContext"] = SecurityContext.Pod(1000),
        ["securityContext"] = SecurityContext.Container(1000),
    };
}
