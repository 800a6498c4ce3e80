using Discovery.Deploy.Input.Forms;
using Discovery.Ingestion.Recipes;

namespace Discovery.Deploy.Input;

/// <summary>What starts the runs of scheduled recipes.</summary>
[KebabCase]
public enum Scheduling
{
    /// <summary>Discovery's own control plane, with workers.</summary>
    ControlPlane,

    /// <summary>A Kubernetes CronJob for each scheduled recipe; no control plane, no workers.</summary>
    CronJob,

    /// <summary>An Airflow DAG for each scheduled recipe; no control plane, no workers.</summary>
    Airflow,
}

/// <summary>The block <c>discovery</c>.</summary>
public sealed record DiscoveryConfig : IValidatedConfig
{
    /// <summary>Namespace.</summary>
    [DnsLabel]
    [Setting("namespace", "Namespace of Discovery.")]
    public string Namespace { get; init; } = "discovery";

    /// <summary>What starts runs.</summary>
    [Setting("scheduling", "control-plane: Discovery's API and workers; cron-job: a Kubernetes CronJob for each scheduled recipe; airflow: an Airflow DAG for each scheduled recipe.")]
    public Scheduling Scheduling { get; init; }

    /// <summary>Images, pinned.</summary>
    [Setting("images", "The container images.")]
    public required ImagesConfig Images { get; init; }

    /// <summary>Folder of recipes, relative to <c>deploy.yml</c>.</summary>
    [RecipeFolder]
    [Setting("recipes", "Folder of the recipes, relative to this file.")]
    public required string Recipes { get; init; }

    /// <summary>What the <c>${VARIABLES}</c> of recipes stand for, by name.</summary>
    [Setting("variables", "What the ${VARIABLES} of the recipes stand for. DATAHUB_GMS_URL is given already.")]
    public IReadOnlyDictionary<string, VariableConfig> Variables { get; init; } = new Dictionary<string, VariableConfig>(StringComparer.Ordinal);

    /// <summary>Servers that recipes read.</summary>
    [Setting("sources", "Ranges of addresses of the servers that recipes read; workers reach no other.")]
    public IReadOnlyList<SourceNetworkConfig> Sources { get; init; } = [];

    /// <summary>The control plane; needed for <see cref="Scheduling.ControlPlane"/>.</summary>
    [Setting("api", "The control plane; only for the scheduling control-plane.")]
    public ApiConfig? Api { get; init; }

    /// <summary>Groups of workers; one of two replicas unless given.</summary>
    [Setting("workers", "Groups of workers; only for the scheduling control-plane.")]
    public IReadOnlyList<WorkerConfig> Workers { get; init; } = [new() { Name = "default" }];

    /// <summary>Size and deadline of jobs, for CronJobs and Airflow.</summary>
    [Setting("jobs", "Size and deadline of one run; only for the schedulings cron-job and airflow.")]
    public JobConfig Jobs { get; init; } = new();

    /// <inheritdoc/>
    public IEnumerable<(string Key, string Message)> Validate()
    {
        if (Scheduling == Scheduling.ControlPlane && Api is null)
        {
            yield return ("scheduling", "control-plane needs the block 'api'");
        }
        if (Scheduling == Scheduling.ControlPlane && Images.Api is null)
        {
            yield return ("images", "the scheduling control-plane needs an image of it: 'images.api'");
        }
        if (Scheduling == Scheduling.ControlPlane && Workers.Count == 0)
        {
            yield return ("workers", "without a group of workers nothing executes the runs; add one, or remove the key for one group of two");
        }
        foreach (var name in Workers.GroupBy(worker => worker.Name).Where(group => group.Count() > 1).Select(group => group.Key))
        {
            yield return ("workers", $"two groups have the name {name}; give each its own");
        }
        foreach (var (name, fault) in Variables.Keys.Select(name => (name, VariableNames.Fault(name))).Where(pair => pair.Item2 is not null))
        {
            yield return ($"variables.{name}", fault!);
        }
    }
}

/// <summary>The block <c>discovery.images</c>.</summary>
public sealed record ImagesConfig
{
    /// <summary>Image whose entry point is the command line.</summary>
    [Image]
    [Setting("worker", "Image of the command line, with a tag other than latest or a digest, such as europe-west1-docker.pkg.dev/example/data/discovery-worker:0.1.0.")]
    public required string Worker { get; init; }

    /// <summary>Image of the control plane; needed for <see cref="Scheduling.ControlPlane"/>.</summary>
    [Image]
    [Setting("api", "Image of the control plane, pinned likewise; only for the scheduling control-plane.")]
    public string? Api { get; init; }
}

/// <summary>One variable: a plain value or a secret.</summary>
public sealed record VariableConfig : IValidatedConfig
{
    /// <summary>Plain value; null for a secret.</summary>
    [Setting("value", "The value, where it is no secret.")]
    public string? Value { get; init; }

    /// <summary>
    /// Whose value it is: with <see cref="SecretSource.ExternalSecrets"/> a secret of Google Secret Manager, with
    /// <see cref="SecretSource.Existing"/> a Kubernetes Secret and its key as <c>name/key</c>. Null for a plain value.
    /// </summary>
    [Setting("secret", "Name of the secret in Google Secret Manager; where secrets.source is existing, the Kubernetes Secret and its key as name/key.")]
    public string? Secret { get; init; }

    /// <inheritdoc/>
    public IEnumerable<(string Key, string Message)> Validate()
    {
        if (Value is null == Secret is null)
        {
            yield return ("secret", Value is null ? "give a 'value', or the name of a 'secret'" : "give 'value' or 'secret', not both (null removes what base gives)");
        }
    }
}

/// <summary>One entry of <c>discovery.sources</c>.</summary>
public sealed record SourceNetworkConfig : IValidatedConfig
{
    /// <summary>Range of addresses.</summary>
    [Cidr]
    [Setting("cidr", "Range of addresses, such as 10.40.0.0/16.")]
    public required string Cidr { get; init; }

    /// <summary>Ports.</summary>
    [Setting("ports", "Ports there.", Minimum = 1, Maximum = 65535)]
    public IReadOnlyList<int> Ports { get; init; } = [3306];

    /// <inheritdoc/>
    public IEnumerable<(string Key, string Message)> Validate()
    {
        // A network policy takes an empty list of ports for all ports.
        if (Ports.Count == 0)
        {
            yield return ("ports", "names no port; give those that recipes use, or remove the key for 3306 alone");
        }
    }
}

/// <summary>The block <c>discovery.api</c>.</summary>
public sealed record ApiConfig : IValidatedConfig
{
    /// <summary>Host name in the browser.</summary>
    [HostName]
    [Setting("host", "Host name of the control plane in the browser, such as discovery.example.com.")]
    public required string Host { get; init; }

    /// <summary>Login.</summary>
    [Setting("oidc", "Log-in by OpenID Connect.")]
    public required OidcConfig Oidc { get; init; }

    /// <summary>Groups that may read and change.</summary>
    [Group]
    [Setting("operators", "Groups whose members may read and change.")]
    public IReadOnlyList<string> Operators { get; init; } = [];

    /// <summary>Groups that may read.</summary>
    [Group]
    [Setting("viewers", "Groups whose members may read.")]
    public IReadOnlyList<string> Viewers { get; init; } = [];

    /// <summary>Replicas; its store is SQLite, so only 1 is taken.</summary>
    [Setting("replicas", "Number of pods; its store is one file that one process opens, so only 1.")]
    public int Replicas { get; init; } = 1;

    /// <summary>CPU request.</summary>
    [Cpu]
    [Setting("cpu", "Processor time to reserve.")]
    public string Cpu { get; init; } = "250m";

    /// <summary>Memory request and limit.</summary>
    [Bytes]
    [Setting("memory", "Memory to reserve, which is also the limit.")]
    public string Memory { get; init; } = "1Gi";

    /// <summary>Size of the volume.</summary>
    [Bytes]
    [Setting("storage", "Size of the volume of its store.")]
    public string Storage { get; init; } = "20Gi";

    /// <inheritdoc/>
    public IEnumerable<(string Key, string Message)> Validate()
    {
        if (Replicas != 1)
        {
            yield return ("replicas", "only 1: the store of the control plane is SQLite, a file that one process opens; workers go on while it restarts");
        }
        if (Operators.Count == 0 && Viewers.Count == 0)
        {
            yield return ("operators", "nobody could use it: name groups in 'operators' (read and change) or 'viewers' (read)");
        }
    }
}

/// <summary>What a pod that executes runs has for itself.</summary>
public abstract record RunSizeConfig
{
    /// <summary>CPU request.</summary>
    [Cpu]
    [Setting("cpu", "Processor time to reserve.")]
    public string Cpu { get; init; } = "500m";

    /// <summary>Memory request and limit.</summary>
    [Bytes]
    [Setting("memory", "Memory to reserve, which is also the limit.")]
    public string Memory { get; init; } = "1Gi";

    /// <summary>Scratch space.</summary>
    [Bytes]
    [Setting("scratch", "Disk space for temporary files.")]
    public string Scratch { get; init; } = "2Gi";
}

/// <summary>One entry of <c>discovery.workers</c>.</summary>
public sealed record WorkerConfig : RunSizeConfig
{
    /// <summary>Name of the group.</summary>
    [GroupName]
    [Setting("name", "Name of the group, lower-case letters, digits and dashes.")]
    public required string Name { get; init; }

    /// <summary>Labels (<c>deployment.executor_id</c>) besides <c>default</c>.</summary>
    [Label]
    [Setting("labels", "Labels: recipes whose deployment.executor_id is one of them run here.")]
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Replicas, fixed; each executes one run at a time.</summary>
    [Setting("replicas", "Number of pods; each executes one run at a time.", Minimum = 1, Maximum = 100)]
    public int Replicas { get; init; } = 2;
}

/// <summary>The block <c>discovery.jobs</c>.</summary>
public sealed record JobConfig : RunSizeConfig
{
    /// <summary>Most seconds of one run.</summary>
    [Setting("deadline_seconds", "Most seconds that one run may take.", Minimum = 60, Maximum = 604800)]
    public int DeadlineSeconds { get; init; } = 43200;

    /// <summary>Whether nothing runs by itself yet.</summary>
    [Setting("suspended", "Write the CronJobs suspended (Airflow: paused at creation), as for a first look.")]
    public bool Suspended { get; init; }
}
