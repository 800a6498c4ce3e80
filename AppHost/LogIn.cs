#pragma warning disable ASPIRECERTIFICATES001 // WithoutHttpsCertificate


using System.Globalization;

namespace Discovery.AppHost;

/// <summary>A Keycloak with the realm of <c>Keycloak/realm.json</c>: alice is an administrator, bob a data engineer, carol an analyst.</summary>
/// <param name="Keycloak">The server. Its realm is imported anew at each start.</param>
/// <param name="DataHubSecret">What DataHub proves itself to it with.</param>
/// <param name="DiscoverySecret">What the control plane proves itself to it with.</param>
internal sealed record LogIn(IResourceBuilder<KeycloakResource> Keycloak, IResourceBuilder<ParameterResource> DataHubSecret, IResourceBuilder<ParameterResource> DiscoverySecret)
{
    /// <summary>Name of the realm.</summary>
    public const string Realm = "discovery";

    private const string ImageTag = "26.6";

    /// <summary>Adds it.</summary>
    public static LogIn Add(IDistributedApplicationBuilder builder, string name, HostSettings settings)
    {
        var (datahub, discovery) = (Secrets.Add(builder, "datahub-client-secret"), Secrets.Add(builder, "discovery-client-secret"));
        var keycloak = builder.AddKeycloak(name, settings.KeycloakPort)
            .WithImageTag(ImageTag)
            .WithoutHttpsCertificate()
            .WithRealmImport("Keycloak/realm.json")
            // Browsers and containers reach it by different names, and tokens have to name one issuer.
            .WithEnvironment("KC_HOSTNAME", Loopback(settings.KeycloakPort))
            .WithEnvironment("KC_HOSTNAME_BACKCHANNEL_DYNAMIC", "true")
            // These stand in the realm's file as ${NAME}.
            .WithEnvironment("DATAHUB_URL", Loopback(settings.DataHubPort))
            .WithEnvironment("DATAHUB_CLIENT_SECRET", datahub)
            .WithEnvironment("DISCOVERY_URL", Loopback(settings.ApiPort))
            .WithEnvironment("DISCOVERY_CLIENT_SECRET", discovery)
            .WithEnvironment("DEMO_USER_PASSWORD", Secrets.Add(builder, "demo-user-password"));
        return new LogIn(keycloak, datahub, discovery);
    }

    /// <summary>Lets people log in at a server of ours.</summary>
    public void Opens(IResourceBuilder<ProjectResource> server) => server
        .WithArgs("--oidc-issuer", ReferenceExpression.Create($"{Keycloak.GetEndpoint("http").Property(EndpointProperty.Url)}/realms/{Realm}"))
        .WithArgs("--oidc-client-id", "discovery", "--oidc-audience", "discovery-api")
        .WithArgs("--operators", "data-admins", "--operators", "data-engineers", "--viewers", "data-analysts")
        .WithEnvironment("DISCOVERY_OIDC_CLIENT_SECRET", DiscoverySecret)
        .WaitFor(Keycloak);

    private static string Loopback(int? port) => string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}");
}
