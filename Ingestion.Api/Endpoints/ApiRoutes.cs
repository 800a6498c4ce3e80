using Discovery.Web.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Ingestion.Api.Endpoints;

/// <summary>All of <c>/api/v1</c>.</summary>
internal static class ApiRoutes
{
    public const string Prefix = "/api/v1";

    private const long MostBytes = 1 << 20;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup(Prefix).AddEndpointFilter<RefusalFilter>().WithMetadata(new RequestSizeLimitAttribute(MostBytes))
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        RecipeEndpoints.Map(api.MapGroup("/recipes").WithTags("Recipes").Require(AccessRole.Viewer));
        RunEndpoints.Map(api.MapGroup("/runs").WithTags("Runs"));
        LogEndpoints.Map(api.MapGroup("/runs").WithTags("Runs").Require(AccessRole.Viewer));
        DiffEndpoints.Map(api.MapGroup("/runs").WithTags("Runs").Require(AccessRole.Viewer));
        WorkerEndpoints.Map(api.MapGroup("/worker").WithTags("For workers").Require(AccessRole.Worker));
        WorkerEndpoints.MapList(api);
        OpenApiDocument.Map(routes);
    }
}
