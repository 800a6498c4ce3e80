using Discovery.Catalog.Endpoints.OpenApi;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Catalog.Endpoints;

/// <summary>GMS's endpoints below <c>/openapi</c>.</summary>
internal static class OpenApiEndpoints
{
    /// <summary>All that GMS has, offered or not.</summary>
    public static IReadOnlyList<GmsEndpoint> All { get; } =
    [
        .. EntityReads.Endpoints,
        .. EntityWrites.Endpoints,
        .. RelationshipEndpoints.Endpoints,
        .. TimelineEndpoints.Endpoints,
        .. TraceEndpoints.Endpoints,
        .. RegistryEndpoints.Endpoints,
        .. ApiDocs.Endpoints,
        .. OtherEndpoints.Endpoints,
    ];

    public static void Map(IEndpointRouteBuilder routes) => GmsRoutes.Map(routes, All);
}
