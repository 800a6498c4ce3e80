using System.Text.Json.Nodes;

namespace Discovery.Deploy.DataHub;

/// <summary>
/// Security contexts that the level "restricted" of Pod Security takes. Root file systems stay writable: the images of DataHub write
/// below their own folders when they start, and no value of the charts changes that.
/// </summary>
internal static class RestrictedPod
{
    /// <summary>Context of a pod.</summary>
    /// <param name="group">Group that owns its volumes.</param>
    public static JsonObject PodContext(int group) => new()
    {
        ["fsGroup"] = group,
        ["runAsNonRoot"] = true,
        ["seccompProfile"] = new JsonObject { ["type"] = "RuntimeDefault" },
    };

    /// <summary>Context of a container.</summary>
    /// <param name="user">User and group of its image.</param>
    public static JsonObject ContainerContext(int user) => new()
    {
        ["runAsNonRoot"] = true,
        ["runAsUser"] = user,
        ["runAsGroup"] = user,
        ["allowPrivilegeEscalation"] = false,
        ["capabilities"] = new JsonObject { ["drop"] = new JsonArray { "ALL" } },
    };
}
