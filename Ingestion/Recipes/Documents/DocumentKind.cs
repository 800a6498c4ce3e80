namespace Discovery.Ingestion.Recipes.Documents;

/// <summary>What a document is, for messages about it.</summary>
/// <param name="Name">What people call it: <c>recipe</c>.</param>
/// <param name="Keys">The keys that it cannot do without: <c>'source' and 'sink'</c>.</param>
public sealed record DocumentKind(string Name, string Keys)
{
    /// <summary>A recipe.</summary>
    public static DocumentKind Recipe { get; } = new("recipe", "'source' and 'sink'");
}
