using Microsoft.AspNetCore.Routing;

namespace Discovery.Catalog.Endpoints;

/// <summary>GMS's endpoints of the RestLi family.</summary>
internal static class RestLiEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
    }
}
