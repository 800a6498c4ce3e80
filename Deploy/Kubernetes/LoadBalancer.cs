using System.Text.Json.Nodes;
using Discovery.Deploy.Input;

namespace Discovery.Deploy.Kubernetes;

/// <summary>What GKE's load balancers are told, in annotations and in objects of their own, whose name is that of the Service.</summary>
internal static class LoadBalancer
{
    /// <summary>Annotations of a Service that a load balancer calls.</summary>
    /// <param name="name">Name of its BackendConfig.</param>
    public static JsonObject OfService(string name) => new()
    {
        // It reaches the pods themselves.
        ["cloud.google.com/neg"] = """{"ingress": true}""",
        ["cloud.google.com/backend-config"] = $$"""{"default": "{{name}}"}""",
    };

    /// <summary>Annotations of an Ingress.</summary>
    /// <param name="address">Name of its static address.</param>
    /// <param name="name">Name of its ManagedCertificate and FrontendConfig.</param>
    public static JsonObject OfIngress(string address, string name) => new()
    {
        // GKE reads the class here, in an annotation that Kubernetes calls deprecated, and not in spec.ingressClassName.
        ["kubernetes.io/ingress.class"] = "gce",
        ["kubernetes.io/ingress.global-static-ip-name"] = address,
        ["networking.gke.io/managed-certificates"] = name,
        ["networking.gke.io/v1beta1.FrontendConfig"] = name,
    };

    /// <summary>Spec of a FrontendConfig: https alone.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="tlsPolicy">Name of its TLS policy, without environment.</param>
    public static JsonObject HttpsAlone(DeployEnvironment environment, string tlsPolicy) => new()
    {
        ["sslPolicy"] = environment.InGoogleCloud(tlsPolicy),
        ["redirectToHttps"] = new JsonObject { ["enabled"] = true, ["responseCodeName"] = "MOVED_PERMANENTLY_DEFAULT" },
    };

    /// <summary>Spec of a BackendConfig.</summary>
    /// <param name="timeoutSeconds">Most seconds of a whole answer; Google's default is 30.</param>
    /// <param name="drainSeconds">How long a pod that ends may go on with its answers.</param>
    /// <param name="path">What the prober asks for; its header Host is the address of the pod.</param>
    /// <param name="port">Port of the pod.</param>
    /// <param name="everySeconds">How often it asks.</param>
    public static JsonObject Backend(int timeoutSeconds, int drainSeconds, string path, int port, int everySeconds) => new()
    {
        ["timeoutSec"] = timeoutSeconds,
        ["connectionDraining"] = new JsonObject { ["drainingTimeoutSec"] = drainSeconds },
        ["healthCheck"] = new JsonObject
        {
            ["type"] = "HTTP",
            ["requestPath"] = path,
            ["port"] = port,
            ["checkIntervalSec"] = everySeconds,
            ["timeoutSec"] = 5,
            ["healthyThreshold"] = 1,
            ["unhealthyThreshold"] = 3,
        },
    };
}
