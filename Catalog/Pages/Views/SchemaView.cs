using System.Text.Json;
using Discovery.Catalog.Store;
using Discovery.Metadata;

namespace Discovery.Catalog.Pages.Views;

/// <summary>The fields and foreign keys of a dataset, from <c>schemaMetadata</c> and <c>editableSchemaMetadata</c>.</summary>
/// <param name="Fields">The fields in the order of the schema, each followed by those inside it.</param>
/// <param name="ForeignKeys">The foreign keys.</param>
public sealed record SchemaView(IReadOnlyList<FieldView> Fields, IReadOnlyList<ForeignKeyView> ForeignKeys)
{
    /// <summary>Reads the schema of a dataset as its source gave it, without what people wrote to it; null where it has none.</summary>
    internal static SchemaView? Read(StoreReader store, string dataset) => store.Read(dataset, "schemaMetadata") is { } aspect ? Read(new AspectSet([aspect])) : null;

    /// <summary>Reads the schema of a dataset; null where it has none.</summary>
    public static SchemaView? Read(AspectSet aspects)
    {
        var schema = aspects["schemaMetadata"];
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return null;
        }
        var edits = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var edit in aspects["editableSchemaMetadata"].Items("editableSchemaFieldInfo"))
        {
            edits[edit.Text("fieldPath") ?? ""] = edit;
        }
        var primaryKeys = schema.Texts("primaryKeys").ToHashSet(StringComparer.Ordinal);
        var fields = schema.Items("fields").Select(field => FieldView.Read(field, edits, primaryKeys)).ToList();
        return new SchemaView(FieldTree.Order(fields), [.. schema.Items("foreignKeys").Select(ForeignKeyView.Read)]);
    }
}

/// <summary>A field of a schema.</summary>
public sealed record FieldView
{
    /// <summary>The path as the schema writes it; the second part of the field's urn.</summary>
    public required string Path { get; init; }

    /// <summary>The path, taken apart.</summary>
    public required FieldPath Place { get; init; }

    /// <summary>What is shown: the path without that of the field around it.</summary>
    public required string Name { get; init; }

    /// <summary>How many fields stand around it.</summary>
    public int Depth { get; init; }

    /// <summary>DataHub's type in lower case, such as <c>number</c>; null where the schema does not say.</summary>
    public string? Type { get; init; }

    /// <summary>The type as the source calls it, such as <c>VARCHAR(20)</c>.</summary>
    public string? NativeType { get; init; }

    /// <summary>Whether it may be null.</summary>
    public bool Nullable { get; init; }

    /// <summary>Whether it is part of the key.</summary>
    public bool IsKey { get; init; }

    /// <summary>The comment of the source.</summary>
    public string? Comment { get; init; }

    /// <summary>What people wrote about it in the catalog, as Markdown.</summary>
    public string? Documentation { get; init; }

    /// <summary>Urns of its tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Urns of its glossary terms.</summary>
    public IReadOnlyList<string> Terms { get; init; } = [];

    internal static FieldView Read(JsonElement field, Dictionary<string, JsonElement> edits, HashSet<string> primaryKeys)
    {
        var path = field.Text("fieldPath") ?? "";
        var place = FieldPath.Parse(path);
        var edit = edits.GetValueOrDefault(path);
        return new FieldView
        {
            Path = path,
            Place = place,
            Name = place.ToString(),
            Type = TypeName(field.Member("type").Member("type")),
            NativeType = field.Text("nativeDataType"),
            Nullable = field.Flag("nullable"),
            IsKey = field.Flag("isPartOfKey") || place.IsKey || primaryKeys.Contains(path),
            Comment = field.Text("description"),
            Documentation = edit.Text("description"),
            Tags = Both(field, edit, "globalTags", "tags", "tag"),
            Terms = Both(field, edit, "glossaryTerms", "terms", "urn"),
        };
    }

    /// <summary><c>{"com.linkedin.schema.NumberType": {}}</c> is <c>number</c>.</summary>
    private static string? TypeName(JsonElement type)
    {
        if (type.ValueKind != JsonValueKind.Object || type.EnumerateObject().Select(member => member.Name).FirstOrDefault() is not { } name)
        {
            return null;
        }
        name = name[(name.LastIndexOf('.') + 1)..];
        return (name.EndsWith("Type", StringComparison.Ordinal) ? name[..^4] : name).ToLowerInvariant();
    }

    private static List<string> Both(JsonElement field, JsonElement edit, string aspect, string array, string member) =>
        [.. field.Member(aspect).Texts(array, member).Concat(edit.Member(aspect).Texts(array, member)).Distinct(StringComparer.Ordinal)];
}

/// <summary>A foreign key.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">Paths of the columns of this dataset.</param>
/// <param name="Dataset">Urn of the dataset that is referred to.</param>
/// <param name="ForeignColumns">Paths of the columns there.</param>
public sealed record ForeignKeyView(string Name, IReadOnlyList<string> Columns, string Dataset, IReadOnlyList<string> ForeignColumns)
{
    internal static ForeignKeyView Read(JsonElement key) => new(
        key.Text("name") ?? "",
        [.. key.Texts("sourceFields").Select(EntityNames.FromUrn)],
        key.Text("foreignDataset") ?? "",
        [.. key.Texts("foreignFields").Select(EntityNames.FromUrn)]);
}
