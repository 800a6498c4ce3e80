using Discovery.Ingestion.Recipes.Filters;

namespace Discovery.Ingestion.Recipes;

/// <summary>
/// DataHub's filter: any deny match refuses, else any allow match admits, else the name is refused. Patterns are
/// Python regular expressions matched like <c>re.match</c>: anchored at the start, free at the end.
/// </summary>
public sealed class AllowDenyPattern
{
    private readonly PythonRegex[] _allow;
    private readonly PythonRegex[] _deny;

    /// <summary>Admits everything.</summary>
    public static AllowDenyPattern AllowAll { get; } = new([".*"], [], ignoreCase: true);

    /// <summary>Makes a filter.</summary>
    /// <exception cref="FormatException">A pattern is not a Python regular expression; the message says which and where.</exception>
    public AllowDenyPattern(IReadOnlyList<string> allow, IReadOnlyList<string> deny, bool ignoreCase)
    {
        ExactNames = [.. allow.Select(ExactName.Of).OfType<string>()];
        _allow = [.. allow.Select(pattern => new PythonRegex(pattern, ignoreCase))];
        _deny = [.. deny.Select(pattern => new PythonRegex(pattern, ignoreCase))];
    }

    /// <summary>The names that the allow patterns give in full, such as <c>shop</c> of <c>^shop$</c>, as the recipe spells them.</summary>
    public IReadOnlyList<string> ExactNames { get; }

    /// <summary>Whether the filter admits <paramref name="name"/>.</summary>
    /// <exception cref="Pipeline.SourceException">A pattern that needs backtracking ran for too long on this name.</exception>
    public bool Allows(string name) =>
        !Array.Exists(_deny, pattern => pattern.IsMatchAtStart(name)) && Array.Exists(_allow, pattern => pattern.IsMatchAtStart(name));
}
