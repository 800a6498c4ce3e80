using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Discovery.Deploy.Kubernetes;
using Discovery.Deploy.Policy.Reading;

namespace Discovery.Deploy.Policy.Rules;

/// <summary>Containers: images, resources, ports, probes, variables, mounts.</summary>
internal static partial class ContainerRules
{
    private const double SmallestMemory = 4 * 1024 * 1024;
    private const double MostProcessors = 64;
    private static readonly string[] Measured = ["cpu", "memory"];
    private static readonly string[] Bounds = ["requests", "limits"];
    private static readonly string[] Handlers = ["httpGet", "tcpSocket", "grpc"];
    private static readonly string[] Probes = ["startupProbe", "livenessProbe", "readinessProbe"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Rule> All { get; } =
    [
        Rule.OfPods("duplicate-container", "Two containers of one name in a pod", DuplicateContainer),
        Rule.OfContainers("image-tag", "An image without a fixed tag or digest", ImageTag),
        Rule.OfContainers("resources-unset", "No request for processor time or memory, or no limit of memory", ResourcesUnset),
        Rule.OfContainers("resources-size", "Less memory than any process needs (512m is half a byte), or more processors than a node has", ResourcesSize),
        Rule.OfContainers("resources-above-limit", "A request above its limit", ResourcesAboveLimit),
        Rule.OfContainers("port-name", "A port whose name Kubernetes refuses, or that two ports share", PortName),
        Rule.OfContainers("probe-port", "A probe of a port that the container does not declare", ProbePort),
        Rule.OfContainers("probes-missing", "A container that goes on without a liveness or readiness probe", ProbesMissing) with { WarnsInCharts = true },
        Rule.OfContainers("probes-identical", "Liveness and readiness ask the same path, so that a pod that is only busy is restarted", ProbesIdentical) with { IsWarning = true },
        Rule.OfContainers("sidecar-probe", "A native sidecar without a startup probe: the next container does not wait for it", SidecarProbe) with { IsWarning = true },
        Rule.OfContainers("duplicate-env", "An environment variable that is set twice, which server-side apply refuses", DuplicateVariable),
        Rule.OfContainers("unknown-volume", "A mount of a volume that the pod does not have, or two mounts at one path", UnknownVolume),
    ];

    private static IEnumerable<Fault> DuplicateContainer(ManifestSet set, PodTemplate pod) =>
        pod.Containers.Where(container => container.Body.Has("name")).GroupBy(container => container.Body.Text("name")).SelectMany(same => same.Skip(1))
            .Select(container => new Fault(pod.Owner, container.Body, $"{container.Title} is there twice in the pod; give each its own name"));

    private static IEnumerable<Fault> ImageTag(Container container)
    {
        var image = container.Body.Text("image") ?? "";
        return Faults.If(ContainerImage.Moves(image), container, container.Body.At("image"), $"the image '{Shown.Of(image)}' {(ContainerImage.TagOf(image) is null ? "has no tag" : "has a tag that moves")}; name a version or a digest");
    }

    private static IEnumerable<Fault> ResourcesUnset(Container container)
    {
        string[] missing =
        [
            .. Measured.Where(name => !container.Body.Has("resources", "requests", name) && !container.Body.Has("resources", "limits", name)).Select(name => $"requests.{name}"),
            .. container.Body.Has("resources", "limits", "memory") ? Array.Empty<string>() : ["limits.memory"],
        ];
        return Faults.If(missing.Length > 0, container, container.Body.At("resources"), $"resources lacks {string.Join(", ", missing)}; without it the container can take what others need");
    }

    private static IEnumerable<Fault> ResourcesSize(Container container) =>
        Bounds.SelectMany(kind =>
        {
            var (memory, processors) = (container.Body.At("resources", kind, "memory"), container.Body.At("resources", kind, "cpu"));
            return Faults.If(Quantity.Parse(memory) < SmallestMemory, container, memory, $"resources.{kind}.memory is less than 4Mi; 'm' means a thousandth, write Mi or Gi")
                .Concat(Faults.If(Quantity.Parse(processors) > MostProcessors, container, processors, $"resources.{kind}.cpu is more than {MostProcessors} processors; write 500m for half of one"));
        });

    private static IEnumerable<Fault> ResourcesAboveLimit(Container container) =>
        container.Body.Mapping("resources", "requests")?.SelectMany(request => Faults.If(
            Quantity.Parse(request.Value) > Quantity.Parse(container.Body.At("resources", "limits", request.Key)),
            container,
            request.Value,
            $"the request for {Shown.Of(request.Key)} is above its limit")) ?? [];

    private static IEnumerable<Fault> PortName(Container container)
    {
        var ports = container.Body.Mappings("ports").ToList();
        foreach (var (port, name) in ports.Select(port => (port, port.Text("name"))).Where(port => port.Item2 is not null))
        {
            if (name!.Length > 15 || !ServiceName().IsMatch(name) || name.Contains("--", StringComparison.Ordinal))
            {
                yield return new Fault(container.Pod.Owner, port.At("name"), $"{container.Title}: the port name '{Shown.Of(name)}' must have at most 15 lower-case letters, digits and '-', at least one letter among them");
            }
        }
        foreach (var port in ports.Where(port => port.Has("name")).GroupBy(port => port.Text("name")).SelectMany(same => same.Skip(1)))
        {
            yield return new Fault(container.Pod.Owner, port, $"{container.Title}: two ports are named '{Shown.Of(port.Text("name") ?? "")}'");
        }
    }

    private static IEnumerable<Fault> ProbePort(Container container)
    {
        var ports = container.Body.Mappings("ports").ToList();
        foreach (var (probe, port) in Probes.SelectMany(probe => Handlers.Select(handler => (probe, container.Body.At(probe, handler, "port")))))
        {
            if (port.Text() is { } name && !ports.Exists(known => known.Text("name") == name))
            {
                yield return new Fault(container.Pod.Owner, port, $"{container.Title}: {probe} asks the port '{Shown.Of(name)}', and the container has none of that name");
            }
            else if (port.Number() is { } number && ports.Count > 0 && !ports.Exists(known => known.Number("containerPort") == number))
            {
                yield return new Fault(container.Pod.Owner, port, $"{container.Title}: {probe} asks port {number.ToString(CultureInfo.InvariantCulture)}, which the container does not declare");
            }
        }
    }

    private static IEnumerable<Fault> ProbesMissing(Container container)
    {
        var missing = Probes.Skip(1).Where(probe => !container.Body.Has(probe)).ToList();
        return Faults.If(
            !container.IsInit && !container.Pod.IsJob && container.Pod.Owner.Kind != "Pod" && missing.Count > 0,
            container,
            null,
            $"has no {string.Join(" and no ", missing)}; Kubernetes cannot tell whether it works");
    }

    private static IEnumerable<Fault> ProbesIdentical(Container container) =>
        Faults.If(
            container.Body.At("livenessProbe", "httpGet") is { } liveness && JsonNode.DeepEquals(liveness, container.Body.At("readinessProbe", "httpGet")),
            container,
            container.Body.At("livenessProbe"),
            "livenessProbe and readinessProbe ask the same; let liveness ask only whether the process answers");

    private static IEnumerable<Fault> SidecarProbe(Container container) =>
        Faults.If(container.IsSidecar && !container.Body.Has("startupProbe"), container, null, "is a native sidecar without startupProbe; the containers after it start before it is ready");

    private static IEnumerable<Fault> DuplicateVariable(Container container) =>
        container.Body.Mappings("env").Where(variable => variable.Has("name")).GroupBy(variable => variable.Text("name")).SelectMany(same => same.Skip(1))
            .Select(variable => new Fault(container.Pod.Owner, variable, $"{container.Title}: the variable {Shown.Of(variable.Text("name") ?? "")} is set twice; remove one"));

    private static IEnumerable<Fault> UnknownVolume(Container container)
    {
        var volumes = container.Pod.Spec.Mappings("volumes").Select(volume => volume.Text("name"))
            .Concat(container.Pod.Owner.Spec.Mappings("volumeClaimTemplates").Select(claim => claim.Text("metadata", "name"))).ToHashSet(StringComparer.Ordinal);
        var mounts = container.Body.Mappings("volumeMounts").ToList();
        return
        [
            .. mounts.Where(mount => !volumes.Contains(mount.Text("name")))
                .Select(mount => new Fault(container.Pod.Owner, mount, $"{container.Title}: mounts the volume '{Shown.Of(mount.Text("name") ?? "")}', which the pod does not have")),
            .. mounts.Where(mount => mount.Has("mountPath")).GroupBy(mount => mount.Text("mountPath")).SelectMany(same => same.Skip(1))
                .Select(mount => new Fault(container.Pod.Owner, mount, $"{container.Title}: two volumes are mounted at {Shown.Of(mount.Text("mountPath") ?? "")}")),
        ];
    }

    [GeneratedRegex(@"\A(?=.*[a-z])[a-z0-9]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex ServiceName();
}
