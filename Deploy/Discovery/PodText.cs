using System.Text.Json.Nodes;
using Discovery.Deploy.Input;
using Discovery.Deploy.Secrets;

namespace Discovery.Deploy.Discovery;

/// <summary>Arguments and variables of pods. Kubernetes replaces <c>$(NAME)</c> in both, and makes <c>$$</c> one <c>$</c>.</summary>
internal static class PodText
{
    /// <summary>A text that arrives as it is.</summary>
    public static string Literal(string text) => text.Replace("$", "$$", StringComparison.Ordinal);

    /// <summary>A variable with a plain value.</summary>
    public static JsonObject Variable(string name, string value) => new() { ["name"] = name, ["value"] = Literal(value) };

    /// <summary>The variables that a recipe uses: plain values here, secret ones by where they are.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="names">Names; all are known.</param>
    public static IEnumerable<JsonObject> Variables(DeployEnvironment environment, IEnumerable<string> names)
    {
        var known = environment.Config.Discovery.Variables;
        foreach (var name in names)
        {
            if (!known.TryGetValue(name, out var variable))
            {
                // The one that is given already.
                yield return Variable(name, environment.GmsUrl);
            }
            else if (SecretPlan.Variable(environment, name) is { } secret)
            {
                yield return new() { ["name"] = name, ["valueFrom"] = new JsonObject { ["secretKeyRef"] = new JsonObject { ["name"] = secret.Secret, ["key"] = secret.Key } } };
            }
            else
            {
                yield return Variable(name, variable.Value!);
            }
        }
    }

    /// <summary>Where telemetry goes, and which environment it is of; none where it goes nowhere.</summary>
    public static IEnumerable<JsonObject> Telemetry(DeployEnvironment environment) => environment.Config.Telemetry is { } telemetry
        ? [Variable("OTEL_EXPORTER_OTLP_ENDPOINT", telemetry.Endpoint), Variable("OTEL_RESOURCE_ATTRIBUTES", $"deployment.environment.name={environment.Name}")]
        : [];
}
