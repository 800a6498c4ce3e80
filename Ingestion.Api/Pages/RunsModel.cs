using Discovery.Ingestion.Api.Endpoints;
using Discovery.Ingestion.Api.Recipes;
using Discovery.Ingestion.Api.Runs;
using Discovery.Ingestion.Api.Store;
using Discovery.Ingestion.Control;
using Microsoft.AspNetCore.Http;

namespace Discovery.Ingestion.Api.Pages;

/// <summary>What the list of runs shows.</summary>
/// <param name="Runs">A part of them, the newest first.</param>
/// <param name="Recipe">Only those of this recipe; null for all.</param>
/// <param name="State">Only those with this state, as the API writes it.</param>
/// <param name="Kind">Only those of this kind.</param>
/// <param name="Cursor">Where this part began; null for the first.</param>
/// <param name="RecipeNames">Names that can be chosen.</param>
public sealed record RunsModel(Page<RunView> Runs, string? Recipe, string? State, string? Kind, string? Cursor, IReadOnlyList<string> RecipeNames)
{
    private const int PageSize = 50;
    private const int MostNames = 500;

    /// <exception cref="Refusal">The query has a word that is none.</exception>
    internal static RunsModel Read(ControlStore store, ActiveRuns active, RecipeBook recipes, IQueryCollection query)
    {
        var (recipe, cursor) = (PageQuery.Value(query, "recipe"), Query.Cursor(PageQuery.Value(query, "cursor")));
        var (state, kind) = (Query.Word<RunState>("state", PageQuery.Value(query, "state")), Query.Word<RunKind>("kind", PageQuery.Value(query, "kind")));
        var runs = store.Read(connection => new RunTable(connection).List(new RunFilter(recipe, state, kind, null, null), cursor, PageSize + 1));
        return new RunsModel(
            runs.ToPage(PageSize, active.View, run => run.Id), recipe, state, kind, cursor, [.. recipes.All.Take(MostNames).Select(held => held.Name)]);
    }
}
