using System.Text.Json.Nodes;
using Discovery.Deploy.Input;
using Discovery.Deploy.Kubernetes;

namespace Discovery.Deploy.DataHub;

/// <summary>One workload of the chart datahub, with the size that an environment gives it.</summary>
/// <param name="Name">Name of its sub-chart, which is the label <c>app.kubernetes.io/name</c> of its pods.</param>
/// <param name="Replicas">Number of its pods.</param>
/// <param name="Cpu">CPU request.</param>
/// <param name="Memory">Memory request and limit.</param>
internal sealed record Workload(string Name, int Replicas, string Cpu, string Memory)
{
    /// <summary>The metadata service.</summary>
    public static Workload Gms(DeployEnvironment environment) => Of("datahub-gms", environment.Config.DataHub.Gms, "1", "3Gi");

    /// <summary>The frontend.</summary>
    public static Workload Frontend(DeployEnvironment environment) => Of("datahub-frontend", environment.Config.DataHub.Frontend, "250m", "1400Mi");

    /// <summary>The actions framework; two of them would each execute what was asked for once.</summary>
    public static Workload Actions(DeployEnvironment environment) => Of("acryl-datahub-actions", environment.Config.DataHub.Actions with { Replicas = 1 }, "300m", "1Gi");

    /// <summary>The consumer of metadata changes.</summary>
    public static Workload MaeConsumer(DeployEnvironment environment) => Of("datahub-mae-consumer", environment.Config.DataHub.MaeConsumer, "250m", "1536Mi");

    /// <summary>The consumer of metadata proposals; the chart refuses more than one.</summary>
    public static Workload MceConsumer(DeployEnvironment environment) => Of("datahub-mce-consumer", environment.Config.DataHub.MceConsumer with { Replicas = 1 }, "250m", "1536Mi");

    /// <summary>Whether the consumers run by themselves: several metadata services would each start what a schedule asks for once.</summary>
    public static bool HasConsumers(DeployEnvironment environment) => Gms(environment).Replicas > 1;

    /// <summary>The workloads that an environment has.</summary>
    public static IReadOnlyList<Workload> All(DeployEnvironment environment) =>
    [
        Gms(environment),
        Frontend(environment),
        Actions(environment),
        .. HasConsumers(environment) ? [MaeConsumer(environment), MceConsumer(environment)] : Array.Empty<Workload>(),
    ];

    /// <summary>Its values: replicas, size, spread over nodes, security.</summary>
    public JsonObject Values()
    {
        var values = new JsonObject
        {
            ["resources"] = Resources(Cpu, Memory),
            ["podSecurityContext"] = SecurityContext.Pod(1000),
            ["securityContext"] = SecurityContext.Container(1000),
        };
        if (Replicas > 1)
        {
            values["replicaCount"] = Replicas;
            values["affinity"] = Spread.Apart(Labels.DataHub(Name), (100, "kubernetes.io/hostname"), (50, "topology.kubernetes.io/zone"));
        }
        return values;
    }

    /// <summary>Memory that is reserved is all that there is, so no neighbour can take it; CPU has no limit, since a throttled JVM misses its probes.</summary>
    public static JsonObject Resources(string cpu, string memory) => new()
    {
        ["requests"] = new JsonObject { ["cpu"] = cpu, ["memory"] = memory },
        ["limits"] = new JsonObject { ["memory"] = memory },
    };

    private static Workload Of(string name, WorkloadConfig config, string cpu, string memory) =>
        new(name, config.Replicas ?? 1, config.Cpu ?? cpu, config.Memory ?? memory);
}
