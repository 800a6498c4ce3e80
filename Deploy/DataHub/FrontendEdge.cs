using System.Text.Json.Nodes;
using Discovery.Deploy.Input;
using Discovery.Deploy.Kubernetes;

namespace Discovery.Deploy.DataHub;

/// <summary>What GKE's load balancer of the frontend needs beside the Ingress, which the chart makes.</summary>
internal static class FrontendEdge
{
    /// <summary>Name of each of these objects; annotations of the chart's Service and Ingress refer to it.</summary>
    public const string Name = "datahub-frontend";

    /// <summary>The objects of an environment.</summary>
    public static IEnumerable<JsonObject> Of(DeployEnvironment environment) => [Certificate(environment), Backend(environment), Frontend(environment)];

    private static JsonObject Certificate(DeployEnvironment environment)
    {
        // It becomes active with the Ingress, which a later application of Argo CD has: who waits for it first waits for ever.
        var certificate = Manifest.Head(
            "networking.gke.io/v1", "ManagedCertificate", environment.Config.DataHub.Namespace, Name, annotations: new JsonObject { ["argocd.argoproj.io/ignore-healthcheck"] = "true" });
        certificate["spec"] = new JsonObject { ["domains"] = new JsonArray { environment.Config.DataHub.Host } };
        return certificate;
    }

    private static JsonObject Backend(DeployEnvironment environment)
    {
        var backend = Manifest.Head("cloud.google.com/v1", "BackendConfig", environment.Config.DataHub.Namespace, Name);
        // Searches over large graphs take long.
        backend["spec"] = LoadBalancer.Backend(timeoutSeconds: 120, drainSeconds: 60, "/admin", port: 9002, everySeconds: 15);
        return backend;
    }

    private static JsonObject Frontend(DeployEnvironment environment)
    {
        var frontend = Manifest.Head("networking.gke.io/v1beta1", "FrontendConfig", environment.Config.DataHub.Namespace, Name);
        frontend["spec"] = LoadBalancer.HttpsAlone(environment, "datahub-tls");
        return frontend;
    }
}
