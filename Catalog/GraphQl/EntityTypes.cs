using System.Text;
using Discovery.Metadata.Model;

namespace Discovery.Catalog.GraphQl;

/// <summary>How GraphQL names the entity types of the model: <c>dataset</c> is <c>DATASET</c> in filters and <c>Dataset</c> as a type.</summary>
internal static class EntityTypes
{
    private static readonly Dictionary<string, string> SpecialSymbols = new(StringComparer.Ordinal)
    {
        ["corpuser"] = "CORP_USER",
        ["mlModel"] = "MLMODEL",
        ["mlModelGroup"] = "MLMODEL_GROUP",
        ["mlFeature"] = "MLFEATURE",
        ["mlFeatureTable"] = "MLFEATURE_TABLE",
        ["mlPrimaryKey"] = "MLPRIMARY_KEY",
    };

    private static readonly Dictionary<string, string> SpecialTypes = new(StringComparer.Ordinal)
    {
        ["corpuser"] = "CorpUser",
        ["mlModel"] = "MLModel",
        ["mlModelGroup"] = "MLModelGroup",
        ["mlFeature"] = "MLFeature",
        ["mlFeatureTable"] = "MLFeatureTable",
        ["mlPrimaryKey"] = "MLPrimaryKey",
        ["schemaField"] = "SchemaFieldEntity",
        ["structuredProperty"] = "StructuredPropertyEntity",
        ["dataType"] = "DataTypeEntity",
        ["entityType"] = "EntityTypeEntity",
        ["ownershipType"] = "OwnershipTypeEntity",
        ["query"] = "QueryEntity",
        ["form"] = "Form",
        ["dataHubIngestionSource"] = "IngestionSource",
        ["dataHubExecutionRequest"] = "ExecutionRequest",
    };

    private static readonly Dictionary<string, EntityTypeName> ByName =
        AspectRegistry.Instance.Entities.Keys.Select(name => new EntityTypeName(name, Symbol(name), ObjectType(name))).ToDictionary(type => type.Name, StringComparer.Ordinal);

    private static readonly Dictionary<string, EntityTypeName> BySymbol = ByName.Values.ToDictionary(type => type.Symbol, StringComparer.Ordinal);

    /// <summary>All of them.</summary>
    public static IReadOnlyCollection<EntityTypeName> All => ByName.Values;

    /// <summary>By the model's name.</summary>
    public static EntityTypeName? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>By GraphQL's name.</summary>
    public static EntityTypeName? FindSymbol(string symbol) => BySymbol.GetValueOrDefault(symbol);

    // dataHubIngestionSource: INGESTION_SOURCE
    private static string Symbol(string name)
    {
        if (SpecialSymbols.TryGetValue(name, out var special))
        {
            return special;
        }
        var symbol = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsAsciiLetterUpper(c) && symbol.Length > 0)
            {
                symbol.Append('_');
            }
            symbol.Append(char.ToUpperInvariant(c));
        }
        const string prefix = "DATA_HUB_";
        var text = symbol.ToString();
        return text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : text;
    }

    private static string ObjectType(string name) => SpecialTypes.TryGetValue(name, out var special) ? special : char.ToUpperInvariant(name[0]) + name[1..];
}

/// <summary>The names of an entity type.</summary>
/// <param name="Name">The model's, such as <c>dataset</c>.</param>
/// <param name="Symbol">In filters and facets, such as <c>DATASET</c>.</param>
/// <param name="ObjectType">As a type, such as <c>Dataset</c>.</param>
internal sealed record EntityTypeName(string Name, string Symbol, string ObjectType);
