using System.Collections.Frozen;
using Discovery.Ingestion.Api.Store;
using Microsoft.Extensions.Logging;

namespace Discovery.Ingestion.Api.Recipes;

/// <summary>The recipes as the folder had them when it was read last.</summary>
internal sealed class RecipeBook(ControlSettings settings, ControlStore store, TimeProvider time, ILogger<RecipeBook> logger) : IDisposable
{
    private readonly RecipeFolder _folder = new(settings.RecipeFolder);
    private readonly SemaphoreSlim _reading = new(1);
    private FrozenDictionary<string, (string Hash, HeldRecipe Recipe)> _recipes = FrozenDictionary<string, (string, HeldRecipe)>.Empty;
    private bool _isRestored;
    private DateTime _stamp;

    /// <summary>Why the folder cannot be read; null where it can. What it had last stays.</summary>
    public string? FolderFault { get; private set; }

    /// <summary>All of them by their names.</summary>
    public IEnumerable<HeldRecipe> All => _recipes.Values.Select(entry => entry.Recipe).OrderBy(recipe => recipe.Name, StringComparer.Ordinal);

    public HeldRecipe? Find(string name) => _recipes.TryGetValue(name, out var entry) ? entry.Recipe : null;

    /// <summary>Reads the folder where a file was put into it, replaced or removed since it was read last.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    public Task RefreshAsync(CancellationToken cancellationToken) =>
        Directory.GetLastWriteTimeUtc(settings.RecipeFolder) == _stamp ? Task.CompletedTask : ReadAsync(cancellationToken);

    /// <summary>Reads the folder, and takes what has changed.</summary>
    /// <exception cref="StoreUnavailableException">What has changed cannot be stored, and was not taken.</exception>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            Restore();
            var stamp = Directory.GetLastWriteTimeUtc(settings.RecipeFolder);
            if (ReadFolder() is not { } sources)
            {
                return;
            }
            var recipes = new Dictionary<string, (string Hash, HeldRecipe Recipe)>(StringComparer.Ordinal);
            foreach (var source in sources)
            {
                var hash = HeldRecipe.HashOf(source) + source.Fault;
                var known = _recipes.GetValueOrDefault(source.Name);
                recipes.Add(source.Name, known.Hash == hash ? known : (hash, HeldRecipe.Of(source, known.Recipe?.Good)));
            }
            await TakeAsync(recipes);
            _stamp = stamp;
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();

    // What was good when the program ran before.
    private void Restore()
    {
        if (_isRestored)
        {
            return;
        }
        _recipes = store.Read(connection => new RecipeTable(connection).All())
            .Select(entry => (entry.Name, GoodRecipe.Load(entry.Recipe).Good))
            .ToFrozenDictionary(entry => entry.Name, entry => ("", new HeldRecipe(entry.Name, IsGood: false, ["The file was not read yet."], entry.Good)), StringComparer.Ordinal);
        _isRestored = true;
    }

    private List<RecipeSource>? ReadFolder()
    {
        try
        {
            var sources = _folder.Read();
            FolderFault = null;
            return sources;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var fault = $"The folder of the recipes, {_folder.Path}, cannot be read: {e.Message}";
            if (FolderFault != fault)
            {
                ControlLog.FolderUnreadable(logger, _folder.Path, e.Message);
            }
            FolderFault = fault;
            return null;
        }
    }

    private async Task TakeAsync(Dictionary<string, (string Hash, HeldRecipe Recipe)> recipes)
    {
        var changed = recipes.Values.Where(entry => _recipes.GetValueOrDefault(entry.Recipe.Name).Hash != entry.Hash).Select(entry => entry.Recipe).ToList();
        var removed = _recipes.Keys.Where(name => !recipes.ContainsKey(name)).ToList();
        if (changed.Count == 0 && removed.Count == 0)
        {
            return;
        }
        await store.WriteAsync(connection =>
        {
            var table = new RecipeTable(connection);
            var schedules = new ScheduleTable(connection);
            foreach (var recipe in changed)
            {
                Save(recipe, table, schedules);
            }
            foreach (var name in removed)
            {
                table.Remove(name);
                schedules.Remove(name);
            }
            return recipes.ToFrozenDictionary(StringComparer.Ordinal);
        }, committed => Volatile.Write(ref _recipes, committed));
        foreach (var recipe in changed.Where(recipe => !recipe.IsGood))
        {
            ControlLog.RecipeBad(logger, recipe.Name, recipe.Problems[0], recipe.Good is null ? "it cannot be run" : "its last good version stays in use");
        }
    }

    private void Save(HeldRecipe recipe, RecipeTable table, ScheduleTable schedules)
    {
        if (recipe.Good is not { } good)
        {
            return;
        }
        table.Save(recipe.Name, good.Stored);
        if (good.Schedule is not { } schedule)
        {
            schedules.Remove(recipe.Name);
            return;
        }
        // A schedule that stays as it is keeps its slot, which may have come while the program was away.
        if (schedules.Find(recipe.Name) is not { } kept || kept.Cron != schedule.Cron || kept.TimeZone != schedule.TimeZone)
        {
            schedules.Save(new ScheduleRow(recipe.Name, schedule.Cron, schedule.TimeZone, schedule.Next(time.GetUtcNow())));
        }
    }
}
