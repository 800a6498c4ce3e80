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
            Edge("networking.gke.io/v1beta1", "FrontendConfig", new()
            {
                ["sslPolicy"] = environment.InGoogleCloud("discovery-tls"),
                ["redirectToHttps"] = new JsonObject { ["enabled"] = true, ["responseCodeName"] = "MOVED_PERMANENTLY_DEFAULT" },
            }),
            Edge("cloud.google.com/v1", "BackendConfig", new()
            {
                // Of a whole answer: a log that is followed goes on for as long as a session may, one hour.
                ["timeoutSec"] = 3600,
                ["connectionDraining"] = new JsonObject { ["drainingTimeoutSec"] = 30 },
                // The prober's header Host is the address of the pod, which the server answers to.
                ["healthCheck"] = new JsonObject
                {
                    ["type"] = "HTTP",
                    ["requestPath"] = "/health",
                    ["port"] = ApiManifests.Port,
                    ["checkIntervalSec"] = 10,
                    ["timeoutSec"] = 5,
                    ["healthyThreshold"] = 1,
                    ["unhealthyThreshold"] = 3,
                },
            }),
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
                new()
                {
                    // GKE reads the class here, and not in spec.ingressClassName.
                    ["kubernetes.io/ingress.class"] = "gce",
                    ["kubernetes.io/ingress.global-static-ip-name"] = environment.InGoogleCloud("discovery"),
                    ["networking.gke.io/managed-certificates"] = Name,
                    ["networking.gke.io/v1beta1.FrontendConfig"] = Name,
                }),
        ];
    }
}
