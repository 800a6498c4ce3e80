using System.Text.Json.Nodes;
using Discovery.Deploy.Secrets;

namespace Discovery.Deploy.Discovery;

/// <summary>Keys of a Secret as files.</summary>
internal static class SecretFiles
{
    public const string VolumeName = "secrets";

    /// <summary>A volume with a file for each key, named like it; all are keys of one Secret.</summary>
    public static JsonObject Volume(params SecretReference[] keys) => new()
    {
        ["name"] = VolumeName,
        ["secret"] = new JsonObject
        {
            ["secretName"] = keys[0].Secret,
            // 0440 in decimal, as JSON has no octal numbers.
            ["defaultMode"] = 288,
            ["items"] = new JsonArray([.. keys.Select(key => new JsonObject { ["key"] = key.Key, ["path"] = key.Key })]),
        },
    };
}
