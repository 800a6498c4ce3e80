namespace Discovery.Ingestion.Recipes;

/// <summary>What came of reading a recipe. Disposing it deletes the temporary files that the recipe asked for, after the run.</summary>
public sealed class LoadedRecipe : IDisposable
{
    private readonly IReadOnlyList<string> _temporaryFiles;

    internal LoadedRecipe(Recipe? recipe, IReadOnlyList<RecipeProblem> problems, IReadOnlyList<string> temporaryFiles)
    {
        Recipe = recipe;
        Problems = problems;
        _temporaryFiles = temporaryFiles;
    }

    /// <summary>The recipe, null when there is an error.</summary>
    public Recipe? Recipe { get; }

    /// <summary>Errors and warnings by their place in the file; print each with its own <c>ToString</c>.</summary>
    public IReadOnlyList<RecipeProblem> Problems { get; }

    /// <summary>What keeps the recipe from running; empty exactly when <see cref="Recipe"/> is there.</summary>
    public IEnumerable<RecipeProblem> Errors => Problems.Where(problem => !problem.IsWarning);

    /// <summary>What a person should look at.</summary>
    public IEnumerable<RecipeProblem> Warnings => Problems.Where(problem => problem.IsWarning);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var file in _temporaryFiles)
        {
            File.Delete(file);
        }
    }
}
