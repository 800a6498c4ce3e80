namespace Discovery.Ingestion.Recipes.Filters;

/// <summary>Characters that Python takes as equal but for their case, and .NET does not.</summary>
internal static class CaseVariants
{
    private static readonly string[] Equal = ["iIİı", "sSſ"];

    /// <summary>What a set with this range has to hold besides, to match the same texts as in Python.</summary>
    public static string Of(char low, char high) =>
        string.Concat(Equal.Where(group => group.Any(member => low <= member && member <= high)));
}
