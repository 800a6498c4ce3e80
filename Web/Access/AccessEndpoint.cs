using Microsoft.AspNetCore.Builder;

namespace Discovery.Web.Access;

/// <summary>What single endpoints ask of the access rule; those with <c>AllowAnonymous()</c> need no token.</summary>
public static class AccessEndpoint
{
    /// <summary>Takes forms of our own pages (<c>application/x-www-form-urlencoded</c>) besides JSON.</summary>
    public static TBuilder AcceptForms<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new AcceptsForms());

    internal sealed class AcceptsForms;
}
