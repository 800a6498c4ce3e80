using System.Text.Json.Nodes;
using Discovery.Deploy.Input;

namespace Discovery.Deploy.DataHub;

/// <summary>
/// Values of the chart datahub 1.1.0, beside its defaults. The chart takes a misspelt key without a word, so each key of ours is listed in <c>chart-keys.tsv</c> of the
/// tests with a rendered field that it reaches.
/// </summary>
internal static class DataHubValues
{
    /// <summary>The values of an environment.</summary>
    public static JsonObject Of(DeployEnvironment environment)
    {
        var values = new JsonObject
        {
            ["global"] = GlobalValues.Of(environment),
            ["datahub-gms"] = MetadataServiceValues.Gms(environment),
            ["datahub-frontend"] = FrontendValues.Of(environment),
            ["acryl-datahub-actions"] = ActionsValues.Of(environment),
            ["datahubSystemUpdate"] = SystemUpdateValues.Of(environment),
        };
        if (Workload.HasConsumers(environment))
        {
            values["datahub-mae-consumer"] = MetadataServiceValues.MaeConsumer(environment);
            values["datahub-mce-consumer"] = MetadataServiceValues.MceConsumer(environment);
        }
        return values;
    }

    /// <summary>A key of a Secret as the chart's values name one.</summary>
    public static JsonObject SecretReference(Secrets.SecretReference secret) => new() { ["secretRef"] = secret.Secret, ["secretKey"] = secret.Key };
}
