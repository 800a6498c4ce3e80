using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Discovery.Deploy.Policy.Reading;

namespace Discovery.Deploy.Policy.Rules;

/// <summary>Services, Ingresses, and what GKE makes of their annotations.</summary>
internal static class EdgeRules
{
    private const string Class = "kubernetes.io/ingress.class";
    private const string Neg = "cloud.google.com/neg";
    private const string BackendConfig = "cloud.google.com/backend-config";
    private const string Certificates = "networking.gke.io/managed-certificates";
    private const string FrontendConfig = "networking.gke.io/v1beta1.FrontendConfig";
    private static readonly string[] JsonAnnotations = [Neg, BackendConfig];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Rule> All { get; } =
    [
        Rule.OfObjects("service-exposed", "A Service with an address outside the cluster", ServiceExposed, "Service"),
        Rule.OfObjects("service-target", "A Service that selects no pod", ServiceTarget, "Service"),
        Rule.OfObjects("service-port", "A port of a Service that its pods do not have, or whose name Kubernetes refuses", ServicePort, "Service"),
        Rule.OfObjects("ingress-backend", "An Ingress to a Service, or a port of it, that is not in the set", IngressBackend, "Ingress"),
        Rule.OfObjects("ingress-class", "An Ingress whose class GKE does not read", IngressClass, "Ingress"),
        Rule.OfObjects("ingress-path", "A path that GKE understands in another way", IngressPath, "Ingress"),
        Rule.OfObjects("ingress-tls", "An Ingress on GKE without a certificate, or that answers without TLS", IngressTls, "Ingress"),
        Rule.OfObjects("ingress-host", "A rule of an Ingress without a host", IngressHost, "Ingress") with { IsWarning = true },
        Rule.OfObjects("ingress-address", "A public Ingress without a reserved address, which changes when it is made anew", IngressAddress, "Ingress") with { IsWarning = true },
        Rule.OfObjects("certificate-host", "A host of an Ingress that its ManagedCertificate is not for", CertificateHost, "Ingress"),
        Rule.OfObjects("gke-annotation", "An annotation for GKE that is not the JSON which it must be", GkeAnnotation, "Service"),
        Rule.OfObjects("gke-reference", "A BackendConfig, FrontendConfig or ManagedCertificate that is not in the set", GkeReference, "Service", "Ingress"),
    ];

    private static bool IsGke(ManifestObject ingress) => ingress.Annotations.Text(Class) is "gce" or "gce-internal";

    private static IEnumerable<Fault> ServiceExposed(ManifestSet set, ManifestObject item) =>
        Faults.If(
            item.Spec.Text("type") == "NodePort" || (item.Spec.Text("type") == "LoadBalancer" && item.Annotations.Text("networking.gke.io/load-balancer-type") != "Internal"),
            item,
            item.Spec.At("type"),
            $"is of the type {item.Spec.Text("type")}, which opens it outside the cluster; use ClusterIP, and an Ingress where people need it");

    private static IEnumerable<Fault> ServiceTarget(ManifestSet set, ManifestObject item) =>
        Faults.If(SelectorTargets.Of(set, item) is { Count: 0 }, item, item.Spec.At("selector"), "selects no pod of the set; nobody answers");

    private static IEnumerable<Fault> ServicePort(ManifestSet set, ManifestObject item)
    {
        var ports = item.Spec.Mappings("ports").ToList();
        foreach (var port in ports)
        {
            if (port.Text("name") is { } name && !StructureRules.IsDnsLabel(name))
            {
                yield return new Fault(item, port.At("name"), $"the port name '{Shown.Of(name)}' must have at most 63 lower-case letters, digits and '-'");
            }
            if (port.Text("targetPort") is { } target && SelectorTargets.Of(set, item)?.FirstOrDefault(pod => !WorkloadRules.HasPort(pod, target)) is { } without)
            {
                yield return new Fault(item, port.At("targetPort"), $"the target port '{Shown.Of(target)}' is no named port of {without.Owner.Subject}");
            }
            if (ports.Count > 1 && !port.Has("name"))
            {
                yield return new Fault(item, port, "a Service with several ports must name each");
            }
        }
        foreach (var same in ports.GroupBy(port => (port.Number("port"), port.Text("protocol") ?? "TCP")).Where(same => same.Key.Item1 is not null && same.Count() > 1))
        {
            yield return new Fault(item, same.Last(), "the same port is there twice");
        }
    }

    private static IEnumerable<JsonObject> Paths(ManifestObject ingress) => ingress.Spec.Mappings("rules").SelectMany(rule => rule.Mappings("http", "paths"));

    private static IEnumerable<Fault> IngressBackend(ManifestSet set, ManifestObject item)
    {
        foreach (var backend in Paths(item).Select(path => path.Mapping("backend", "service")).Append(item.Spec.Mapping("defaultBackend", "service")).OfType<JsonObject>())
        {
            var name = backend.Text("name") ?? "";
            if (set.Find("Service", item.Namespace, name) is not { } service)
            {
                yield return new Fault(item, backend, $"leads to the Service '{Shown.Of(name)}', which is not in the set");
                continue;
            }
            var (number, portName) = (backend.Number("port", "number"), backend.Text("port", "name"));
            var ports = service.Spec.Mappings("ports").ToList();
            if (!ports.Exists(port => (number is not null && port.Number("port") == number) || (portName is not null && port.Text("name") == portName)))
            {
                yield return new Fault(
                    item,
                    backend.At("port"),
                    $"leads to port {(number is { } asked ? asked.ToString(CultureInfo.InvariantCulture) : $"'{Shown.Of(portName ?? "")}'")} of {service.Subject}, which has {string.Join(", ", ports.Select(port => port.Number("port")?.ToString(CultureInfo.InvariantCulture)))}");
            }
            if (IsGke(item) && service.Spec.Text("type") is null or "ClusterIP" && service.Annotations.Text(Neg)?.Contains("ingress", StringComparison.Ordinal) != true)
            {
                yield return new Fault(item, backend, $"leads to {service.Subject}, which GKE reaches only with the annotation {Neg}: '{{\"ingress\": true}}'");
            }
        }
    }

    private static IEnumerable<Fault> IngressClass(ManifestSet set, ManifestObject item) =>
        Faults.If(
            item.Spec.Text("ingressClassName") is "gce" or "gce-internal" || (item.Annotations.Text(Class) is null && !item.Spec.Has("ingressClassName")),
            item,
            item.Spec.At("ingressClassName") ?? item.Spec,
            $"GKE reads the class from the annotation {Class} (gce or gce-internal), and not from ingressClassName");

    private static IEnumerable<Fault> IngressPath(ManifestSet set, ManifestObject item) =>
        !IsGke(item) ? [] : Paths(item).SelectMany(path => (path.Text("pathType"), path.Text("path") ?? "") switch
        {
            ("Prefix" or "Exact", var text) when text.Contains('*', StringComparison.Ordinal) => new[] { new Fault(item, path.At("path"), $"the path '{Shown.Of(text)}' has a star, which only pathType: ImplementationSpecific understands") },
            ("ImplementationSpecific", "/" or "") => [new Fault(item, path, "this path is the start page alone; write /*")],
            _ => [],
        });

    private static IEnumerable<Fault> IngressTls(ManifestSet set, ManifestObject item)
    {
        if (!IsGke(item))
        {
            return [];
        }
        var annotations = item.Annotations;
        var hasCertificate = annotations.Has(Certificates) || annotations.Has("ingress.gcp.kubernetes.io/pre-shared-cert") || annotations.Has("networking.gke.io/certmap") || item.Spec.List("tls").Any();
        var isHttpOff = annotations.Text("kubernetes.io/ingress.allow-http") == "false";
        var redirects = annotations.Text(FrontendConfig) is { } name && set.Find("FrontendConfig", item.Namespace, name) is { } config && config.Spec.Switch("redirectToHttps", "enabled") == true;
        return
        [
            .. Faults.If(!hasCertificate, item, item.Body.At("metadata", "annotations"), $"has no certificate; name a ManagedCertificate in the annotation {Certificates}"),
            .. Faults.If(!isHttpOff && !redirects && !IsMissing(set, item, "FrontendConfig", annotations.Text(FrontendConfig)), item, item.Body.At("metadata", "annotations"), $"answers without TLS; redirect by a FrontendConfig (redirectToHttps), or set kubernetes.io/ingress.allow-http: \"false\""),
        ];
    }

    private static IEnumerable<Fault> IngressHost(ManifestSet set, ManifestObject item) =>
        item.Spec.Mappings("rules").Where(rule => !rule.Has("host")).Select(rule => new Fault(item, rule, "a rule without host answers for any name"));

    private static IEnumerable<Fault> IngressAddress(ManifestSet set, ManifestObject item) =>
        Faults.If(
            item.Annotations.Text(Class) == "gce" && !item.Annotations.Has("kubernetes.io/ingress.global-static-ip-name"),
            item,
            item.Body.At("metadata", "annotations"),
            "names no reserved address (kubernetes.io/ingress.global-static-ip-name); it changes when the Ingress is made anew");

    private static IEnumerable<Fault> CertificateHost(ManifestSet set, ManifestObject item)
    {
        var certificates = CertificatesOf(item).Select(name => set.Find("ManagedCertificate", item.Namespace, name)).ToList();
        if (!IsGke(item) || certificates.Count == 0 || certificates.Contains(null))
        {
            return [];
        }
        var domains = certificates.SelectMany(certificate => certificate!.Spec.Texts("domains")).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return item.Spec.Mappings("rules").Select(rule => rule.At("host")).Where(host => host.Text() is { } name && !domains.Contains(name))
            .Select(host => new Fault(item, host, $"{Shown.Of(host.Text() ?? "")} is none of the certificate's domains ({Shown.Of(string.Join(", ", domains.Order(StringComparer.Ordinal)))})"));
    }

    private static string[] CertificatesOf(ManifestObject ingress) => (ingress.Annotations.Text(Certificates) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static IEnumerable<Fault> GkeAnnotation(ManifestSet set, ManifestObject item) =>
        JsonAnnotations.Where(key => item.Annotations.Has(key)).SelectMany(key =>
        {
            var json = Json(item.Annotations.Text(key));
            return Faults.If(json is null, item, item.Annotations.At(key), $"the annotation {key} must be a text of JSON, such as {(key == Neg ? "'{\"ingress\": true}'" : "'{\"default\": \"NAME\"}'")}")
                .Concat(Faults.If(json is not null && key == BackendConfig && !BackendConfigs(json).Any(), item, item.Annotations.At(key), $"the annotation {key} names no BackendConfig; write '{{\"default\": \"NAME\"}}'"));
        });

    private static IEnumerable<Fault> GkeReference(ManifestSet set, ManifestObject item)
    {
        IEnumerable<(string Kind, string Name, string Annotation)> references =
        [
            .. BackendConfigs(Json(item.Annotations.Text(BackendConfig))).Select(name => ("BackendConfig", name, BackendConfig)),
            .. CertificatesOf(item).Select(name => ("ManagedCertificate", name, Certificates)),
            .. item.Annotations.Text(FrontendConfig) is { } frontend ? new[] { ("FrontendConfig", frontend, FrontendConfig) } : [],
        ];
        return references.Where(reference => IsMissing(set, item, reference.Kind, reference.Name))
            .Select(reference => new Fault(item, item.Annotations.At(reference.Annotation), $"the annotation names the {reference.Kind} '{Shown.Of(reference.Name)}', which is not in its namespace of the set"));
    }

    private static bool IsMissing(ManifestSet set, ManifestObject item, string kind, string? name) => name is not null && set.Find(kind, item.Namespace, name) is null;

    // {"default": "api", "ports": {"http": "api"}}
    private static IEnumerable<string> BackendConfigs(JsonObject? json) =>
        new[] { json.Text("default") }.Concat(json.Mapping("ports")?.Select(port => port.Value.Text()) ?? []).OfType<string>().Distinct(StringComparer.Ordinal);

    private static JsonObject? Json(string? text)
    {
        try
        {
            return text is null ? null : JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
