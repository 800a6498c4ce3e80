using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Discovery.AppHost.Preflight;

/// <summary>Looks at Docker before anything starts: what is missing shows later as containers that are unhealthy for no reason that they know.</summary>
internal static partial class ContainerPreflight
{
    private const long Gibibyte = 1L << 30;
    private const string Runtime = "ASPIRE_CONTAINER_RUNTIME";

    /// <summary>The oldest command line that .NET Aspire works with.</summary>
    private static readonly Version OldestClient = new(25, 0);

    /// <summary>Has Docker looked at before the resources start.</summary>
    public static void Add(IDistributedApplicationBuilder builder, HostSettings settings)
    {
        if (builder.ExecutionContext.IsPublishMode || builder.Configuration[Runtime] is { Length: > 0 } and not "docker")
        {
            return;
        }
        builder.Eventing.Subscribe<BeforeStartEvent>(async (start, cancellationToken) =>
        {
            var facts = await DockerFacts.AskAsync(cancellationToken);
            if (Obstacle(facts, settings.Stack) is { } obstacle)
            {
                throw new HostException(obstacle);
            }
            if (Warning(facts, settings.Stack) is { } warning)
            {
                Warn(start.Services.GetRequiredService<ILogger<Program>>(), warning);
            }
        });
    }

    /// <summary>Why it cannot work, and what to do; null where it can.</summary>
    internal static string? Obstacle(DockerFacts facts, Stack stack) => facts switch
    {
        { Client: null } => "There is no docker on the PATH. Install Docker 25 or newer; without it, ./discovery up runs the embedded catalog on this machine alone.",
        { Client: var client } when client < OldestClient =>
            $"Docker's command line is {client}, and .NET Aspire needs {OldestClient} or newer. Distributions often have an older one: see https://docs.docker.com/engine/install.",
        { Engine: null } => "Docker's engine does not answer. Start it (Docker Desktop, or 'systemctl start docker'), and see that 'docker info' works for this user.",
        { HasBuildx: false } when stack == Stack.DataHub =>
            "Docker's plug-in buildx is missing, which .NET Aspire builds the way from containers to the dashboard with. Install it (docker-buildx-plugin, or docker-buildx), or start with --stack embedded.",
        { Memory: < 4 * Gibibyte } when stack == Stack.DataHub =>
            $"Docker has {Size(facts.Memory)} of memory, and DataHub with its stores needs 8 GiB. Give it more (Docker Desktop: Settings, Resources), or start with --stack embedded.",
        _ => null,
    };

    /// <summary>What may go wrong; null for nothing. Of 8 GiB, engines report a little less.</summary>
    internal static string? Warning(DockerFacts facts, Stack stack) => stack == Stack.DataHub && facts.Memory < 7.5 * Gibibyte
        ? $"Docker has {Size(facts.Memory)} of memory, and DataHub with its stores takes about 8 GiB: containers may be killed (exit code 137). Give it more, or start with --stack embedded."
        : null;

    private static string Size(long bytes) => FormattableString.Invariant($"{bytes / (double)Gibibyte:0.0} GiB");

    [LoggerMessage(1, LogLevel.Warning, "{Warning}")]
    private static partial void Warn(ILogger logger, string warning);
}
