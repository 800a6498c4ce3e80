using System.Text.Json.Nodes;
using Discovery.Deploy.Input;
using Discovery.Deploy.Kubernetes;
using Discovery.Deploy.Secrets;
using static Discovery.Deploy.DataHub.ContainerVariable;

namespace Discovery.Deploy.DataHub;

/// <summary>The frontend: log-in by OpenID Connect alone, behind a load balancer of Google.</summary>
internal static class FrontendValues
{
    /// <summary>The block <c>datahub-frontend</c>.</summary>
    public static JsonObject Of(DeployEnvironment environment)
    {
        var values = Workload.Frontend(environment).Values();
        values["service"] = new JsonObject
        {
            ["type"] = "ClusterIP",
            ["annotations"] = LoadBalancer.OfService(FrontendEdge.Name),
        };
        values["ingress"] = Ingress(environment);
        values["existingGmsSecret"] = new JsonObject { ["name"] = SecretPlan.PlaySecret.Secret, ["key"] = SecretPlan.PlaySecret.Key };
        values["authCookies"] = new JsonObject { ["secure"] = "true" };
        values["oidcAuthentication"] = Oidc(environment.Config.DataHub);
        values["extraEnvs"] = new JsonArray
        {
            Variable("AUTH_OIDC_PREFERRED_JWS_ALGORITHM", "RS256"),
            Variable("AUTH_OIDC_JIT_PROVISIONING_ENABLED", "true"),
            Variable("AUTH_OIDC_EXTRACT_GROUPS_ENABLED", "true"),
            Variable("AUTH_OIDC_GROUPS_CLAIM", environment.Config.DataHub.Oidc.GroupsClaim),
            // The image has an account "datahub" with a known password; the second closes sign-up by invitation.
            Variable("AUTH_JAAS_ENABLED", "false"),
            Variable("AUTH_NATIVE_ENABLED", "false"),
            // Its start script overwrites JAVA_OPTS.
            Heap("JAVA_MEMORY_OPTS"),
        };
        return values;
    }

    private static JsonObject Ingress(DeployEnvironment environment) => new()
    {
        ["enabled"] = true,
        ["annotations"] = LoadBalancer.OfIngress(environment.InGoogleCloud("datahub"), FrontendEdge.Name),
        ["hosts"] = new JsonArray { new JsonObject { ["host"] = environment.Config.DataHub.Host, ["paths"] = new JsonArray { "/*" } } },
    };

    private static JsonObject Oidc(DataHubConfig config) => new()
    {
        ["enabled"] = true,
        ["provider"] = "other",
        ["clientId"] = config.Oidc.ClientId,
        ["clientSecretRef"] = DataHubValues.SecretReference(SecretPlan.DataHubOidcSecret),
        ["discoveryUri"] = $"{config.Oidc.Issuer.TrimEnd('/')}/.well-known/openid-configuration",
        ["oidcBaseUrl"] = $"https://{config.Host}",
        ["user_name_claim"] = config.Oidc.UserNameClaim,
        // The chart's default cuts at an @, which makes one user of equal names in two domains.
        ["user_name_claim_regex"] = "(.*)",
    };
}
