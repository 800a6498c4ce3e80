using Discovery.Deploy.Policy.Reading;

namespace Discovery.Deploy.Policy.Rules;

/// <summary>Secret values in manifests. No message repeats one.</summary>
internal static class SecretRules
{
    private static readonly string[] ValuesOfSecret = ["data", "stringData"];

    /// <summary>Name of the finding for a secret that shows itself by its form, in any file.</summary>
    public const string SecretValue = "secret-value";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Rule> All { get; } =
    [
        Rule.OfObjects("plain-secret", "A Secret with values, which belong into a secret manager and not into Git", PlainSecret, "Secret"),
        Rule.OfContainers("env-secret", "A password or token as the value of an environment variable", EnvironmentSecret),
        Rule.OfObjects("config-secret", "A password or token inside a ConfigMap, such as a recipe", ConfigSecret, "ConfigMap"),
    ];

    private static IEnumerable<Fault> PlainSecret(ManifestSet set, ManifestObject item) =>
        ValuesOfSecret.SelectMany(part => item.Body.Mapping(part)?.Where(entry => entry.Value.Text() != "") ?? [])
            .Select(entry => new Fault(item, entry.Value, $"holds the value of '{Shown.Of(entry.Key)}'; let an ExternalSecret make it, and replace the value, which Git keeps"));

    private static IEnumerable<Fault> EnvironmentSecret(Container container) =>
        container.Body.Mappings("env").SelectMany(variable =>
        {
            var (name, value) = (variable.Text("name") ?? "", variable.Text("value"));
            return Faults.If(
                value is not null && SecretPatterns.IsSecretName(name) && !SecretPatterns.IsReference(value),
                container,
                variable.At("value"),
                $"the variable {Shown.Of(name)} has its value in the manifest; take it from a Secret (valueFrom.secretKeyRef), and replace the value, which Git keeps");
        });

    private static IEnumerable<Fault> ConfigSecret(ManifestSet set, ManifestObject item) =>
        item.Body.Mapping("data")?.SelectMany(entry => SecretPatterns.Literals(WithoutComments(entry.Value.Text() ?? ""))
            .Select(literal => new Fault(item, entry.Value, $"'{Shown.Of(entry.Key)}' holds the value of {Shown.Of(literal.Name)}; write ${{VARIABLE}} and set it from a Secret, and replace the value, which Git keeps"))) ?? [];

    private static string WithoutComments(string text) => string.Join('\n', text.Split('\n').Select(line => line.TrimStart().StartsWith('#') ? "" : line));
}
