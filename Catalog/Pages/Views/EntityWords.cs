using System.Text;

namespace Discovery.Catalog.Pages.Views;

/// <summary>Entity types in words for people: <c>dataJob</c> is "Data job", and many are "Data jobs".</summary>
internal static class EntityWords
{
    public static string Singular(string entityType) => entityType switch
    {
        "corpuser" => "User",
        "corpGroup" => "Group",
        "" => "Entity",
        _ => char.ToUpperInvariant(entityType[0]) + Words(entityType)[1..],
    };

    public static string Plural(string entityType)
    {
        var name = Singular(entityType);
        return name.EndsWith('y') ? $"{name[..^1]}ies" : $"{name}s";
    }

    /// <summary><c>dataJob</c> is <c>data job</c>.</summary>
    private static string Words(string entityType)
    {
        var words = new StringBuilder(entityType.Length + 4);
        for (var i = 0; i < entityType.Length; i++)
        {
            if (i > 0 && char.IsUpper(entityType[i]) && char.IsLower(entityType[i - 1]))
            {
                words.Append(' ');
            }
            words.Append(char.ToLowerInvariant(entityType[i]));
        }
        return words.ToString();
    }
}
