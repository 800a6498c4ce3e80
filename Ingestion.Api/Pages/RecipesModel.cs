using Discovery.Ingestion.Api.Recipes;
using Discovery.Ingestion.Api.Runs;
using Discovery.Ingestion.Control;

namespace Discovery.Ingestion.Api.Pages;

/// <summary>What the page of the recipes shows.</summary>
/// <param name="Recipes">A part of them.</param>
/// <param name="BadFiles">Names of those whose files are bad with the first problem of each, at most <see cref="MostBadFiles"/>.</param>
/// <param name="BadCount">How many these are in all.</param>
/// <param name="FolderFault">Why the folder of the recipes cannot be read; null where it can.</param>
/// <param name="Workers">Those that were heard of lately.</param>
/// <param name="Now">When the page is made.</param>
public sealed record RecipesModel(
    Page<RecipeView> Recipes, IReadOnlyList<(string Name, string Problem)> BadFiles, int BadCount, string? FolderFault, IReadOnlyList<WorkerView> Workers, DateTimeOffset Now)
{
    private const int PageSize = 100;
    private const int MostBadFiles = 10;

    internal static RecipesModel Read(RecipeBook book, RecipeViews views, Workers workers, DateTimeOffset now, string? after)
    {
        var bad = book.All.Where(recipe => !recipe.IsGood).ToList();
        return new RecipesModel(
            views.List(PageSize, after), [.. bad.Take(MostBadFiles).Select(recipe => (recipe.Name, recipe.Problems[0]))], bad.Count, book.FolderFault, workers.List(), now);
    }
}
