using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Discovery.Web.Access;

/// <summary>What single endpoints ask of the access rule; those with <c>AllowAnonymous()</c> need no token.</summary>
public static class AccessEndpoint
{
    /// <summary>Takes forms of our own pages (<c>application/x-www-form-urlencoded</c>) besides JSON.</summary>
    public static TBuilder AcceptForms<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new AcceptsForms());

    /// <summary>
    /// Lets in only those with this role. Without it, reading (GET, HEAD) needs <see cref="AccessRole.Viewer"/> and all else <see cref="AccessRole.Operator"/>.
    /// Where no tokens are asked for, everybody may do everything.
    /// </summary>
    public static TBuilder Require<TBuilder>(this TBuilder endpoint, AccessRole role)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new RequiresRole(_ => role));

    /// <summary>Lets in only those with the role that a request needs, where an address is for reading and for writing by the same method.</summary>
    public static TBuilder Require<TBuilder>(this TBuilder endpoint, Func<HttpRequest, AccessRole> role)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new RequiresRole(role));

    /// <summary>Whether who sends a request may do what a role may, for what the endpoint alone does not tell, as whether a page has a button.</summary>
    public static bool May(this HttpContext context, AccessRole role) =>
        !context.RequestServices.GetRequiredService<AccessRule>().TokensRequired || (context.Features.Get<Caller>()?.Role is { } own && RoleRule.Allows(own, role));

    internal sealed class AcceptsForms;

    internal sealed record RequiresRole(Func<HttpRequest, AccessRole> RoleFor);
}

/// <summary>What somebody who was let in may do.</summary>
public enum AccessRole
{
    /// <summary>Reads.</summary>
    Viewer,

    /// <summary>Reads and changes.</summary>
    Operator,

    /// <summary>Executes runs, and nothing else; a viewer or operator may not.</summary>
    Worker,
}
