using Discovery.Deploy.Policy;
using Discovery.Deploy.Policy.Rules;

namespace Discovery.Deploy.Tests.Policy;

public sealed class RuleTests
{
    /// <summary>For each rule: a place of good.yaml, and what stands there instead.</summary>
    public static TheoryData<string, string, string> Changes { get; } = new()
    {
        { "structure", "replicas: 3", "replicas: -1" },
        { "structure", "replicas: 3", "replicas: '3'" },
        { "structure", "replicas: 3", "replicas: 1.5" },
        { "structure", "replicas: 3", "replicass: 3" },
        { "structure", "          value: \"8080\"", "          value: 8080" },
        { "structure", "          value: \"8080\"", "          value: yes" },
        { "structure", "memory: 512Mi", "memory: 512Mb" },
        { "structure", "containerPort: 8080", "containerPort: 65536" },
        { "structure", "  ports:\n    - name: http\n      port: 80\n", "  ports:\n    - name: http\n" },
        { "structure", "policyTypes: [Ingress, Egress]", "policyTypes: [ingress]" },
        { "structure", "      serviceAccountName: shop-api\n", "      serviceAccountName: [shop-api]\n" },
        { "structure", "domains: [shop.example.com]", "domains: ['*.example.com']" },
        { "structure", "      remoteRef:\n        key: shop-token\n", "      remoteRef: {}\n" },
        { "api-version", "policy/v1", "policy/v1beta1" },
        { "api-version", "apiVersion: networking.k8s.io/v1\nkind: Ingress", "apiVersion: extensions/v1beta1\nkind: Ingress" },
        { "unknown-kind", "apiVersion: cloud.google.com/v1\nkind: BackendConfig", "apiVersion: example.com/v1\nkind: Robot\nmetadata: { name: robot, namespace: shop }\n---\napiVersion: cloud.google.com/v1\nkind: BackendConfig" },
        { "object-name", "  name: shop-night\n  namespace", "  name: a-name-of-a-cron-job-that-is-longer-than-fifty-two-chars\n  namespace" },
        { "object-name", "  name: shop-recipe\n", "  name: Shop_recipe\n" },
        { "label-value", "app.kubernetes.io/part-of: shop\nspec", "app.kubernetes.io/part-of: shop@sha256:0123\nspec" },
        { "label-value", "app.kubernetes.io/part-of: shop\nspec", "app.kubernetes.io/part-of: 1\nspec" },
        { "namespace-missing", "  name: shop-recipe\n  namespace: shop\n", "  name: shop-recipe\n" },
        { "duplicate-object", "---\napiVersion: apps/v1", "---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: shop-recipe, namespace: shop }\n---\napiVersion: apps/v1" },
        { "duplicate-container", "        - name: cloud-sql-proxy\n", "        - name: api\n" },
        { "image-tag", "shop/api:1.4.2", "shop/api:latest" },
        { "image-tag", "shop/api:1.4.2", "shop/api" },
        { "resources-unset", "            limits: { memory: 512Mi }\n          securityContext: *restricted", "            limits: {}\n          securityContext: *restricted" },
        { "resources-size", "memory: 64Mi", "memory: 512m" },
        { "resources-above-limit", "memory: 64Mi", "memory: 1Gi" },
        { "port-name", "- name: http\n              containerPort", "- name: a-very-long-port-name\n              containerPort" },
        { "probe-port", "path: /live, port: http", "path: /live, port: web" },
        { "probe-port", "path: /ready, port: 8080", "path: /ready, port: 8081" },
        { "probes-missing", "          livenessProbe:\n            httpGet: { path: /live, port: http }\n", "" },
        { "probes-identical", "path: /live, port: http", "path: /ready, port: 8080" },
        { "sidecar-probe", "          startupProbe:\n            httpGet: { path: /startup, port: proxy-health }\n", "" },
        { "duplicate-env", "            - name: SHOP_TOKEN\n", "            - name: SHOP_ADDRESS\n" },
        { "unknown-volume", "            - name: recipe\n              mountPath", "            - name: recipes\n              mountPath" },
        { "unknown-volume", "mountPath: /state", "mountPath: /etc/recipe" },
        { "privileged", "allowPrivilegeEscalation: false", "allowPrivilegeEscalation: true" },
        { "privileged", "allowPrivilegeEscalation: false", "allowPrivilegeEscalation: false\n            privileged: true" },
        { "run-as-root", "runAsUser: 10001", "runAsUser: 0" },
        { "run-as-root", "            runAsNonRoot: true\n            runAsUser: 10001", "            runAsNonRoot: false" },
        { "capabilities", "drop: [ALL]", "drop: [NET_RAW]" },
        { "capabilities", "drop: [ALL]", "drop: [ALL]\n              add: [SYS_ADMIN]" },
        { "seccomp", "type: RuntimeDefault", "type: Unconfined" },
        { "writable-root", "readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false" },
        { "host-access", "      serviceAccountName: shop-api\n", "      serviceAccountName: shop-api\n      hostNetwork: true\n" },
        { "host-access", "        - name: state\n          persistentVolumeClaim:\n            claimName: shop-state", "        - name: state\n          hostPath: { path: / }" },
        { "host-access", "containerPort: 8080", "containerPort: 8080\n              hostPort: 8080" },
        { "default-account", "      serviceAccountName: shop-api\n", "" },
        { "token-mounted", "automountServiceAccountToken: false", "automountServiceAccountToken: true" },
        { "plain-secret", "apiVersion: apps/v1\nkind: Deployment", "apiVersion: v1\nkind: Secret\nmetadata: { name: a, namespace: shop }\nstringData: { password: hunter2 }\n---\napiVersion: apps/v1\nkind: Deployment" },
        { "env-secret", "            - name: SHOP_ADDRESS\n", "            - name: SHOP_PASSWORD\n" },
        { "argument-secret", "          env:\n", "          args: [--db-password=hunter2]\n          env:\n" },
        { "argument-secret", "          env:\n", "          args: [--db-password, hunter2]\n          env:\n" },
        { "config-secret", "password: ${SHOP_TOKEN}", "password: hunter2" },
        { "config-secret", "password: ${SHOP_TOKEN}", "{user: shop, \"client_secret\": \"hunter2\"}" },
        { "secret-value", "        address: db.example.internal:3306", "        address: mysql://shop:hunter2@db.example.internal:3306" },
        { "secret-value", "# Manifests", "# ghp_0123456789abcdefghijklmnopqrstuvwxyz" },
        { "secret-value", "password: ${SHOP_TOKEN}", "key: |\n          -----BEGIN RSA PRIVATE KEY-----" },
        { "unknown-secret", "name: shop-secrets\n                  key: token", "name: shop-secret\n                  key: token" },
        { "unknown-secret", "key: token\n", "key: tokens\n" },
        { "unknown-secret", "        token: \"{{ .token }}\"\n", "" },
        { "unknown-config-map", "          configMap:\n            name: shop-recipe", "          configMap:\n            name: shop-recipes" },
        { "unknown-config-map", "          configMap:\n            name: shop-recipe", "          configMap:\n            name: shop-recipe\n            items: [{ key: other.yml, path: a }]" },
        { "unknown-claim", "claimName: shop-state", "claimName: shop-states" },
        { "unknown-account", "      serviceAccountName: shop-api\n", "      serviceAccountName: shop\n" },
        { "unknown-account", "    name: shop-api\n    namespace: shop\n---", "    name: shop\n    namespace: shop\n---" },
        { "secret-store", "    kind: SecretStore\n", "    kind: ClusterSecretStore\n" },
        { "workload-identity", "shop-api@example-prod.iam.gserviceaccount.com", "shop-api@example-prod" },
        { "selector-mismatch", "  selector:\n    matchLabels:\n      app.kubernetes.io/name: shop-api\n  template", "  selector:\n    matchLabels:\n      app.kubernetes.io/name: shop\n  template" },
        { "anti-affinity-others", "            matchLabels:\n              app.kubernetes.io/name: shop-api", "            matchLabels:\n              app.kubernetes.io/name: api" },
        { "not-spread", "topologySpreadConstraints:", "topologySpreadConstraint:" },
        { "budget-missing", "kind: PodDisruptionBudget", "kind: PodDisruptionBudgets" },
        { "budget-target", "  minAvailable: 2\n  selector:\n    matchLabels:\n      app.kubernetes.io/name: shop-api", "  minAvailable: 2\n  selector:\n    matchLabels:\n      app.kubernetes.io/name: shop" },
        { "budget-blocks-drain", "minAvailable: 2", "minAvailable: 3" },
        { "budget-blocks-drain", "minAvailable: 2", "minAvailable: 100%" },
        { "budget-blocks-drain", "minAvailable: 2", "maxUnavailable: 0" },
        { "network-policy-missing", "      app.kubernetes.io/part-of: shop\n  policyTypes", "      app.kubernetes.io/name: shop-api\n  policyTypes" },
        { "network-policy-target", "      app.kubernetes.io/part-of: shop\n  policyTypes", "      app.kubernetes.io/part-of: shops\n  policyTypes" },
        { "network-policy-open", "    - ports:\n        - port: 8080\n", "    - {}\n" },
        { "network-policy-open", "    - ports:\n        - port: 8080\n", "    - { from: [] }\n" },
        { "network-policy-open", "    - ports:\n        - port: 8080\n", "    - ports: []\n" },
        { "scaler-target", "    kind: CronJob\n", "    kind: Deployment\n" },
        { "scaler-and-replicas", "    kind: CronJob\n    name: shop-night", "    kind: Deployment\n    name: shop-api" },
        { "monitoring-target", "    - port: http\n", "    - port: web\n" },
        { "cron-schedule", "15 2 * * *", "61 2 * * *" },
        { "cron-schedule", "15 2 * * *", "0 0 0 0 0" },
        { "cron-schedule", "15 2 * * *", "0 0 31 2 *" },
        { "cron-time-zone", "Europe/Berlin", "Europe/Berlinn" },
        { "cron-overlap", "concurrencyPolicy: Forbid", "concurrencyPolicy: Allow" },
        { "cron-deadline", "  startingDeadlineSeconds: 3600\n", "" },
        { "job-deadline", "      activeDeadlineSeconds: 7200\n", "" },
        { "job-restart-policy", "restartPolicy: Never", "restartPolicy: Always" },
        { "job-proxy", "shop/night:1.4.2", "cloud-sql-proxy:2.21.2" },
        { "service-exposed", "type: ClusterIP", "type: LoadBalancer" },
        { "service-target", "  selector:\n    app.kubernetes.io/name: shop-api\n", "  selector:\n    app.kubernetes.io/name: shop\n" },
        { "service-port", "targetPort: http", "targetPort: web" },
        { "service-port", "    - name: http\n      port: 80", "    - name: HTTP_port\n      port: 80" },
        { "ingress-backend", "number: 80\n", "number: 8080\n" },
        { "ingress-backend", "                name: shop-api\n", "                name: shop\n" },
        { "ingress-backend", "    cloud.google.com/neg: '{\"ingress\": true}'\n", "" },
        { "ingress-class", "    kubernetes.io/ingress.class: gce\n", "" },
        { "ingress-path", "pathType: ImplementationSpecific", "pathType: Prefix" },
        { "ingress-path", "path: /*", "path: /" },
        { "ingress-tls", "    networking.gke.io/managed-certificates: shop-api\n", "" },
        { "ingress-tls", "    enabled: true\n", "    enabled: false\n" },
        { "ingress-host", "    - host: shop.example.com\n      http:", "    - http:" },
        { "ingress-address", "    kubernetes.io/ingress.global-static-ip-name: shop\n", "" },
        { "certificate-host", "domains: [shop.example.com]", "domains: [shops.example.com]" },
        { "gke-annotation", "'{\"ingress\": true}'", "'{ingress: true}'" },
        { "gke-annotation", "'{\"default\": \"shop-api\"}'", "'{}'" },
        { "gke-reference", "'{\"default\": \"shop-api\"}'", "'{\"default\": \"shop\"}'" },
        { "gke-reference", "FrontendConfig: shop-api", "FrontendConfig: shop" },
        { "argo-destination", "    server: https://kubernetes.default.svc\n    namespace: shop\n", "    namespace: shop\n" },
        { "argo-floating-chart", "targetRevision: 1.1.0", "targetRevision: 1.*" },
        { "argo-floating-revision", "targetRevision: main", "targetRevision: HEAD" },
        { "argo-values", "ref: values", "ref: other" },
        { "argo-project", "project: shop", "project: default" },
        { "argo-project", "project: shop", "project: shops" },
        { "argo-project-open", "      namespace: shop\n", "      namespace: '*'\n" },
        { "argo-release-name", "releaseName: warehouse", "releaseName: stock" },
        { "wildcard-rights", "verbs: [get]", "verbs: ['*']" },
        { "wildcard-rights", "resources: [pods]", "resources: [secrets]" },
        { "cluster-admin", "  kind: Role\n  name: reader", "  kind: ClusterRole\n  name: cluster-admin" },
        { "pod-security", "enforce: restricted", "enforce: baseline" },
        { "yaml", "replicas: 3", "replicas: 3\n  replicas: 4" },
        { "yaml", "replicas: 3", "replicas: [3" },
    };

    [Fact]
    public void Good_manifests_have_no_findings() => Assert.Empty(GoodManifests.Check(GoodManifests.Text).Findings);

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_change_for_the_worse_is_found_by_the_rule_that_is_meant(string rule, string place, string replacement)
    {
        var findings = GoodManifests.Check(GoodManifests.With(place, replacement)).Findings;

        Assert.Contains(findings, finding => finding.Rule == rule);
    }

    [Fact]
    public void Each_rule_has_a_change_that_it_finds()
    {
        var tried = Changes.Select(row => row.Data.Item1).ToHashSet();

        // Looked at by a test of its own below.
        Assert.Empty(AllRules.List.Select(rule => rule.Name).Except(tried).Except(["secret-elsewhere"]));
    }

    [Fact]
    public void A_finding_names_file_line_object_and_what_to_do()
    {
        var finding = Assert.Single(GoodManifests.Check(GoodManifests.With("shop/api:1.4.2", "shop/api:latest")).Findings);
        var line = GoodManifests.Text.Split('\n').ToList().FindIndex(text => text.Contains("shop/api:1.4.2", StringComparison.Ordinal)) + 1;

        Assert.Equal(
            $"shop.yaml:{line}: error: image-tag: Deployment/shop/shop-api: container api: the image 'europe-west1-docker.pkg.dev/example/shop/api:latest' has a tag that moves; name a version or a digest",
            finding.ToString());
    }

    [Fact]
    public void A_misspelled_field_is_told_from_one_that_stands_in_the_wrong_place()
    {
        var misspelled = Assert.Single(GoodManifests.Check(GoodManifests.With("restartPolicy: Always", "restartPolicyy: Always")).Findings, finding => finding.Message.Contains("restartPolicyy", StringComparison.Ordinal));
        var misplaced = Assert.Single(GoodManifests.Check(GoodManifests.With("  replicas: 3", "  replicas: 3\n  serviceAccountName: shop-api")).Findings);

        Assert.Contains("did you mean 'restartPolicy'?", misspelled.Message, StringComparison.Ordinal);
        Assert.Contains("one belongs to template.spec", misplaced.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_that_makes_no_secrets_gets_a_warning_and_no_errors()
    {
        var store = GoodManifests.Text.IndexOf("apiVersion: external-secrets.io/v1\nkind: SecretStore", StringComparison.Ordinal);
        var rest = GoodManifests.Text.IndexOf("apiVersion: v1\nkind: ConfigMap", StringComparison.Ordinal);

        var finding = Assert.Single(GoodManifests.Check(GoodManifests.Text.Remove(store, rest - store)).Findings);

        Assert.Equal(("secret-elsewhere", true), (finding.Rule, finding.IsWarning));
    }

    [Fact]
    public void A_list_is_checked_like_what_it_holds()
    {
        const string Text = "apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Namespace\n    metadata: { name: shop }\n";

        Assert.Equal("pod-security", Assert.Single(GoodManifests.Check(Text).Findings).Rule);
    }

    [Fact]
    public void A_namespace_given_on_the_command_line_is_that_of_objects_that_name_none()
    {
        var text = GoodManifests.Text.Replace("\n  namespace: shop\n", "\n", StringComparison.Ordinal);

        Assert.Contains(PolicyCheck.Run([new("shop.yaml", text)]).Findings, finding => finding.Rule == "namespace-missing");
        Assert.DoesNotContain(PolicyCheck.Run([new("shop.yaml", text)], "shop").Findings, finding => finding.Rule == "namespace-missing");
    }
}
