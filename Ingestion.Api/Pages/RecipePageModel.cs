using System.Text.Encodings.Web;
using System.Text.Json;
using Discovery.Ingestion.Api.Pages.Pictures;
using Discovery.Ingestion.Api.Pages.Words;
using Discovery.Ingestion.Api.Recipes;
using Discovery.Ingestion.Api.Runs;
using Discovery.Ingestion.Api.Store;
using Discovery.Ingestion.Control;

namespace Discovery.Ingestion.Api.Pages;

/// <summary>What the page of a recipe shows.</summary>
/// <param name="Recipe">The recipe.</param>
/// <param name="Content">The version that runs, secrets left out, as indented JSON; null where there is none.</param>
/// <param name="Trend">The last complete runs, the oldest first.</param>
/// <param name="Runs">The newest runs.</param>
/// <param name="Now">When the page is made.</param>
public sealed record RecipePageModel(RecipeView Recipe, string? Content, IReadOnlyList<TrendPoint> Trend, IReadOnlyList<RunView> Runs, DateTimeOffset Now)
{
    private const int TrendRuns = 30;
    private const int NewestRuns = 20;

    // It is shown as text, in which Razor encodes what HTML must not have.
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>Null where there is no such recipe.</returns>
    internal static RecipePageModel? Read(RecipeViews views, ControlStore store, ActiveRuns active, DateTimeOffset now, string name)
    {
        if (views.Find(name) is not { } recipe)
        {
            return null;
        }
        var (complete, newest) = store.Read(connection =>
        {
            var runs = new RunTable(connection);
            return (
                runs.List(new RunFilter(name, Word.Of(RunState.Succeeded), Word.Of(RunKind.Run), null, null), null, TrendRuns),
                runs.List(new RunFilter(name, null, null, null, null), null, NewestRuns));
        });
        complete.Reverse();
        return new RecipePageModel(recipe, Indent(recipe.Content), [.. complete.Select(active.View).Select(run => Point(run, now))], [.. newest.Select(active.View)], now);
    }

    private static TrendPoint Point(RunView run, DateTimeOffset now) =>
        new(run.Id, run.Started ?? run.Queued, RunWords.Duration(run, now) ?? TimeSpan.Zero, RunWords.Entities(run));

    private static string? Indent(string? json)
    {
        if (json is null)
        {
            return null;
        }
        using var document = JsonDocument.Parse(json);
        return JsonSerializer.Serialize(document, Indented);
    }
}
