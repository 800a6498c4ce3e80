using System.Text.Json.Nodes;

namespace Discovery.Deploy.Kubernetes;

/// <summary>Security contexts that the level "restricted" of Pod Security takes.</summary>
internal static class SecurityContext
{
    /// <summary>Context of a pod.</summary>
    /// <param name="group">Group that owns its volumes.</param>
    public static JsonObject Pod(int group) => new()
    {
        ["fsGroup"] = group,
        ["runAsNonRoot"] = true,
        ["seccompProfile"] = new JsonObject { ["type"] = "RuntimeDefault" },
    };

    /// <summary>Context of a container whose image can be written to, as the images of DataHub write below their own folders when they start.</summary>
    /// <param name="user">User and group of its image.</param>
    public static JsonObject Container(int user) => new()
    {
        ["runAsNonRoot"] = true,
        ["runAsUser"] = user,
        ["runAsGroup"] = user,
        ["allowPrivilegeEscalation"] = false,
        ["capabilities"] = new JsonObject { ["drop"] = new JsonArray { "ALL" } },
    };

    /// <summary>Context of a container that writes to its volumes alone.</summary>
    /// <param name="user">User and group of its image.</param>
    public static JsonObject ReadOnlyContainer(int user)
    {
        var context = Container(user);
        context["readOnlyRootFilesystem"] = true;
        return context;
    }
}
