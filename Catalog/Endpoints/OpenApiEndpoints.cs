using Microsoft.AspNetCore.Routing;

namespace Discovery.Catalog.Endpoints;

/// <summary>GMS's endpoints of the OpenApi family.</summary>
internal static class OpenApiEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
    }
}
