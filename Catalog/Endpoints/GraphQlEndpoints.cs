using Microsoft.AspNetCore.Routing;

namespace Discovery.Catalog.Endpoints;

/// <summary>GMS's endpoints of the GraphQl family.</summary>
internal static class GraphQlEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
    }
}
