using System.Text;
using Discovery.Metadata.Model;

namespace Discovery.Catalog.Pages.Views;

/// <summary>Entity types in words for people: <c>dataJob</c> is "Data job", and many are "Data jobs".</summary>
internal static class EntityTypeNames
{
    private static readonly Lazy<Dictionary<string, string>> ByGraphQlName = new(() => AspectRegistry.Instance.Entities.Keys
        .ToDictionary(type => type == "corpuser" ? "CORP_USER" : Words(type, '_'), StringComparer.OrdinalIgnoreCase));

    public static string Singular(string entityType) => entityType switch
    {
        "corpuser" => "User",
        "corpGroup" => "Group",
        "" => "Entity",
        _ => char.ToUpperInvariant(entityType[0]) + Words(entityType, ' ')[1..],
    };

    public static string Plural(string entityType)
    {
        var name = Singular(entityType);
        return name.EndsWith('y') ? $"{name[..^1]}ies" : $"{name}s";
    }

    /// <summary>The entity type that GraphQL writes as <c>DATA_JOB</c>; what is no such name stays as it is.</summary>
    public static string FromGraphQl(string name) => ByGraphQlName.Value.GetValueOrDefault(name, name);

    /// <summary><c>dataJob</c> is <c>data job</c>.</summary>
    private static string Words(string entityType, char separator)
    {
        var words = new StringBuilder(entityType.Length + 4);
        for (var i = 0; i < entityType.Length; i++)
        {
            if (i > 0 && char.IsUpper(entityType[i]) && char.IsLower(entityType[i - 1]))
            {
                words.Append(separator);
            }
            words.Append(char.ToLowerInvariant(entityType[i]));
        }
        return words.ToString();
    }
}
