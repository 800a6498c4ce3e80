using System.ComponentModel;
using Discovery.Ingestion.Api.Recipes;
using Discovery.Ingestion.Control;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Ingestion.Api.Endpoints;

/// <summary><c>/api/v1/recipes</c></summary>
internal static class RecipeEndpoints
{
    public static void Map(IEndpointRouteBuilder recipes)
    {
        recipes.MapGet("/", List).WithName("listRecipes").WithSummary("All recipes of the folder, by their names").ProducesProblem(StatusCodes.Status400BadRequest);
        recipes.MapGet("/{name}", Show).WithName("showRecipe").WithSummary("A recipe").ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static Ok<Page<RecipeView>> List(RecipeViews views, [Description(Query.LimitDescription)] int limit = Query.DefaultLimit, [Description(Query.CursorDescription)] string? cursor = null) =>
        TypedResults.Ok(views.List(Query.Limit(limit), Query.Cursor(cursor)));

    private static Ok<RecipeView> Show(RecipeViews views, string name) =>
        TypedResults.Ok(views.Find(name) ?? throw Refusal.NoRecipe(name));
}
