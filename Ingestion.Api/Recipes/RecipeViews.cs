using Discovery.Ingestion.Api.Runs;
using Discovery.Ingestion.Api.Store;
using Discovery.Ingestion.Control;
using Discovery.Ingestion.Recipes;

namespace Discovery.Ingestion.Api.Recipes;

/// <summary>Recipes as they are told to others, with their runs.</summary>
internal sealed class RecipeViews(RecipeBook recipes, ControlStore store, ActiveRuns active, TimeProvider time)
{
    private const int Firings = 5;

    /// <summary>A part of all recipes.</summary>
    /// <param name="limit">At most so many.</param>
    /// <param name="after">The name of the last one of the part before; null for the first part.</param>
    public Page<RecipeView> List(int limit, string? after)
    {
        var part = recipes.All.Where(recipe => after is null || string.CompareOrdinal(recipe.Name, after) > 0).Take(limit + 1).ToList();
        return store.Read(connection => part.ToPage(limit, recipe => View(recipe, connection), recipe => recipe.Name));
    }

    public RecipeView? Find(string name) => recipes.Find(name) is { } recipe ? store.Read(connection => View(recipe, connection)) : null;

    private RecipeView View(HeldRecipe recipe, StoreConnection connection)
    {
        var runs = new RunTable(connection);
        var good = recipe.Good;
        return new RecipeView
        {
            Name = recipe.Name,
            Title = good?.Recipe.Deployment?.Name,
            Source = good?.Recipe.Source.Name,
            Sink = good?.Recipe.Sink.Name,
            Label = good?.Label,
            Schedule = good?.Schedule is { } schedule ? View(schedule, new ScheduleTable(connection).Find(recipe.Name)) : null,
            IsGood = recipe.IsGood,
            Problems = recipe.Problems,
            Version = good?.Stored.Version,
            Content = good?.Recipe.RedactedJson,
            LastRun = runs.LastEnded(recipe.Name) is { } last ? active.View(last) : null,
            CurrentRun = runs.Current(recipe.Name) is { } current ? active.View(current) : null,
        };
    }

    private ScheduleView View(CronSchedule schedule, ScheduleRow? stored)
    {
        var firings = new List<DateTimeOffset>();
        for (var next = schedule.Next(time.GetUtcNow()); next is not null && firings.Count < Firings; next = schedule.Next(next.Value))
        {
            firings.Add(next.Value);
        }
        return new ScheduleView(schedule.Cron, schedule.TimeZone, stored?.InItsZone(), firings);
    }
}
