using Discovery.Catalog.GraphQl.Syntax;

namespace Discovery.Catalog.GraphQl;

/// <summary>Answers what requests ask about the schema itself.</summary>
internal sealed class Introspection(Schema schema)
{
    private static readonly InputField Condition = new("if", null, new TypeReference("Boolean", null, true), null);

    private static readonly object[] Directives =
    [
        Directive("include", "Leaves the field or fragment out unless the argument is true."),
        Directive("skip", "Leaves the field or fragment out if the argument is true."),
    ];

    /// <summary>The value of <c>__schema</c>.</summary>
    public Dictionary<string, object?> Root => new(StringComparer.Ordinal)
    {
        ["types"] = schema.Types,
        ["queryType"] = schema.Find("Query"),
        ["mutationType"] = schema.Find("Mutation"),
        ["directives"] = Directives,
    };

    /// <summary>A member of a part of the schema.</summary>
    public object? Read(object source, string member) => source switch
    {
        SchemaType type => ReadType(type, member),
        TypeReference { Required: true } reference => member switch { "kind" => "NON_NULL", "ofType" => Unwrap(reference with { Required = false }), _ => null },
        TypeReference { Item: { } item } => member switch { "kind" => "LIST", "ofType" => Unwrap(item), _ => null },
        SchemaField field => member switch
        {
            "name" => field.Name,
            "description" => field.Description,
            "args" => field.Arguments,
            "type" => Unwrap(field.Type),
            "isDeprecated" => false,
            _ => null,
        },
        InputField input => member switch
        {
            "name" => input.Name,
            "description" => input.Description,
            "type" => Unwrap(input.Type),
            // The only defaults of the schema are false.
            "defaultValue" => input.Default is null ? null : "false",
            "isDeprecated" => false,
            _ => null,
        },
        EnumValue value => member switch { "name" => value.Name, "description" => value.Description, "isDeprecated" => false, _ => null },
        _ => null,
    };

    private object? ReadType(SchemaType type, string member) => member switch
    {
        "kind" => type.Kind.ToString(),
        "name" => type.Name,
        "description" => type.Description,
        "fields" => type.Kind is TypeKind.OBJECT or TypeKind.INTERFACE ? type.Fields : null,
        "interfaces" => type.Kind is TypeKind.OBJECT or TypeKind.INTERFACE ? type.Interfaces.Select(schema.Find) : null,
        "possibleTypes" => type.Kind is TypeKind.UNION or TypeKind.INTERFACE ? type.PossibleTypes.Select(schema.Find) : null,
        "enumValues" => type.Kind is TypeKind.ENUM ? type.EnumValues : null,
        "inputFields" => type.Kind is TypeKind.INPUT_OBJECT ? type.InputFields : null,
        "isOneOf" => type.Kind is TypeKind.INPUT_OBJECT ? false : null,
        _ => null,
    };

    // A name stands for the type of this name, all else for itself.
    private object? Unwrap(TypeReference reference) => reference is { Required: false, Name: { } name } ? schema.Find(name) : reference;

    private static Dictionary<string, object?> Directive(string name, string description) => new(StringComparer.Ordinal)
    {
        ["name"] = name,
        ["description"] = description,
        ["locations"] = new[] { "FIELD", "FRAGMENT_SPREAD", "INLINE_FRAGMENT" },
        ["args"] = new[] { Condition },
        ["isRepeatable"] = false,
    };
}
