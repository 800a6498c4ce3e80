using System.Collections.Frozen;
using System.Text;
using Discovery.Catalog.Model;

namespace Discovery.Catalog.Search;

/// <summary>The names of entity types in GraphQL: <c>dataset</c> is DATASET, <c>dataHubIngestionSource</c> is INGESTION_SOURCE.</summary>
public static class EntityTypeNames
{
    private const string DroppedPrefix = "DATA_HUB_";

    private static readonly FrozenDictionary<string, string> GraphQl =
        Annotations.Instance.Entities.Keys.ToFrozenDictionary(name => name, MakeGraphQl, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> ByLooseName = GraphQl
        .SelectMany(entry => new[] { entry.Key, entry.Value }.Select(name => (Loose: Loose(name), entry.Key)))
        .DistinctBy(entry => entry.Loose)
        .ToFrozenDictionary(entry => entry.Loose, entry => entry.Key, StringComparer.Ordinal);

    /// <summary>The name in GraphQL; text that names no type stays as it is.</summary>
    public static string ToGraphQl(string entityType) => GraphQl.GetValueOrDefault(entityType, entityType);

    /// <summary>The entity type of a name in either form, without regard to case; null where there is none.</summary>
    public static string? Parse(string name) => ByLooseName.GetValueOrDefault(Loose(name));

    /// <summary>A value of a field as the index has it: entity types come in either form.</summary>
    internal static string Normalize(string field, string value) =>
        IndexSchema.Trim(field) == IndexSchema.EntityTypeField ? Parse(value) ?? value : value;

    private static string Loose(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    private static string MakeGraphQl(string entityType)
    {
        switch (entityType)
        {
            case "corpuser":
                return "CORP_USER";
            case var ml when ml.StartsWith("ml", StringComparison.Ordinal):
                return "ML" + MakeGraphQl(char.ToLowerInvariant(ml[2]) + ml[3..]);
        }
        var name = new StringBuilder();
        foreach (var letter in entityType)
        {
            if (char.IsAsciiLetterUpper(letter) && name.Length > 0)
            {
                name.Append('_');
            }
            name.Append(char.ToUpperInvariant(letter));
        }
        var text = name.ToString();
        return text.StartsWith(DroppedPrefix, StringComparison.Ordinal) ? text[DroppedPrefix.Length..] : text;
    }
}
