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
        Rule.OfContainers("argument-secret", "A password or token as an argument of a container", ArgumentSecret),
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

    // --password=hunter2, and --password hunter2 as two arguments.
    private static IEnumerable<Fault> ArgumentSecret(Container container)
    {
        string[] arguments = [.. container.Body.Texts("command"), .. container.Body.Texts("args"), ""];
        return arguments.Zip(arguments.Skip(1)).Where(pair => pair.First.StartsWith('-')).SelectMany(pair =>
        {
            var parts = pair.First.TrimStart('-').Split('=', 2);
            var value = parts.Length == 2 ? parts[1] : pair.Second.StartsWith('-') ? "" : pair.Second;
            return Faults.If(
                SecretPatterns.IsSecretName(parts[0]) && !SecretPatterns.IsReference(value),
                container,
                container.Body.At("args") ?? container.Body.At("command"),
                $"the argument --{Shown.Of(parts[0])} has its value in the manifest; write $(VARIABLE), take the variable from a Secret, and replace the value, which Git keeps");
        });
    }

    private static IEnumerable<Fault> ConfigSecret(ManifestSet set, ManifestObject item) =>
        item.Body.Mapping("data")?.SelectMany(entry => NamesOf(entry.Key, entry.Value.Text() ?? "")
            .Select(name => new Fault(item, entry.Value, $"'{Shown.Of(entry.Key)}' holds the value of {Shown.Of(name)}; write ${{VARIABLE}} and set it from a Secret, and replace the value, which Git keeps"))) ?? [];

    /// <summary>Names of the secrets that an entry holds: itself, as pods take it by envFrom, or those in the text of a file.</summary>
    private static IEnumerable<string> NamesOf(string key, string value) =>
        !key.Contains('.', StringComparison.Ordinal) && !value.Contains('\n', StringComparison.Ordinal) && SecretPatterns.IsSecretName(key) && !SecretPatterns.IsReference(value)
            ? [key]
            : SecretPatterns.Literals(WithoutComments(value)).Select(literal => literal.Name);

    private static string WithoutComments(string text) => string.Join('\n', text.Split('\n').Select(line => line.TrimStart().StartsWith('#') ? "" : line));
}
