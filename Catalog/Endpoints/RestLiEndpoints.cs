using Discovery.Catalog.Endpoints.RestLi;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Catalog.Endpoints;

/// <summary>GMS's endpoints in the style of Rest.li.</summary>
internal static class RestLiEndpoints
{
    /// <summary>All that GMS has, offered or not.</summary>
    public static IReadOnlyList<GmsEndpoint> All { get; } =
    [
        .. ServiceEndpoints.Endpoints,
        .. AspectsResource.Endpoints,
        .. EntitiesResource.Endpoints,
        .. SearchActions.Endpoints,
        .. EntitiesV2Resource.Endpoints,
        .. RunsResource.Endpoints,
        .. RelationshipsResource.Endpoints,
        .. OperationsResource.Endpoints,
    ];

    public static void Map(IEndpointRouteBuilder routes) => GmsRoutes.Map(routes, All);
}
