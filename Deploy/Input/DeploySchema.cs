using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Discovery.Ingestion.Recipes;

namespace Discovery.Deploy.Input;

/// <summary>The JSON schema of <c>deploy.yml</c>, for editors.</summary>
internal static class DeploySchema
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes it.</summary>
    public static string Write()
    {
        var settings = new SettingsSchema();
        var environment = settings.Reference(typeof(EnvironmentConfig), isPartial: true);
        var common = environment.DeepClone();
        common["description"] = DeploySettings.BaseMeaning;
        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Deployment of DataHub and Discovery on GKE",
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["base"] = common,
                ["environments"] = new JsonObject
                {
                    ["description"] = DeploySettings.EnvironmentsMeaning,
                    ["type"] = "object",
                    ["propertyNames"] = new JsonObject { ["pattern"] = DeployFile.EnvironmentName.Pattern },
                    ["additionalProperties"] = environment,
                    ["minProperties"] = 1,
                },
            },
            ["required"] = new JsonArray("environments"),
            ["additionalProperties"] = false,
            ["$defs"] = settings.Definitions.DeepClone(),
        }.ToJsonString(Indented) + "\n";
    }
}
