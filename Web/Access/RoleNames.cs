namespace Discovery.Web.Access;

/// <summary>Roles as tokens, files and command lines write them: <c>viewer</c>, <c>operator</c>, <c>worker</c>.</summary>
internal static class RoleNames
{
    /// <summary>All of them.</summary>
    public static string[] All { get; } = [.. Enum.GetValues<AccessRole>().Select(Of)];

    public static string Of(AccessRole role) => role switch
    {
        AccessRole.Viewer => "viewer",
        AccessRole.Operator => "operator",
        _ => "worker",
    };

    /// <returns>Null where it is none.</returns>
    public static AccessRole? Parse(string name) => name switch
    {
        "viewer" => AccessRole.Viewer,
        "operator" => AccessRole.Operator,
        "worker" => AccessRole.Worker,
        _ => null,
    };
}
