using System.Security.Cryptography;
using System.Text;
using Discovery.Ingestion.Api.Store;
using Discovery.Ingestion.Recipes;

namespace Discovery.Ingestion.Api.Recipes;

/// <summary>A recipe of the folder.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsGood">Whether the file can be run as it is now.</param>
/// <param name="Problems">What is wrong with the file or worth a warning.</param>
/// <param name="Good">What runs; null where the recipe never was good.</param>
internal sealed record HeldRecipe(string Name, bool IsGood, IReadOnlyList<string> Problems, GoodRecipe? Good)
{
    /// <summary>Reads what lies in the folder; where it is bad, what was good last stays.</summary>
    public static HeldRecipe Of(RecipeSource source, GoodRecipe? lastGood)
    {
        if (source.Bytes is null)
        {
            return new HeldRecipe(source.Name, IsGood: false, [source.Fault!], lastGood);
        }
        string content;
        try
        {
            content = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(source.Bytes);
        }
        catch (DecoderFallbackException)
        {
            return new HeldRecipe(source.Name, IsGood: false, [$"{source.FileName} is not UTF-8: save it as UTF-8."], lastGood);
        }
        var (good, problems) = GoodRecipe.Load(new StoredRecipe(HashOf(source), source.FileName, content));
        return new HeldRecipe(source.Name, good is not null, problems, good ?? lastGood);
    }

    public static string HashOf(RecipeSource source) =>
        Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes(source.FileName), 0, .. source.Bytes ?? []]));
}

/// <summary>A version of a recipe that can be run.</summary>
internal sealed record GoodRecipe(StoredRecipe Stored, Recipe Recipe)
{
    /// <summary>The executor of recipes that name none, in DataHub's words; any worker here.</summary>
    private const string AnyWorker = "default";

    /// <summary>The label that a worker must have; null where any worker will do.</summary>
    public string? Label => Recipe.Deployment?.Label is { } label and not AnyWorker ? label : null;

    public CronSchedule? Schedule => Recipe.Deployment?.Schedule;

    /// <summary>Checks a content without resolving its variables, which workers alone have.</summary>
    public static (GoodRecipe? Good, IReadOnlyList<string> Problems) Load(StoredRecipe stored)
    {
        using var loaded = new RecipeLoader { VariablesElsewhere = true }.Load(stored.FileName, Encoding.UTF8.GetBytes(stored.Content), RecipeFile.FormatOf(stored.FileName) ?? RecipeFormat.Yaml);
        return (loaded.Recipe is null ? null : new GoodRecipe(stored, loaded.Recipe), [.. loaded.Problems.Select(problem => problem.ToString())]);
    }
}
