using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Discovery.AppHost;

/// <summary>What metadata is written to.</summary>
internal enum Stack
{
    /// <summary>DataHub itself, with Kafka, Elasticsearch, MySQL and Keycloak, in containers.</summary>
    DataHub,

    /// <summary>The catalog of this repository, a process; the only container is the MySQL server that is read.</summary>
    Embedded,
}

/// <summary>
/// How the platform is started: by the command line (<c>--stack embedded</c>), or the section <c>Discovery</c> of <c>appsettings.json</c> and of the environment
/// (<c>Discovery__Stack</c>). Variables without that prefix, such as AUTH and REGISTRY, are other programs'.
/// </summary>
internal sealed record HostSettings
{
    /// <summary><c>stack</c>: <c>datahub</c> or <c>embedded</c>.</summary>
    public Stack Stack { get; private init; }

    /// <summary><c>auth</c>, on or off: whether people log in and programs have tokens.</summary>
    public bool HasAuthentication { get; private init; }

    /// <summary><c>data</c>, keep or fresh: whether what is stored outlives the host.</summary>
    public bool KeepsData { get; private init; }

    /// <summary><c>ports:datahub</c>: where browsers find DataHub. Fixed where they log in, as Keycloak's realm knows it by this address; else null for any.</summary>
    public int? DataHubPort { get; private init; }

    /// <summary><c>ports:api</c>: where browsers find the control plane; likewise.</summary>
    public int? ApiPort { get; private init; }

    /// <summary><c>ports:keycloak</c>: where browsers log in. Fixed, as tokens name it as their issuer.</summary>
    public int? KeycloakPort { get; private init; }

    /// <summary><c>deploy-file</c>: what a deployment to GKE is rendered from; null for deploy.yml, or where there is none the sample.</summary>
    public string? DeployFile { get; private init; }

    /// <summary><c>registry</c>: where images of ours are pushed to, such as <c>europe-west1-docker.pkg.dev/example/data</c>; null for those that deploy.yml names.</summary>
    public string? Registry { get; private init; }

    /// <summary>Whether there is a Keycloak, which the embedded stack does without: there a token opens the pages.</summary>
    public bool HasLogIn => HasAuthentication && Stack == Stack.DataHub;

    /// <summary>Reads them.</summary>
    /// <exception cref="HostException">A value is none of those that there are.</exception>
    public static HostSettings Read(string[] arguments, IConfiguration host)
    {
        var configuration = new ConfigurationBuilder().AddConfiguration(host.GetSection("Discovery")).AddCommandLine(arguments).Build();
        var settings = new HostSettings
        {
            Stack = Choice(configuration, "stack", ("datahub", Stack.DataHub), ("embedded", Stack.Embedded)),
            HasAuthentication = Choice(configuration, "auth", ("on", true), ("off", false)),
            KeepsData = Choice(configuration, "data", ("keep", true), ("fresh", false)),
            DeployFile = configuration["deploy-file"],
            Registry = RegistryIn(configuration),
        };
        return settings with
        {
            DataHubPort = Port(configuration, "ports:datahub", settings.HasLogIn ? 9002 : null),
            ApiPort = Port(configuration, "ports:api", settings.HasLogIn ? 8090 : null),
            KeycloakPort = Port(configuration, "ports:keycloak", settings.HasLogIn ? 8180 : null),
        };
    }

    private static string? RegistryIn(IConfiguration configuration) => configuration["registry"] is { } given && given.Split('/', 2) is not [{ Length: > 0 }, { Length: > 0 }]
        ? throw new HostException($"--registry {given} is not a registry with a path, such as ghcr.io/example.")
        : configuration["registry"];

    private static T Choice<T>(IConfiguration configuration, string key, params (string Word, T Value)[] choices)
    {
        if (configuration[key] is not { Length: > 0 } given)
        {
            return choices[0].Value;
        }
        foreach (var (word, value) in choices)
        {
            if (word.Equals(given, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }
        throw new HostException($"--{key} {given} is not known here; it is {string.Join(" or ", choices.Select(choice => choice.Word))}.");
    }

    private static int? Port(IConfiguration configuration, string key, int? usual)
    {
        if (configuration[key] is not { Length: > 0 } given)
        {
            return usual;
        }
        return int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535
            ? port
            : throw new HostException($"--{key} {given} is not a port, a number from 1 to 65535.");
    }
}
