using Microsoft.AspNetCore.Routing;

namespace Discovery.Catalog.Pages;

/// <summary>The pages that people see.</summary>
internal static class PageEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
    }
}
