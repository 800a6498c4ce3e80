using Discovery.Deploy.Input.Forms;
using Discovery.Ingestion.Recipes;

namespace Discovery.Deploy.Input;

/// <summary>The block <c>datahub</c>.</summary>
public sealed record DataHubConfig : IValidatedConfig
{
    /// <summary>Namespace.</summary>
    [DnsLabel]
    [Setting("namespace", "Namespace of DataHub.")]
    public string Namespace { get; init; } = "datahub";

    /// <summary>Host name in the browser.</summary>
    [HostName]
    [Setting("host", "Host name of DataHub in the browser, such as datahub.example.com.")]
    public required string Host { get; init; }

    /// <summary>Login.</summary>
    [Setting("oidc", "Log-in by OpenID Connect (Keycloak).")]
    public required OidcConfig Oidc { get; init; }

    /// <summary>Cloud SQL.</summary>
    [Setting("database", "Cloud SQL for MySQL.")]
    public required DatabaseConfig Database { get; init; }

    /// <summary>Kafka.</summary>
    [Setting("kafka", "Kafka.")]
    public required KafkaConfig Kafka { get; init; }

    /// <summary>OpenSearch.</summary>
    [Setting("search", "OpenSearch.")]
    public required SearchConfig Search { get; init; }

    /// <summary>Metadata service; more than one replica runs the consumers as workloads of their own.</summary>
    [Setting("gms", "The metadata service. Default: 1 replica, 1 CPU, 3Gi.")]
    public WorkloadConfig Gms { get; init; } = new();

    /// <summary>Frontend.</summary>
    [Setting("frontend", "The frontend. Default: 1 replica, 250m, 1400Mi.")]
    public WorkloadConfig Frontend { get; init; } = new();

    /// <summary>Consumer of metadata changes; deployed when <see cref="Gms"/> has more than one replica.</summary>
    [Setting("mae_consumer", "The consumer of metadata changes, which runs by itself where gms has several replicas. Default: 1 replica, 250m, 1536Mi.")]
    public WorkloadConfig MaeConsumer { get; init; } = new();

    /// <summary>Consumer of metadata proposals; always one replica.</summary>
    [Setting("mce_consumer", "The consumer of metadata proposals, which runs by itself where gms has several replicas; always 1 replica. Default: 250m, 1536Mi.")]
    public WorkloadConfig MceConsumer { get; init; } = new();

    /// <summary>Actions; always one replica.</summary>
    [Setting("actions", "The actions framework; always 1 replica. Default: 300m, 1Gi.")]
    public WorkloadConfig Actions { get; init; } = new();

    /// <inheritdoc/>
    public IEnumerable<(string Key, string Message)> Validate()
    {
        if (MceConsumer.Replicas > 1)
        {
            yield return ("mce_consumer.replicas", "only 1: DataHub keeps the order of proposals by reading them in one process; give it more cpu and memory instead");
        }
        if (Actions.Replicas > 1)
        {
            yield return ("actions.replicas", "only 1: a second one would do each action again; give it more cpu and memory instead");
        }
    }
}

/// <summary>How DataHub reaches Cloud SQL.</summary>
[KebabCase]
public enum DatabaseConnection
{
    /// <summary>Cloud SQL Auth Proxy as a native sidecar.</summary>
    AuthProxy,

    /// <summary>The instance's private address, TLS by the driver.</summary>
    PrivateIp,
}

/// <summary>The block <c>datahub.database</c>.</summary>
public sealed record DatabaseConfig : IValidatedConfig
{
    /// <summary>Name of the Cloud SQL instance, without project and region.</summary>
    [InstanceName]
    [Setting("instance", "Name of the Cloud SQL instance, without project and region.")]
    public required string Instance { get; init; }

    /// <summary>How it is reached.</summary>
    [Setting("connection", "auth-proxy: through the Cloud SQL Auth Proxy in each pod; private-ip: directly.")]
    public DatabaseConnection Connection { get; init; }

    /// <summary>Range of private services access.</summary>
    [Cidr]
    [Setting("cidr", "Range of addresses that private services access gives to Cloud SQL in the network, such as 10.20.0.0/24.")]
    public required string Cidr { get; init; }

    /// <summary>The instance's address; needed for <see cref="DatabaseConnection.PrivateIp"/>.</summary>
    [Address]
    [Setting("address", "Private address of the instance; needed for the connection private-ip.")]
    public string? Address { get; init; }

    /// <summary>Schema.</summary>
    [DatabaseName]
    [Setting("name", "Name of the database.")]
    public string Name { get; init; } = "datahub";

    /// <summary>Machine type.</summary>
    [MachineType]
    [Setting("tier", "Machine type of the instance.")]
    public string Tier { get; init; } = "db-custom-2-7680";

    /// <summary>Whether a second zone has a standby.</summary>
    [Setting("high_availability", "Whether a standby in a second zone takes over.")]
    public bool HighAvailability { get; init; } = true;

    /// <inheritdoc/>
    public IEnumerable<(string Key, string Message)> Validate()
    {
        if (Connection == DatabaseConnection.PrivateIp && Address is null)
        {
            yield return ("connection", "private-ip needs the 'address' of the instance");
        }
        if (Cidr.Contains(':', StringComparison.Ordinal))
        {
            yield return ("cidr", "must be a range of IPv4: private services access has no other");
        }
        if (Address is not null && CidrAttribute.Parse(Cidr) is { } range && !range.Contains(System.Net.IPAddress.Parse(Address)))
        {
            yield return ("address", $"is not in the range {Cidr} ('cidr'), which is all that DataHub may reach");
        }
    }
}

/// <summary>The block <c>datahub.kafka</c>.</summary>
public sealed record KafkaConfig : IValidatedConfig
{
    /// <summary>Whether the prerequisites chart runs it in the cluster, for development.</summary>
    [Setting("bundled", "Run Kafka in the cluster by DataHub's prerequisites chart: one broker, for development.")]
    public bool Bundled { get; init; }

    /// <summary>host:port,host:port; needed where it is not bundled.</summary>
    [Brokers]
    [Setting("bootstrap_servers", "host:port of brokers that are there already, several with commas between them.")]
    public string? BootstrapServers { get; init; }

    /// <summary>Range of addresses of the brokers; needed where it is not bundled.</summary>
    [Cidr]
    [Setting("cidr", "Range of addresses of these brokers, such as 10.30.0.0/24.")]
    public string? Cidr { get; init; }

    /// <summary>Replication factor of topics; brokers of one's own cluster need at least as many.</summary>
    [Setting("replication_factor", "Copies of each topic; 1 where it is bundled.", Minimum = 1, Maximum = 9)]
    public int ReplicationFactor { get; init; } = 3;

    /// <inheritdoc/>
    public IEnumerable<(string Key, string Message)> Validate()
    {
        if (Bundled && BootstrapServers is not null)
        {
            yield return ("bootstrap_servers", "either Kafka is bundled, or there are brokers already; remove 'bootstrap_servers' or 'bundled' (null removes what base gives)");
        }
        if (!Bundled && BootstrapServers is null)
        {
            yield return ("bundled", "name the brokers with 'bootstrap_servers' and 'cidr', or write bundled: true for development");
        }
        if (!Bundled && BootstrapServers is not null && Cidr is null)
        {
            yield return ("bootstrap_servers", "needs the 'cidr' of these brokers, since DataHub may reach no other address");
        }
    }
}

/// <summary>The block <c>datahub.search</c>.</summary>
public sealed record SearchConfig : IValidatedConfig
{
    /// <summary>Whether the prerequisites chart runs it in the cluster, for development.</summary>
    [Setting("bundled", "Run OpenSearch in the cluster by DataHub's prerequisites chart: one node, for development.")]
    public bool Bundled { get; init; }

    /// <summary>Host; needed where it is not bundled.</summary>
    [Host]
    [Setting("host", "Host of an OpenSearch 2 that is there already.")]
    public string? Host { get; init; }

    /// <summary>Port.</summary>
    [Setting("port", "Its port.", Minimum = 1, Maximum = 65535)]
    public int Port { get; init; } = 9200;

    /// <summary>TLS.</summary>
    [Setting("tls", "Whether it is reached by https.")]
    public bool Tls { get; init; } = true;

    /// <summary>Account; its password is the key <c>password</c> of the Secret <c>opensearch-secrets</c>. Null for none.</summary>
    [PlainText]
    [Setting("username", "Account there, whose password is a secret; none where it is left out.")]
    public string? UserName { get; init; }

    /// <summary>Range of addresses; needed where it is not bundled.</summary>
    [Cidr]
    [Setting("cidr", "Range of its addresses, such as 10.31.0.0/24.")]
    public string? Cidr { get; init; }

    /// <inheritdoc/>
    public IEnumerable<(string Key, string Message)> Validate()
    {
        if (Bundled && Host is not null)
        {
            yield return ("host", "either OpenSearch is bundled, or it is there already; remove 'host' or 'bundled' (null removes what base gives)");
        }
        if (Bundled && UserName is not null)
        {
            yield return ("username", "the bundled OpenSearch has no accounts; remove it (null removes what base gives)");
        }
        if (!Bundled && Host is null)
        {
            yield return ("bundled", "name the server with 'host' and 'cidr', or write bundled: true for development");
        }
        if (!Bundled && Host is not null && Cidr is null)
        {
            yield return ("host", "needs the 'cidr' of this server, since DataHub may reach no other address");
        }
    }
}
