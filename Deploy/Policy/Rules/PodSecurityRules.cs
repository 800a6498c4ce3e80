using Discovery.Deploy.Policy.Reading;

namespace Discovery.Deploy.Policy.Rules;

/// <summary>Pod Security <c>restricted</c> (https://kubernetes.io/docs/concepts/security/pod-security-standards/), and a little more.</summary>
internal static class PodSecurityRules
{
    private static readonly string[] HostNamespaces = ["hostNetwork", "hostPID", "hostIPC"];
    private static readonly string[] AllowedVolumes = ["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Rule> All { get; } =
    [
        Rule.OfContainers("privileged", "A privileged container, or one that can gain privileges", Privileged),
        Rule.OfContainers("run-as-root", "A container that runs, or may run, as root", RunAsRoot),
        Rule.OfContainers("capabilities", "A container that keeps or adds capabilities", Capabilities),
        Rule.OfContainers("seccomp", "A container without a seccomp profile", Seccomp),
        Rule.OfContainers("writable-root", "A container whose image can be written to", WritableRoot) with { WarnsInCharts = true },
        Rule.OfPods("host-access", "A pod that uses namespaces, ports or folders of its node", HostAccess),
        Rule.OfPods("default-account", "A pod of the default ServiceAccount, which everything else shares", DefaultAccount),
        Rule.OfPods("token-mounted", "A pod that gets a token of the Kubernetes API", TokenMounted) with { IsWarning = true },
    ];

    private static IEnumerable<Fault> Privileged(Container container)
    {
        var escalation = container.Body.At("securityContext", "allowPrivilegeEscalation");
        return
        [
            .. Faults.If(container.Body.Switch("securityContext", "privileged") == true, container, container.Body.At("securityContext", "privileged"), "is privileged; it has the whole node"),
            .. Faults.If(escalation.Switch() != false, container, escalation ?? container.Body.At("securityContext"), "can gain privileges; set securityContext.allowPrivilegeEscalation: false"),
        ];
    }

    private static IEnumerable<Fault> RunAsRoot(Container container)
    {
        var (nonRoot, user) = (container.Security("runAsNonRoot"), container.Security("runAsUser"));
        return
        [
            .. Faults.If(nonRoot.Switch() != true, container, nonRoot ?? container.Body.At("securityContext"), "may run as root; set securityContext.runAsNonRoot: true"),
            .. Faults.If(user.Number() == 0, container, user, "runs as root (runAsUser: 0)"),
        ];
    }

    private static IEnumerable<Fault> Capabilities(Container container)
    {
        var capabilities = container.Body.At("securityContext", "capabilities");
        var added = capabilities.Texts("add").Where(name => name != "NET_BIND_SERVICE").ToList();
        return
        [
            .. Faults.If(!capabilities.Texts("drop").Contains("ALL"), container, capabilities ?? container.Body.At("securityContext"), "keeps capabilities; set securityContext.capabilities.drop: [ALL]"),
            .. Faults.If(added.Count > 0, container, capabilities.At("add"), $"adds the capabilities {Shown.Of(string.Join(", ", added))}"),
        ];
    }

    private static IEnumerable<Fault> Seccomp(Container container) =>
        Faults.If(
            container.Security("seccompProfile").Text("type") is not ("RuntimeDefault" or "Localhost"),
            container,
            container.Security("seccompProfile"),
            "has no seccomp profile; set securityContext.seccompProfile.type: RuntimeDefault");

    private static IEnumerable<Fault> WritableRoot(Container container) =>
        Faults.If(
            container.Body.Switch("securityContext", "readOnlyRootFilesystem") != true,
            container,
            container.Body.At("securityContext"),
            "can write to its image; set securityContext.readOnlyRootFilesystem: true and mount an emptyDir where it writes");

    private static IEnumerable<Fault> HostAccess(ManifestSet set, PodTemplate pod)
    {
        foreach (var name in HostNamespaces.Where(name => pod.Spec.Switch(name) == true))
        {
            yield return new Fault(pod.Owner, pod.Spec.At(name), $"shares its node's {name[4..]} ({name})");
        }
        foreach (var volume in pod.Spec.Mappings("volumes"))
        {
            foreach (var (kind, source) in volume.Where(entry => entry.Key != "name" && !AllowedVolumes.Contains(entry.Key)))
            {
                yield return new Fault(pod.Owner, source ?? volume, $"the volume {Shown.Of(volume.Text("name") ?? "")} is of the type {Shown.Of(kind)}; Pod Security 'restricted' allows {string.Join(", ", AllowedVolumes)}");
            }
        }
        foreach (var (container, port) in pod.Containers.SelectMany(container => container.Body.Mappings("ports").Select(port => (container, port))).Where(item => item.port.Number("hostPort") > 0))
        {
            yield return new Fault(pod.Owner, port, $"{container.Title}: takes a port of its node (hostPort)");
        }
    }

    private static IEnumerable<Fault> DefaultAccount(ManifestSet set, PodTemplate pod) =>
        Faults.If(pod.Spec.Text("serviceAccountName") is null or "" or "default", pod.Owner, pod.Spec, "runs as the default ServiceAccount; give it one of its own (spec.serviceAccountName)");

    private static IEnumerable<Fault> TokenMounted(ManifestSet set, PodTemplate pod)
    {
        var account = set.Find("ServiceAccount", pod.Owner.Namespace, pod.Spec.Text("serviceAccountName") ?? "default");
        var isMounted = pod.Spec.Switch("automountServiceAccountToken") ?? account?.Body.Switch("automountServiceAccountToken") ?? true;
        return Faults.If(isMounted, pod.Owner, pod.Spec, "gets a token of the Kubernetes API; set automountServiceAccountToken: false unless it calls it");
    }
}
