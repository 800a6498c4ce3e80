namespace Discovery.Ingestion.Recipes;

/// <summary>
/// DataHub's filter: any deny match refuses, else any allow match admits, else the name is refused. Patterns are
/// Python regular expressions matched like <c>re.match</c>: anchored at the start, free at the end.
/// </summary>
public sealed class AllowDenyPattern
{
    /// <summary>Admits everything.</summary>
    public static AllowDenyPattern AllowAll { get; } = new([".*"], [], ignoreCase: true);

    /// <summary>Makes a filter.</summary>
    /// <exception cref="FormatException">A pattern is not a Python regular expression; the message says which and where.</exception>
    public AllowDenyPattern(IReadOnlyList<string> allow, IReadOnlyList<string> deny, bool ignoreCase) => throw new NotImplementedException();

    /// <summary>Whether the filter admits <paramref name="name"/>.</summary>
    public bool Allows(string name) => throw new NotImplementedException();
}
