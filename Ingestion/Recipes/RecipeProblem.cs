namespace Discovery.Ingestion.Recipes;

/// <summary>What is wrong with a recipe, or worth a warning; without secrets.</summary>
/// <param name="File">Name of the recipe as it was given, <c>&lt;stdin&gt;</c> for the standard input.</param>
/// <param name="Position">Where, or zeros when it is about the file as a whole.</param>
/// <param name="IsWarning">Whether the recipe runs all the same.</param>
/// <param name="Message">What is wrong and what to do.</param>
public sealed record RecipeProblem(string File, RecipePosition Position, bool IsWarning, string Message)
{
    /// <summary>As compilers print it: <c>recipe.yml:7:5: error: ...</c>.</summary>
    public override string ToString()
    {
        var place = Position.Line > 0 ? $"{File}:{Position.Line}:{Position.Column}" : File;
        return $"{place}: {(IsWarning ? "warning" : "error")}: {Message}";
    }
}

/// <summary>Collects problems while a recipe is read, in the order in which they are found.</summary>
internal sealed class ProblemList
{
    private readonly List<(RecipePosition Position, bool IsWarning, string Message)> _problems = [];

    public int ErrorCount { get; private set; }

    public void Error(RecipePosition position, string message)
    {
        ErrorCount++;
        _problems.Add((position, false, message));
    }

    public void Warning(RecipePosition position, string message) => _problems.Add((position, true, message));

    /// <summary>All problems by their place, what came through a variable masked.</summary>
    public IReadOnlyList<RecipeProblem> ToList(string file, SecretMasker secrets) =>
    [
        .. _problems.Distinct()
            .OrderBy(problem => problem.Position.Line).ThenBy(problem => problem.Position.Column)
            .Select(problem => new RecipeProblem(file, problem.Position, problem.IsWarning, secrets.Mask(problem.Message))),
    ];
}

/// <summary>A document that cannot be read any further.</summary>
internal sealed class RecipeSyntaxException(RecipePosition position, string message) : Exception(message)
{
    public RecipePosition Position { get; } = position;
}
