using System.Security.Claims;
using System.Text.Json;
using Discovery.Catalog.GraphQl;
using Discovery.Catalog.Search;
using Discovery.Catalog.Store;
using Discovery.Web.Faults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Discovery.Catalog.Endpoints;

/// <summary><c>POST /api/graphql</c></summary>
internal static class GraphQlEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/graphql", AnswerAsync);

    private static async Task AnswerAsync(HttpContext context)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            var request = GraphQlRequest.Read(body.RootElement);
            var store = context.RequestServices.GetRequiredService<CatalogStore>();
            var entities = new EntityNodes(store);
            var roots = new RootFields(
                store,
                context.RequestServices.GetRequiredService<SearchIndex>(),
                entities,
                context.RequestServices.GetRequiredService<TimeProvider>(),
                context.User.FindFirstValue("sub"),
                context.RequestAborted);
            var answer = await request.ExecuteAsync(Schema.Instance, roots.FindAsync, entities);
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = answer.Length;
            await context.Response.Body.WriteAsync(answer, context.RequestAborted);
        }
        catch (JsonException)
        {
            await Fault.WriteAsync(context, StatusCodes.Status400BadRequest, "The body is not JSON.");
        }
        catch (CatalogException e)
        {
            await Fault.WriteAsync(context, StatusCodes.Status400BadRequest, e.Message);
        }
    }
}
