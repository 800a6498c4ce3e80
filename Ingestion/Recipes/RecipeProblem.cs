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

/// <summary>Collects problems while a recipe, or another file of settings, is read.</summary>
public sealed class ProblemList
{
    // More than anybody reads; a hostile recipe can have a million.
    private const int MostKept = 200;

    private readonly List<(RecipePosition Position, bool IsWarning, string Message)> _problems = [];

    /// <summary>Errors so far, those that are not kept included.</summary>
    public int ErrorCount { get; private set; }

    /// <summary>Whether further problems are counted and not kept.</summary>
    public bool IsFull => _problems.Count >= MostKept;

    /// <summary>Adds what keeps the file from being used; zeros as the position are for the file as a whole.</summary>
    public void Error(RecipePosition position, string message)
    {
        ErrorCount++;
        Keep(position, isWarning: false, message);
    }

    /// <summary>Adds what a person should look at; zeros as the position are for the file as a whole.</summary>
    public void Warning(RecipePosition position, string message) => Keep(position, isWarning: true, message);

    // The last one kept is an error if there is any, so that a recipe is never refused without a reason.
    private void Keep(RecipePosition position, bool isWarning, string message)
    {
        if (!IsFull)
        {
            _problems.Add((position, isWarning, message));
        }
        else if (!isWarning && _problems[^1].IsWarning)
        {
            _problems[^1] = (position, isWarning, message);
        }
    }

    /// <summary>All problems by their place, each once, with learned secrets masked.</summary>
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
