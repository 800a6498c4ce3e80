using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.DataHub;
using Aspire.Hosting.Testing;
using Discovery.Deploy.Policy;

namespace Discovery.AppHost.Tests;

/// <summary>What the host consists of, in each of its modes.</summary>
public sealed class ModelTests
{
    [Theory]
    [InlineData(
        "datahub, datahub-actions, datahub-db, datahub-elasticsearch, datahub-frontend, datahub-gms, datahub-kafka, datahub-mysql, datahub-system-update, api, fleet, keycloak, worker", "--stack", "datahub")]
    [InlineData(
        "datahub, datahub-actions, datahub-db, datahub-elasticsearch, datahub-frontend, datahub-gms, datahub-kafka, datahub-mysql, datahub-system-update, api, fleet, worker", "--auth", "off")]
    [InlineData("api, catalog, fleet, worker", "--stack", "embedded")]
    [InlineData("api, catalog, fleet, worker", "--stack", "Embedded", "--auth", "off")]
    public async Task Each_mode_has_its_resources(string expected, params string[] arguments)
    {
        await using var host = await PublishedHost.CreateAsync(arguments);
        Assert.Equal(expected.Split(", ").Order(StringComparer.Ordinal), Names(host.Resources.Where(resource => resource is not ParameterResource)));
    }

    [Theory]
    [InlineData("datahub-system-update", "datahub-db healthy, datahub-kafka healthy, datahub-elasticsearch healthy")]
    [InlineData("datahub-gms", "datahub-system-update ended")]
    [InlineData("datahub-frontend", "datahub-gms healthy, keycloak healthy")]
    [InlineData("datahub-actions", "datahub-gms healthy")]
    [InlineData("datahub", "datahub-frontend healthy")]
    [InlineData("api", "keycloak healthy")]
    [InlineData("worker", "api healthy, datahub healthy, fleet healthy")]
    public async Task Each_resource_waits_for_what_it_needs(string name, string expected)
    {
        await using var host = await PublishedHost.CreateAsync();
        // A database brings its server along.
        var waits = Resource(host, name).Annotations.OfType<WaitAnnotation>().Where(wait => wait.Resource.Name != "datahub-mysql")
            .Select(wait => $"{wait.Resource.Name} {(wait.WaitType == WaitType.WaitForCompletion ? "ended" : "healthy")}");
        Assert.Equal(expected.Split(", ").Order(StringComparer.Ordinal), waits.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("datahub-gms", "DATAHUB_SYSTEM_CLIENT_SECRET", "{datahub-system-client-secret.value}")]
    [InlineData("datahub-gms", "DATAHUB_TOKEN_SERVICE_SIGNING_KEY", "{datahub-token-signing-key.value}")]
    [InlineData("datahub-gms", "DATAHUB_TOKEN_SERVICE_SALT", "{datahub-token-salt.value}")]
    [InlineData("datahub-gms", "SECRET_SERVICE_ENCRYPTION_KEY", "{datahub-encryption-key.value}")]
    [InlineData("datahub-gms", "EBEAN_DATASOURCE_PASSWORD", "{datahub-mysql-password.value}")]
    [InlineData("datahub-system-update", "DATAHUB_SYSTEM_CLIENT_SECRET", "{datahub-system-client-secret.value}")]
    [InlineData("datahub-frontend", "DATAHUB_SYSTEM_CLIENT_SECRET", "{datahub-system-client-secret.value}")]
    [InlineData("datahub-frontend", "DATAHUB_SECRET", "{datahub-frontend-session-key.value}")]
    [InlineData("datahub-frontend", "AUTH_OIDC_CLIENT_SECRET", "{datahub-client-secret.value}")]
    [InlineData("datahub-actions", "DATAHUB_SYSTEM_CLIENT_SECRET", "{datahub-system-client-secret.value}")]
    [InlineData("keycloak", "DATAHUB_CLIENT_SECRET", "{datahub-client-secret.value}")]
    [InlineData("keycloak", "DISCOVERY_CLIENT_SECRET", "{discovery-client-secret.value}")]
    [InlineData("api", "DISCOVERY_OIDC_CLIENT_SECRET", "{discovery-client-secret.value}")]
    [InlineData("worker", "DISCOVERY_WORKER_TOKEN", "dsc_{worker-token.value}")]
    [InlineData("worker", "DATAHUB_GMS_TOKEN", "{datahub-workers-token.value}")]
    [InlineData("worker", "FLEET_PASSWORD", "{fleet-reader-password.value}")]
    public async Task A_secret_is_a_parameter_wherever_it_is_used(string name, string variable, string expected)
    {
        await using var host = await PublishedHost.CreateAsync();
        Assert.Equal(expected, (await EnvironmentOf(host, name))[variable]);
    }

    [Fact]
    public async Task Every_parameter_is_a_secret_that_is_made_up_once_but_the_token_that_DataHub_makes()
    {
        await using var host = await PublishedHost.CreateAsync();
        var parameters = host.Resources.OfType<ParameterResource>().ToList();
        Assert.All(parameters, parameter => Assert.True(parameter.Secret, parameter.Name));
        Assert.Equal(["datahub-workers-token"], Names(parameters.Where(parameter => parameter.Default is null)));
    }

    [Fact]
    public async Task Authentication_is_on_in_service_and_frontend_alike_unless_it_is_off()
    {
        await using var on = await PublishedHost.CreateAsync();
        await using var off = await PublishedHost.CreateAsync("--auth", "off");
        foreach (var name in (string[])["datahub-gms", "datahub-frontend"])
        {
            Assert.Equal("true", (await EnvironmentOf(on, name))["METADATA_SERVICE_AUTH_ENABLED"]);
            Assert.Equal("false", (await EnvironmentOf(off, name))["METADATA_SERVICE_AUTH_ENABLED"]);
        }
        var open = await EnvironmentOf(off, "worker");
        Assert.DoesNotContain("DATAHUB_GMS_TOKEN", open.Keys);
        Assert.DoesNotContain("DISCOVERY_WORKER_TOKEN", open.Keys);
    }

    [Fact]
    public async Task Ports_are_fixed_where_a_log_in_needs_them_and_nowhere_else()
    {
        await using var host = await PublishedHost.CreateAsync("--ports:datahub", "19002", "--ports:api", "18090", "--ports:keycloak", "18180");
        var ports = host.Resources.SelectMany(resource => resource.Annotations.OfType<EndpointAnnotation>().Where(endpoint => endpoint.Port is not null).Select(endpoint => (resource.Name, endpoint.Port!.Value)));
        Assert.Equal([("api", 18090), ("datahub-frontend", 19002), ("keycloak", 18180)], ports.Order());
        var keycloak = await EnvironmentOf(host, "keycloak");
        Assert.Equal(("http://localhost:19002", "http://localhost:18090", "http://localhost:18180"), (keycloak["DATAHUB_URL"], keycloak["DISCOVERY_URL"], keycloak["KC_HOSTNAME"]));

        await using var open = await PublishedHost.CreateAsync("--auth", "off");
        Assert.All(open.Resources, resource => Assert.DoesNotContain(resource.Annotations.OfType<EndpointAnnotation>(), endpoint => endpoint.Port is not null));
    }

    [Fact]
    public async Task Volumes_are_for_what_is_kept()
    {
        await using var kept = await PublishedHost.CreateAsync();
        Assert.Equal(["datahub-elasticsearch", "datahub-kafka", "datahub-mysql"], Names(kept.Resources.Where(HasVolume)));
        await using var fresh = await PublishedHost.CreateAsync("--data", "fresh");
        Assert.DoesNotContain(fresh.Resources, HasVolume);

        static bool HasVolume(IResource resource) => resource.Annotations.OfType<ContainerMountAnnotation>().Any(mount => mount.Type == ContainerMountType.Volume);
    }

    [Fact]
    public async Task Every_image_has_a_fixed_tag()
    {
        await using var host = await PublishedHost.CreateAsync();
        Assert.All(
            host.Resources.SelectMany(resource => resource.Annotations.OfType<ContainerImageAnnotation>()),
            image => Assert.Matches(@"^v?\d+\.\d+[\w.-]*$", image.Tag));
    }

    [Fact]
    public void DataHub_is_of_the_version_that_the_deployment_has() => Assert.Equal(UpgradePath.Rendered, DataHubContainerImageTags.Tag);

    [Theory]
    [InlineData("--stack nifi is not known here; it is datahub or embedded.", "--stack", "nifi")]
    [InlineData("--auth maybe is not known here; it is on or off.", "--auth", "maybe")]
    [InlineData("--data none is not known here; it is keep or fresh.", "--data", "none")]
    [InlineData("--ports:api 99999 is not a port, a number from 1 to 65535.", "--ports:api", "99999")]
    public async Task A_setting_that_is_not_known_is_refused(string expected, params string[] arguments)
    {
        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => PublishedHost.CreateAsync(arguments));
        Assert.Contains(expected, refusal.ToString(), StringComparison.Ordinal);
    }

    private static string[] Names(IEnumerable<IResource> resources) => [.. resources.Select(resource => resource.Name).Order(StringComparer.Ordinal)];

    private static IResource Resource(IDistributedApplicationTestingBuilder host, string name) => host.Resources.Single(resource => resource.Name == name);

    private static async Task<Dictionary<string, string>> EnvironmentOf(IDistributedApplicationTestingBuilder host, string name)
    {
        var context = new EnvironmentCallbackContext(host.ExecutionContext, Resource(host, name));
        foreach (var callback in Resource(host, name).Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await callback.Callback(context);
        }
        return context.EnvironmentVariables.ToDictionary(
            variable => variable.Key, variable => variable.Value is IManifestExpressionProvider expression ? expression.ValueExpression : variable.Value.ToString()!);
    }
}
