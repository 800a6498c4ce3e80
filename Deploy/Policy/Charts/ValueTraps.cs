using System.Text.Json.Nodes;
using Discovery.Deploy.Policy.Reading;

namespace Discovery.Deploy.Policy.Charts;

/// <summary>Values that the chart takes, and makes something else of than people mean.</summary>
internal static class ValueTraps
{
    private const string Rule = "chart-value";
    private const int LongestCronName = 21;

    // The chart sets these variables itself; its own come last, or server-side apply refuses the pair.
    private static readonly string[] SetByChart =
    [
        "DATAHUB_SYSTEM_CLIENT_ID", "DATAHUB_SYSTEM_CLIENT_SECRET", "EBEAN_DATASOURCE_DRIVER", "EBEAN_DATASOURCE_HOST", "EBEAN_DATASOURCE_PASSWORD", "EBEAN_DATASOURCE_URL",
        "EBEAN_DATASOURCE_USERNAME", "ELASTICSEARCH_HOST", "ELASTICSEARCH_PORT", "GMS_LIFECYCLE_TIMEOUT", "GRAPH_SERVICE_IMPL", "KAFKA_BOOTSTRAP_SERVER", "SERVER_SHUTDOWN_MODE",
    ];

    private static readonly string[] Parts = ["acryl-datahub-actions", "datahub-frontend", "datahub-gms", "datahub-mae-consumer", "datahub-mce-consumer", "datahubSystemUpdate"];

    private static readonly string[] ZeroIsUnset = ["backoffLimit", "failedJobsHistoryLimit"];

    /// <summary>All that are in some values.</summary>
    public static IEnumerable<ValuesFault> Find(JsonObject values) =>
    [
        .. Simple(values), .. NumberLike(values), .. Sql(values), .. Parts.SelectMany(part => Variables(values, part)), .. Crons(values), .. Version(values),
    ];

    private static IEnumerable<ValuesFault> Simple(JsonObject values)
    {
        (string[] Path, Func<JsonNode, bool> IsFault, bool IsWarning, string Message)[] traps =
        [
            (["global", "datahub", "metadata_service_authentication", "provisionSecrets", "enabled"], IsOn, true, "makes new signing keys at each render of Argo CD, which ends all tokens; write false and make the Secret datahub-auth-secrets yourself"),
            (["global", "datahub", "encryptionKey", "provisionSecret", "enabled"], IsOn, true, "makes a new encryption key at each render of Argo CD, and stored secrets become unreadable; write false and make the Secret datahub-encryption-secrets yourself"),
            (["datahub-gms", "image", "tag"], value => value.Text()?.Contains('@', StringComparison.Ordinal) == true, false, "a digest in the tag of GMS lands in labels, which Kubernetes refuses; pin it by the version"),
            (["datahub-gms", "serviceAccount", "create"], IsOn, false, "makes a second ServiceAccount beside global.datahub.appServiceAccount of the same name; write false"),
            (["datahub-frontend", "defaultUserCredentials", "randomAdminPassword"], IsOn, true, "makes a new password at each render of Argo CD, and the frontend restarts at each sync"),
            (["datahub-gms", "service", "type"], IsPublic, false, "gives GMS an address outside the cluster; write ClusterIP"),
            (["datahub-frontend", "service", "type"], IsPublic, false, "gives the frontend an address outside the cluster; write ClusterIP and use the Ingress"),
            (["global", "datahub", "version"], value => value.Text() is "head" or "latest" or "quickstart", false, "is a tag that moves; write a version"),
        ];
        return traps.Select(trap => (trap, At: values.At(trap.Path))).Where(item => item.At is not null && item.trap.IsFault(item.At))
            .Select(item => new ValuesFault(Rule, item.At, string.Join('.', item.trap.Path), item.trap.IsWarning, item.trap.Message))
            .Concat(values.Mapping("global", "externalSecrets", "secrets")?.Where(entry => entry.Value.Has("store"))
                .Select(entry => new ValuesFault(Rule, entry.Value.At("store"), $"global.externalSecrets.secrets.{Shown.Of(entry.Key)}.store", IsWarning: false, "the template reads secretStoreName, and does not render without it")) ?? []);
    }

    private static bool IsOn(JsonNode value) => value.Switch() == true;

    private static bool IsPublic(JsonNode value) => value.Text() is "LoadBalancer" or "NodePort";

    // Rendered without quotes: clientId: "12345" becomes value: 12345, which Kubernetes refuses.
    private static IEnumerable<ValuesFault> NumberLike(JsonObject values)
    {
        string[][] paths = [["datahub-frontend", "oidcAuthentication", "clientId"], ["global", "elasticsearch", "auth", "username"], ["global", "elasticsearch", "indexPrefix"]];
        return paths.Select(path => (Path: path, At: values.At(path)))
            .Where(item => item.At is JsonValue && (item.At.Text() is not { } text || KubernetesScalars.Resolve(text).Text() is null))
            .Select(item => new ValuesFault(Rule, item.At, string.Join('.', item.Path), IsWarning: false, "looks like a number or switch, and the chart writes it without quotes even if it is quoted here; Kubernetes refuses that. Use another value"));
    }

    private static IEnumerable<ValuesFault> Sql(JsonObject values)
    {
        foreach (var key in new[] { "host", "url" })
        {
            if (values.At("global", "sql", "datasource", key) is JsonObject mapping)
            {
                yield return new ValuesFault(Rule, mapping, $"global.sql.datasource.{key}", IsWarning: false, "cannot be read from a Secret; write it here, it is none. Only username and password take secretRef and secretKey");
            }
        }
        var isUserFromSecret = values.At("global", "sql", "datasource", "username") is JsonObject || values.At("datahubSystemUpdate", "sql", "username") is JsonObject;
        if (values.Switch("datahubSystemUpdate", "sql", "setup", "createUser") == true && isUserFromSecret)
        {
            yield return new ValuesFault(Rule, values.At("datahubSystemUpdate", "sql", "setup", "createUser"), "datahubSystemUpdate.sql.setup.createUser", IsWarning: false, "makes a user named 'map[secretKey:...' where the name is from a Secret; make the user yourself and write false");
        }
        foreach (var path in new string[][] { ["global", "sql", "datasource", "password"], ["datahubSystemUpdate", "sql", "password"], ["global", "elasticsearch", "auth", "password"], ["global", "neo4j", "password"] })
        {
            if (values.Text([.. path, "value"]) is { Length: > 0 })
            {
                yield return new ValuesFault("plain-secret", values.At([.. path, "value"]), $"{string.Join('.', path)}.value", IsWarning: false, "a password in the values; use secretRef and secretKey, and replace it, since Git keeps it");
            }
        }
        if (values.Text("datahub-frontend", "oidcAuthentication", "clientSecret") is { Length: > 0 })
        {
            yield return new ValuesFault("plain-secret", values.At("datahub-frontend", "oidcAuthentication", "clientSecret"), "datahub-frontend.oidcAuthentication.clientSecret", IsWarning: false, "a secret in the values; use clientSecretRef, and replace it, since Git keeps it");
        }
    }

    private static IEnumerable<ValuesFault> Variables(JsonObject values, string part)
    {
        var usesOidcBlock = part == "datahub-frontend" && values.Switch(part, "oidcAuthentication", "enabled") == true;
        foreach (var variable in values.Mappings(part, "extraEnvs"))
        {
            var name = variable.Text("name") ?? "";
            if (SetByChart.Contains(name) || (usesOidcBlock && name is "AUTH_OIDC_ENABLED" or "AUTH_OIDC_CLIENT_ID" or "AUTH_OIDC_CLIENT_SECRET" or "AUTH_OIDC_DISCOVERY_URI" or "AUTH_OIDC_BASE_URL" or "AUTH_OIDC_USER_NAME_CLAIM" or "AUTH_OIDC_USER_NAME_CLAIM_REGEX" or "AUTH_OIDC_SCOPE"))
            {
                yield return new ValuesFault(Rule, variable, $"{part}.extraEnvs", IsWarning: false, $"{name} is set by the chart itself; server-side apply refuses it twice. Use the chart's key for it");
            }
            if (variable.Text("value") is { } value && SecretPatterns.IsSecretName(name) && !SecretPatterns.IsReference(value))
            {
                yield return new ValuesFault("env-secret", variable, $"{part}.extraEnvs", IsWarning: false, $"{Shown.Of(name)} has its value here; take it from a Secret (valueFrom.secretKeyRef), and replace it, since Git keeps it");
            }
        }
    }

    private static IEnumerable<ValuesFault> Crons(JsonObject values)
    {
        foreach (var (name, cron) in values.Mapping("datahub-ingestion-cron", "crons") ?? [])
        {
            var path = $"datahub-ingestion-cron.crons.{Shown.Of(name)}";
            if (name.Length > LongestCronName)
            {
                yield return new ValuesFault(Rule, cron, path, IsWarning: false, $"the name has {name.Length} characters; the chart puts 31 before it, and Kubernetes takes 52");
            }
            if (cron.Text("schedule") is { } schedule && CronExpression.Fault(schedule) is { } fault)
            {
                yield return new ValuesFault(Rule, cron.At("schedule"), $"{path}.schedule", IsWarning: false, $"the schedule '{Shown.Of(schedule)}' {fault}");
            }
            foreach (var key in ZeroIsUnset.Where(key => cron.Number(key) == 0))
            {
                yield return new ValuesFault(Rule, cron.At(key), $"{path}.{key}", IsWarning: true, "0 counts as unset, and becomes the default");
            }
            if (cron.Text("command")?.IndexOfAny([',', '"', '\'', '#']) >= 0)
            {
                yield return new ValuesFault(Rule, cron.At("command"), $"{path}.command", IsWarning: false, "is put unquoted into a list: commas split it, and quotes and # break it. Put the script into the ConfigMap of the recipe");
            }
        }
    }

    private static IEnumerable<ValuesFault> Version(JsonObject values) =>
        UpgradePath.VersionIn(values) is var (version, path) && UpgradePath.Check(version, UpgradePath.Rendered) is { } refusal
            ? [new ValuesFault("upgrade-path", values.At(path.Split('.')), path, IsWarning: true, refusal)]
            : [];
}
