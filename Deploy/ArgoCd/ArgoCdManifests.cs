using Discovery.Deploy.Input;
using Discovery.Deploy.Kubernetes;

namespace Discovery.Deploy.ArgoCd;

/// <summary>Projects and applications of Argo CD.</summary>
internal static class ArgoCdManifests
{
    /// <summary>Projects and applications of Argo CD.</summary>
    public static IEnumerable<Manifest> Of(DeployEnvironment environment, IReadOnlyCollection<Manifest> others) => [];
}
