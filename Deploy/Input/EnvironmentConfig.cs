using Discovery.Deploy.Input.Forms;
using Discovery.Ingestion.Recipes;

namespace Discovery.Deploy.Input;

/// <summary>One environment of <c>deploy.yml</c>: the block <c>base</c> with what the environment overrides.</summary>
public sealed record EnvironmentConfig : IValidatedConfig
{
    /// <summary>Where it runs.</summary>
    [Setting("google", "The Google Cloud project and the GKE cluster.")]
    public required GoogleConfig Google { get; init; }

    /// <summary>Where its files are committed, and which Argo CD reads them.</summary>
    [Setting("gitops", "The Git repository that the rendered files are committed to, and the Argo CD that reads it.")]
    public required GitOpsConfig GitOps { get; init; }

    /// <summary>Where secret values come from.</summary>
    [Setting("secrets", "Where the values of secrets come from.")]
    public SecretsConfig Secrets { get; init; } = new();

    /// <summary>DataHub itself.</summary>
    [Setting("datahub", "DataHub, by its official chart.")]
    public required DataHubConfig DataHub { get; init; }

    /// <summary>Control plane, workers and recipes.</summary>
    [Setting("discovery", "Discovery: recipes, and what runs them.")]
    public required DiscoveryConfig Discovery { get; init; }

    /// <summary>Where traces, metrics and logs go; null for nowhere.</summary>
    [Setting("telemetry", "Where traces, metrics and logs of Discovery go (OTLP); nowhere without it.")]
    public TelemetryConfig? Telemetry { get; init; }

    /// <inheritdoc/>
    public IEnumerable<(string Key, string Message)> Validate()
    {
        if (DataHub.Namespace == Discovery.Namespace)
        {
            yield return ("discovery.namespace", $"is {DataHub.Namespace}, as that of DataHub; each needs its own");
        }
        foreach (var (key, name) in new[] { ("datahub.namespace", DataHub.Namespace), ("discovery.namespace", Discovery.Namespace) })
        {
            if (name == "default" || name == GitOps.ArgoCdNamespace || name.StartsWith("kube-", StringComparison.Ordinal) || name.StartsWith("gke-", StringComparison.Ordinal))
            {
                yield return (key, $"{name} belongs to the cluster or to others; its traffic is denied by default here, so give another");
            }
        }
        if (Discovery.Scheduling == Scheduling.ControlPlane && Discovery.Api?.Host == DataHub.Host)
        {
            yield return ("discovery.api.host", $"is {DataHub.Host}, as that of DataHub; each has an address of its own");
        }
        foreach (var (name, secret) in Discovery.Variables.Select(variable => (variable.Key, variable.Value.Secret)))
        {
            if (secret is not null && SecretNames.Fault(Secrets.Source, secret) is { } fault)
            {
                yield return ($"discovery.variables.{name}.secret", fault);
            }
        }
    }
}

/// <summary>The block <c>google</c>.</summary>
public sealed record GoogleConfig
{
    /// <summary>Project id.</summary>
    [ProjectId]
    [Setting("project", "Id of the Google Cloud project, such as example-prod.")]
    public required string Project { get; init; }

    /// <summary>Region of cluster, database and secrets.</summary>
    [Region]
    [Setting("region", "Region of the cluster and of Cloud SQL, such as europe-west1.")]
    public required string Region { get; init; }

    /// <summary>Name of the GKE cluster.</summary>
    [ClusterName]
    [Setting("cluster", "Name of the GKE cluster.")]
    public required string Cluster { get; init; }

    /// <summary>Name of the VPC network.</summary>
    [NetworkName]
    [Setting("network", "Name of the VPC network of the cluster; Cloud SQL gets its private address there.")]
    public string Network { get; init; } = "default";
}

/// <summary>The block <c>gitops</c>.</summary>
public sealed record GitOpsConfig
{
    /// <summary>URL of the Git repository.</summary>
    [Repository]
    [Setting("repository", "URL of the Git repository, such as https://git.example.com/data/platform.git.")]
    public required string Repository { get; init; }

    /// <summary>Branch or tag.</summary>
    [Revision]
    [Setting("revision", "Branch or tag that Argo CD follows.")]
    public string Revision { get; init; } = "main";

    /// <summary>Folder in the repository that holds the rendered output.</summary>
    [RelativeFolder]
    [Setting("path", "Folder in the repository that the output is committed to.")]
    public string Path { get; init; } = "gke";

    /// <summary>Namespace of Argo CD.</summary>
    [DnsLabel]
    [Setting("argocd_namespace", "Namespace that Argo CD runs in.")]
    public string ArgoCdNamespace { get; init; } = "argocd";

    /// <summary>The cluster as Argo CD knows it.</summary>
    [HttpsUrl]
    [Setting("destination", "Address of this environment's cluster as Argo CD knows it.")]
    public string Destination { get; init; } = OwnCluster;

    /// <summary>How an Argo CD calls the cluster that it runs in.</summary>
    internal const string OwnCluster = "https://kubernetes.default.svc";

    /// <summary>Whether Argo CD runs in the cluster of the environment.</summary>
    internal bool IsArgoCdInCluster => Destination == OwnCluster;
}

/// <summary>Where values of secrets come from.</summary>
[KebabCase]
public enum SecretSource
{
    /// <summary>The External Secrets operator reads them from Google Secret Manager.</summary>
    ExternalSecrets,

    /// <summary>The Kubernetes Secrets are made by somebody else.</summary>
    Existing,
}

/// <summary>The block <c>secrets</c>.</summary>
public sealed record SecretsConfig
{
    /// <summary>Where values come from.</summary>
    [Setting("source", "external-secrets: the External Secrets operator reads them from Google Secret Manager; existing: the Kubernetes Secrets are there already.")]
    public SecretSource Source { get; init; }
}

/// <summary>The block <c>telemetry</c>.</summary>
public sealed record TelemetryConfig
{
    /// <summary>OTLP endpoint.</summary>
    [Endpoint]
    [Setting("endpoint", "OTLP endpoint (gRPC), such as http://collector.observability.svc:4317.")]
    public required string Endpoint { get; init; }

    /// <summary>Namespace of the collector.</summary>
    [DnsLabel]
    [Setting("namespace", "Namespace of the collector, which workers and API may then reach.")]
    public required string Namespace { get; init; }
}

/// <summary>The block <c>oidc</c> of DataHub and of Discovery.</summary>
public sealed record OidcConfig
{
    /// <summary>Issuer, https.</summary>
    [HttpsUrl]
    [Setting("issuer", "Issuer, such as https://login.example.com/realms/data.")]
    public required string Issuer { get; init; }

    /// <summary>Client id.</summary>
    [PlainText]
    [Setting("client_id", "Client id at the issuer.")]
    public required string ClientId { get; init; }

    /// <summary>Claim that names the user.</summary>
    [PlainText]
    [Setting("user_name_claim", "Claim that becomes the name of the user; Discovery does not read it.")]
    public string UserNameClaim { get; init; } = "preferred_username";

    /// <summary>Claim that lists groups.</summary>
    [PlainText]
    [Setting("groups_claim", "Claim that lists the groups of the user.")]
    public string GroupsClaim { get; init; } = "groups";

    /// <summary>Range of addresses of the issuer; null for the Internet without private ranges.</summary>
    [Cidr]
    [Setting("cidr", "Range of addresses of the issuer where it is a private one, such as 10.8.0.0/24; the Internet without private ranges where it is left out.")]
    public string? Cidr { get; init; }
}

/// <summary>Replicas and size of one workload.</summary>
public sealed record WorkloadConfig
{
    /// <summary>Replicas.</summary>
    [Setting("replicas", "Number of pods.", Minimum = 1, Maximum = 100)]
    public int? Replicas { get; init; }

    /// <summary>CPU request, a Kubernetes quantity.</summary>
    [Cpu]
    [Setting("cpu", "Processor time to reserve, such as 500m.")]
    public string? Cpu { get; init; }

    /// <summary>Memory request and limit, a Kubernetes quantity.</summary>
    [Bytes]
    [Setting("memory", "Memory to reserve, which is also the limit, such as 2Gi.")]
    public string? Memory { get; init; }
}
