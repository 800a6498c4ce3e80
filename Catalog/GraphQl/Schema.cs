using System.Reflection;
using Discovery.Catalog.GraphQl.Syntax;

namespace Discovery.Catalog.GraphQl;

/// <summary>The types that requests can name: those of <c>schema.graphqls</c>, and one for each entity type of DataHub's model that it leaves out.</summary>
internal sealed class Schema
{
    private static readonly Lazy<Schema> LazyInstance = new(Load);

    private readonly Dictionary<string, SchemaType> _types;

    public Schema(IEnumerable<SchemaType> types)
    {
        _types = types.ToDictionary(type => type.Name, StringComparer.Ordinal);
        foreach (var type in _types.Values)
        {
            foreach (var name in type.Interfaces)
            {
                _types[name].PossibleTypes.Add(type.Name);
            }
        }
    }

    /// <summary>The schema of the catalog.</summary>
    public static Schema Instance => LazyInstance.Value;

    /// <summary>All types, in order of name.</summary>
    public IEnumerable<SchemaType> Types => _types.Values.OrderBy(type => type.Name, StringComparer.Ordinal);

    /// <summary>A type by name; null where there is none.</summary>
    public SchemaType? Find(string name) => _types.GetValueOrDefault(name);

    /// <summary>The type inside all brackets of a reference.</summary>
    public SchemaType this[TypeReference reference] => _types[reference.Innermost];

    /// <summary>Whether an object of a type can be where another type is asked for.</summary>
    public bool IsPossible(string objectType, string asked) => objectType == asked || _types[asked].PossibleTypes.Contains(objectType);

    private static Schema Load()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("schema.graphqls")!;
        using var reader = new StreamReader(stream);
        var types = SchemaParser.Parse(reader.ReadToEnd());
        var known = types.Select(type => type.Name).ToHashSet(StringComparer.Ordinal);
        types.Add(new SchemaType(TypeKind.ENUM, "EntityType", "Entity types of DataHub's model.")
        {
            EnumValues = [.. EntityTypes.All.Select(entity => entity.Symbol).Distinct().Order(StringComparer.Ordinal).Select(symbol => new EnumValue(symbol, null))],
        });
        types.AddRange(EntityTypes.All.Where(entity => !known.Contains(entity.ObjectType)).Select(entity => new SchemaType(TypeKind.OBJECT, entity.ObjectType, null)
        {
            Interfaces = ["Entity"],
            Fields =
            [
                new SchemaField("urn", null, [], new TypeReference("String", null, true), []),
                new SchemaField("type", null, [], new TypeReference("EntityType", null, true), []),
            ],
        }));
        return new Schema(types);
    }
}

/// <summary>Kinds of types, in the words of introspection.</summary>
internal enum TypeKind
{
    SCALAR,
    OBJECT,
    INTERFACE,
    UNION,
    ENUM,
    INPUT_OBJECT,
}

/// <summary>A named type.</summary>
internal sealed record SchemaType(TypeKind Kind, string Name, string? Description)
{
    /// <summary>Of objects and interfaces.</summary>
    public IReadOnlyList<SchemaField> Fields { get; init; } = [];

    /// <summary>Of input objects.</summary>
    public IReadOnlyList<InputField> InputFields { get; init; } = [];

    /// <summary>Of objects.</summary>
    public IReadOnlyList<string> Interfaces { get; init; } = [];

    /// <summary>Of enums.</summary>
    public IReadOnlyList<EnumValue> EnumValues { get; init; } = [];

    /// <summary>Of unions and interfaces.</summary>
    public List<string> PossibleTypes { get; } = [];

    /// <summary>Whether fields of it are selected.</summary>
    public bool IsComposite => Kind is TypeKind.OBJECT or TypeKind.INTERFACE or TypeKind.UNION;

    /// <summary>A field by name; null where there is none.</summary>
    public SchemaField? Field(string name) => Fields.FirstOrDefault(field => field.Name == name);
}

/// <summary>A field of an object.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is.</param>
/// <param name="Arguments">What it takes.</param>
/// <param name="Type">What it gives.</param>
/// <param name="Path">Where it is in the source, see <c>schema.graphqls</c>.</param>
internal sealed record SchemaField(string Name, string? Description, IReadOnlyList<InputField> Arguments, TypeReference Type, IReadOnlyList<string> Path);

/// <summary>An argument, or a member of an input object.</summary>
internal sealed record InputField(string Name, string? Description, TypeReference Type, Literal? Default);

/// <summary>A word of an enum.</summary>
internal sealed record EnumValue(string Name, string? Description);
