using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Discovery.Web.Access;

/// <summary>What the one who sends a request may do, so that pages offer nothing that is refused.</summary>
public static class RequestRights
{
    /// <summary>Whether an endpoint that asks for a role would let this one in.</summary>
    public static bool May(this HttpContext context, AccessRole role) => context.Features.Get<Caller>() is { } caller
        ? caller.Role is { } own && RoleRule.Allows(own, role)
        : !context.RequestServices.GetRequiredService<AccessRule>().TokensRequired;
}
