using Discovery.Deploy.Input;
using Discovery.Deploy.Kubernetes;

namespace Discovery.Deploy.Secrets;

/// <summary>Namespaces, secret stores and external secrets.</summary>
internal static class SecretManifests
{
    /// <summary>Namespaces, secret stores and external secrets.</summary>
    public static IEnumerable<Manifest> Of(DeployEnvironment environment) => [];
}
