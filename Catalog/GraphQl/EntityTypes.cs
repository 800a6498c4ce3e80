using Discovery.Catalog.Search;
using Discovery.Metadata.Model;

namespace Discovery.Catalog.GraphQl;

/// <summary>How GraphQL names the entity types of the model: <c>dataset</c> is <c>DATASET</c> in filters and <c>Dataset</c> as a type.</summary>
internal static class EntityTypes
{
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
        ["dataHubIngestionSource"] = "IngestionSource",
        ["dataHubExecutionRequest"] = "ExecutionRequest",
    };

    private static readonly Dictionary<string, EntityTypeName> ByName =
        AspectRegistry.Instance.Entities.Keys.Select(name => new EntityTypeName(name, EntityTypeNames.ToGraphQl(name), ObjectType(name))).ToDictionary(type => type.Name, StringComparer.Ordinal);

    /// <summary>All of them.</summary>
    public static IReadOnlyCollection<EntityTypeName> All => ByName.Values;

    /// <summary>By the model's name.</summary>
    public static EntityTypeName? Find(string name) => ByName.GetValueOrDefault(name);

    private static string ObjectType(string name) => SpecialTypes.TryGetValue(name, out var special) ? special : char.ToUpperInvariant(name[0]) + name[1..];
}

/// <summary>The names of an entity type.</summary>
/// <param name="Name">The model's, such as <c>dataset</c>.</param>
/// <param name="Symbol">In filters and facets, such as <c>DATASET</c>.</param>
/// <param name="ObjectType">As a type, such as <c>Dataset</c>.</param>
internal sealed record EntityTypeName(string Name, string Symbol, string ObjectType);
