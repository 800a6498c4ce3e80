using System.Text.Json.Nodes;
using Discovery.Deploy.Input;
using Discovery.Deploy.Kubernetes;

namespace Discovery.Deploy.Discovery;

/// <summary>The way of browsers to the control plane: GKE's load balancer, with a certificate of Google's.</summary>
internal static class ApiEdge
{
    /// <summary>Port of the Service.</summary>
    public const int ServicePort = 80;

    private const string File = "api-edge.yaml";
    private const string Name = DiscoveryObject.Api;

    /// <summary>All of it.</summary>
    public static IEnumerable<Manifest> Of(DeployEnvironment environment)
    {
        var host = environment.Config.Discovery.Api!.Host;
        Manifest Edge(string apiVersion, string kind, JsonObject spec, JsonObject? annotations = null) =>
            DiscoveryObject.Of(environment, File, apiVersion, kind, Name, new() { ["spec"] = spec }, annotations);
        return
        [
            Edge("networking.gke.io/v1", "ManagedCertificate", new() { ["domains"] = new JsonArray(host) }),
            Edge("networking.gke.io/v1beta1", "FrontendConfig", LoadBalancer.HttpsAlone(environment, "discovery-tls")),
            // A log that is followed goes on for as long as a session may, one hour.
            Edge("cloud.google.com/v1", "BackendConfig", LoadBalancer.Backend(timeoutSeconds: 3600, drainSeconds: 30, "/health", ApiManifests.Port, everySeconds: 10)),
            Edge(
                "networking.k8s.io/v1",
                "Ingress",
                new()
                {
                    ["rules"] = new JsonArray(new JsonObject
                    {
                        ["host"] = host,
                        ["http"] = new JsonObject
                        {
                            ["paths"] = new JsonArray(new JsonObject
                            {
                                ["path"] = "/*",
                                ["pathType"] = "ImplementationSpecific",
                                ["backend"] = new JsonObject { ["service"] = new JsonObject { ["name"] = Name, ["port"] = new JsonObject { ["number"] = ServicePort } } },
                            }),
                        },
                    }),
                },
                LoadBalancer.OfIngress(environment.InGoogleCloud("discovery"), Name)),
        ];
    }
}
