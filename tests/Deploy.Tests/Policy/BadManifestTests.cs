using Discovery.Deploy.Policy;

namespace Discovery.Deploy.Tests.Policy;

/// <summary>A good set of manifests with one fault each, judged by others too.</summary>
public sealed class BadManifestTests
{
    /// <summary>File, and the rule that is meant.</summary>
    public static TheoryData<string, string> Files { get; } = new()
    {
        { "01-service-port-name", "service-port" },
        { "02-container-port-name-long", "port-name" },
        { "03-port-number-range", "structure" },
        { "04-cron-expression", "cron-schedule" },
        { "05-cron-timezone", "cron-time-zone" },
        { "06-cron-name-too-long", "object-name" },
        { "07-cron-restart-policy", "job-restart-policy" },
        { "08-duplicate-container-name", "duplicate-container" },
        { "09-probe-scheme", "structure" },
        { "10-probe-port-name", "probe-port" },
        { "11-quantity-unit", "structure" },
        { "12-quantity-milli-memory", "resources-size" },
        { "13-requests-above-limits", "resources-above-limit" },
        { "14-unknown-field", "structure" },
        { "15-wrong-indent", "structure" },
        { "16-duplicate-yaml-key", "yaml" },
        { "17-removed-api", "api-version" },
        { "18-env-number", "structure" },
        { "19-selector-mismatch", "selector-mismatch" },
        { "20-label-value", "label-value" },
        { "21-unknown-volume", "unknown-volume" },
        { "22-plain-secret", "plain-secret" },
        { "23-env-literal-password", "env-secret" },
        { "24-recipe-literal-password", "config-secret" },
        { "25-secret-key-missing", "unknown-secret" },
        { "26-service-account-missing", "unknown-account" },
        { "27-workload-identity-format", "workload-identity" },
        { "28-image-latest", "image-tag" },
        { "29-no-resources", "resources-unset" },
        { "30-privileged", "privileged" },
        { "31-run-as-root", "run-as-root" },
        { "32-pdb-blocks-drain", "budget-blocks-drain" },
        { "33-pdb-no-target", "budget-target" },
        { "34-networkpolicy-no-target", "network-policy-target" },
        { "35-service-no-target", "service-target" },
        { "36-service-target-port", "service-port" },
        { "37-ingress-port", "ingress-backend" },
        { "38-ingress-class-field", "ingress-class" },
        { "39-ingress-no-pathtype", "structure" },
        { "40-certificate-wildcard", "structure" },
        { "41-certificate-host", "certificate-host" },
        { "42-backendconfig-field", "structure" },
        { "43-backendconfig-reference", "gke-reference" },
        { "44-neg-annotation-json", "gke-annotation" },
        { "45-frontendconfig-version", "api-version" },
        { "46-externalsecret-version", "api-version" },
        { "47-externalsecret-key", "structure" },
        { "48-externalsecret-store", "secret-store" },
        { "49-argo-no-destination", "structure" },
        { "50-argo-floating-chart", "argo-floating-chart" },
        { "51-duplicate-env", "duplicate-env" },
        { "52-anti-affinity-self", "anti-affinity-others" },
        { "53-cron-overlap", "cron-overlap" },
        { "54-job-proxy-sidecar", "job-proxy" },
        { "55-exposed-service", "service-exposed" },
        { "56-no-namespace", "namespace-missing" },
        { "57-duplicate-object", "duplicate-object" },
        { "58-hpa-and-replicas", "scaler-and-replicas" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Each_is_an_error_of_the_rule_that_is_meant(string file, string rule) =>
        Assert.Contains(Check($"k8s/bad/{file}.yaml").Findings, finding => finding.Rule == rule && !finding.IsWarning);

    [Fact]
    public void All_of_them_are_tried() =>
        Assert.Empty(Directory.GetFiles(SharedFolder.Require("k8s/bad"), "*.yaml").Select(Path.GetFileNameWithoutExtension).Except(["00-good"]).Except(Files.Select(row => row.Data.Item1)));

    [Fact]
    public void The_good_one_has_no_findings() => Assert.Empty(Check("k8s/bad/00-good.yaml").Findings);

    [Fact]
    public void The_example_for_gke_has_no_findings_and_tells_what_was_not_checked()
    {
        var result = Check("k8s/gke-values-example/manifests", "k8s/gke-values-example/workloads", "k8s/gke-values-example/argocd");

        Assert.Empty(result.Findings);
        Assert.Contains("selectors aim at pods of DataHub's charts", Assert.Single(result.Notes), StringComparison.Ordinal);
    }

    private static PolicyResult Check(params string[] paths) => PolicyCheck.Run(PolicyFiles.Read(paths.Select(SharedFolder.Require), new List<Finding>()));
}
