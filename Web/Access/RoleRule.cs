using Microsoft.AspNetCore.Http;

namespace Discovery.Web.Access;

/// <summary>Which role a request needs.</summary>
internal static class RoleRule
{
    /// <summary>Why a request of somebody known is refused; null where it is not.</summary>
    public static string? Check(HttpContext context, Caller caller)
    {
        if (caller.Role is not { } role)
        {
            return NoRole(caller);
        }
        var needed = context.GetEndpoint()?.Metadata.GetMetadata<AccessEndpoint.RequiresRole>()?.RoleFor(context.Request) ?? Default(context.Request);
        return Allows(role, needed) ? null : $"This needs the role {RoleNames.Of(needed)}, and {caller.Name} has the role {RoleNames.Of(role)}.";
    }

    /// <summary>Whether somebody may do what a role may.</summary>
    public static bool Allows(AccessRole role, AccessRole needed) => role == needed || (role == AccessRole.Operator && needed == AccessRole.Viewer);

    /// <summary>What somebody without a role is told.</summary>
    public static string NoRole(Caller caller) => $"{caller.Name} is known here, but in none of the groups that may use this server. Whoever runs it says which these are.";

    private static AccessRole Default(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) ? AccessRole.Viewer : AccessRole.Operator;
}
