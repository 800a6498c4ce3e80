using System.Text.Json.Nodes;
using Discovery.Deploy.Input;
using Discovery.Deploy.Secrets;

namespace Discovery.Deploy.DataHub;

/// <summary>Bundled Kafka: one pod that is controller and broker.</summary>
internal static class KafkaValues
{
    /// <summary>Where its clients find it.</summary>
    public const string BootstrapServer = $"{DeployEnvironment.PrerequisitesRelease}-kafka:9092";

    /// <summary>The block <c>kafka</c>.</summary>
    public static JsonObject Of() => new()
    {
        ["image"] = new JsonObject { ["tag"] = "3.6.1-debian-12-r12" },
        ["serviceAccount"] = new JsonObject { ["create"] = false, ["name"] = ServiceAccounts.Kafka },
        ["provisioning"] = new JsonObject { ["serviceAccount"] = new JsonObject { ["create"] = false } },
        // The chart would draw a cluster id at each render, and a broker whose volume has another one does not start.
        ["kraft"] = new JsonObject { ["existingClusterIdSecret"] = SecretPlan.KafkaClusterId.Secret },
        ["sasl"] = new JsonObject { ["existingSecret"] = SecretPlan.KafkaControllerPassword.Secret },
        ["controller"] = new JsonObject
        {
            ["resources"] = Workload.Resources("250m", "2Gi"),
            ["initContainerResources"] = Workload.Resources("50m", "128Mi"),
            // DataHub's messages are up to 5 MiB.
            ["extraConfig"] = """
                message.max.bytes=5242880
                default.replication.factor=1
                offsets.topic.replication.factor=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1

                """,
        },
    };
}
