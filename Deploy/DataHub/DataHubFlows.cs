using System.Globalization;
using System.Text.Json.Nodes;
using Discovery.Deploy.Input;
using Discovery.Deploy.Kubernetes;

namespace Discovery.Deploy.DataHub;

/// <summary>Who talks to whom in DataHub's namespace.</summary>
internal static class DataHubFlows
{
    /// <summary>Any pod of the chart, its jobs too.</summary>
    public static Flow FromDataHub(int port) => Flow.Tcp("from DataHub's pods and jobs", Flow.Pods(Labels.DataHub()), port);

    /// <summary>Runs write metadata, and the control plane looks for recipes.</summary>
    public static Flow FromDiscovery(DeployEnvironment environment) =>
        Flow.Tcp(
            "from Discovery's pods, which read and write metadata",
            Flow.Pods(environment.Config.Discovery.Namespace, new JsonObject { ["matchLabels"] = Labels.Discovery() }),
            8080);

    /// <summary>The API, and the schema registry in it.</summary>
    public static Flow ToMetadataService() => Flow.Tcp("to the metadata service", Flow.Pods(Labels.DataHub("datahub-gms")), 8080);

    /// <summary>Several metadata services share a cache.</summary>
    public static IEnumerable<Flow> BetweenMetadataServices(DeployEnvironment environment) =>
        Workload.Gms(environment).Replicas > 1 ? [Flow.Tcp("between metadata services, for their shared cache", Flow.Pods(Labels.DataHub("datahub-gms")), 5701)] : [];

    /// <summary>Brokers; those outside must call themselves by the ports of the bootstrap list.</summary>
    public static Flow ToKafka(KafkaConfig kafka) => kafka.Bundled
        ? Flow.Tcp("to Kafka", Flow.Pods(KafkaPods()), 9092)
        : Flow.Tcp("to Kafka", Flow.Range(kafka.Cidr!), Ports(kafka.BootstrapServers!));

    /// <summary>The search engine.</summary>
    public static Flow ToSearch(SearchConfig search) => search.Bundled
        ? Flow.Tcp("to OpenSearch", Flow.Pods(OpenSearchPods()), 9200)
        : Flow.Tcp("to OpenSearch", Flow.Range(search.Cidr!), search.Port);

    /// <summary>Cloud SQL: by the proxy, which also asks Google for its identity and for the certificate of the instance, or straight to it.</summary>
    public static IEnumerable<Flow> ToDatabase(DeployEnvironment environment)
    {
        var database = environment.Config.DataHub.Database;
        return database.Connection == DatabaseConnection.PrivateIp
            ? [Flow.Tcp("to Cloud SQL", Flow.Range(database.Cidr), 3306)]
            :
            [
                Flow.Tcp("to Cloud SQL, from the proxy", Flow.Range(database.Cidr), 3307),
                Flow.Tcp("to Google's APIs, from the proxy", Flow.Internet(), 443),
                // The address that a pod asks, where the data plane is version 2, and the one that it is translated to, where it is not.
                Flow.Tcp("to the node's metadata server, for the proxy's identity", Flow.Range("169.254.169.254/32"), 80),
                Flow.Tcp("to the node's metadata server, for the proxy's identity (data plane version 1)", Flow.Range("169.254.169.252/32"), 988),
            ];
    }

    /// <summary>The pods that search or index.</summary>
    public static Flow FromSearchClients(DeployEnvironment environment)
    {
        var peers = new JsonArray { Flow.Pods(Labels.DataHub("datahub-gms")) };
        if (Workload.HasConsumers(environment))
        {
            peers.Add(Flow.Pods(Labels.DataHub("datahub-mae-consumer")));
            peers.Add(Flow.Pods(Labels.DataHub("datahub-mce-consumer")));
        }
        peers.Add(new JsonObject { ["podSelector"] = JobPods() });
        return new Flow("from the metadata service, its consumers and the jobs", peers, Flow.TcpPorts(9200));
    }

    /// <summary>The broker and its controller, which are one pod, find each other by name.</summary>
    public static Flow BetweenKafka() => Flow.Tcp("between broker and controller", Flow.Pods(KafkaPods()), 9093, 9094);

    /// <summary>Selects the pods of the chart's jobs: the only ones of it that have no name.</summary>
    public static JsonObject JobPods() => new()
    {
        ["matchLabels"] = Labels.DataHub(),
        ["matchExpressions"] = new JsonArray { new JsonObject { ["key"] = Labels.Name, ["operator"] = "DoesNotExist" } },
    };

    /// <summary>Labels of bundled Kafka.</summary>
    public static JsonObject KafkaPods() => Prerequisite("kafka");

    /// <summary>Labels of bundled OpenSearch.</summary>
    public static JsonObject OpenSearchPods() => Prerequisite("opensearch");

    private static JsonObject Prerequisite(string name) => new() { [Labels.Name] = name, [Labels.Instance] = DeployEnvironment.PrerequisitesRelease };

    // kafka-0.example.internal:9092,kafka-1.example.internal:9092
    private static IEnumerable<int> Ports(string bootstrapServers) =>
        bootstrapServers.Split(',').Select(server => int.Parse(server[(server.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture)).Distinct();
}
