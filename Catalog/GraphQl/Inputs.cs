using System.Text.Json;
using Discovery.Catalog.GraphQl.Syntax;

namespace Discovery.Catalog.GraphQl;

/// <summary>
/// Turns variables and arguments into values of the types that the schema asks for: null, text (enum values too), <see cref="long"/>, <see cref="double"/>,
/// <see cref="bool"/>, lists, and dictionaries by name, in which what was left out is not there.
/// </summary>
internal sealed class Inputs(Schema schema)
{
    /// <summary>The variables of an operation.</summary>
    /// <exception cref="GraphQlException">One is missing or has another type.</exception>
    public Dictionary<string, object?> Variables(Operation operation, JsonElement values)
    {
        var result = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var variable in operation.Variables)
        {
            if (values.ValueKind == JsonValueKind.Object && values.TryGetProperty(variable.Name, out var value))
            {
                result[variable.Name] = FromJson(variable.Type, value, $"Variable '${variable.Name}'");
            }
            else if (variable.Default is not null)
            {
                result[variable.Name] = FromLiteral(variable.Type, variable.Default, [], $"Variable '${variable.Name}'");
            }
            else if (variable.Type.Required)
            {
                throw new GraphQlException($"Variable '${variable.Name}' of type {variable.Type} has no value.", variable.Location);
            }
        }
        return result;
    }

    /// <summary>The arguments of a field or directive.</summary>
    /// <exception cref="GraphQlException">One is missing, unknown, or has another type.</exception>
    public Dictionary<string, object?> Arguments(IReadOnlyList<InputField> known, IReadOnlyList<Argument> given, Dictionary<string, object?> variables, string owner, Location at)
    {
        var literals = new Dictionary<string, Literal>(StringComparer.Ordinal);
        foreach (var argument in given)
        {
            literals[argument.Name] = argument.Value;
        }
        return Members(known, literals, variables, owner, at);
    }

    private Dictionary<string, object?> Members(IReadOnlyList<InputField> known, Dictionary<string, Literal> given, Dictionary<string, object?> variables, string owner, Location at)
    {
        if (given.Keys.FirstOrDefault(name => known.All(field => field.Name != name)) is { } unknown)
        {
            throw new GraphQlException($"{owner} has no argument '{unknown}' in this catalog.", given[unknown].Location);
        }
        var result = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var field in known)
        {
            var name = $"Argument '{field.Name}' of {owner}";
            if (given.TryGetValue(field.Name, out var literal) && !(literal.Value is VariableName variable && !variables.ContainsKey(variable.Name)))
            {
                result[field.Name] = FromLiteral(field.Type, literal, variables, name);
            }
            else if (field.Default is not null)
            {
                result[field.Name] = FromLiteral(field.Type, field.Default, [], name);
            }
            else if (field.Type.Required)
            {
                throw new GraphQlException($"{name} is missing.", at);
            }
        }
        return result;
    }

    private object? FromLiteral(TypeReference type, Literal literal, Dictionary<string, object?> variables, string name)
    {
        switch (literal.Value)
        {
            case VariableName variable:
                // Its type was checked against its own declaration; what is left is whether it fits here.
                var value = variables.GetValueOrDefault(variable.Name);
                return Check(type, value, name, literal.Location);
            case null:
                return type.Required ? throw Mismatch(type, name, literal.Location) : null;
            case List<Literal> list:
                return type.Item is { } item ? list.ConvertAll(each => FromLiteral(item, each, variables, name)) : throw Mismatch(type, name, literal.Location);
        }
        if (type.Item is { } single)
        {
            return new List<object?> { FromLiteral(single, literal, variables, name) };
        }
        if (literal.Value is Dictionary<string, Literal> members)
        {
            return schema.Find(type.Name!) is { Kind: TypeKind.INPUT_OBJECT } input
                ? Members(input.InputFields, members, variables, type.Name!, literal.Location)
                : throw Mismatch(type, name, literal.Location);
        }
        return Scalar(type, literal.Value is EnumSymbol symbol ? symbol.Name : literal.Value, literal.Value is EnumSymbol, name, literal.Location);
    }

    private object? FromJson(TypeReference type, JsonElement value, string name)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return type.Required ? throw Mismatch(type, name, null) : null;
        }
        if (type.Item is { } item)
        {
            return value.ValueKind == JsonValueKind.Array
                ? value.EnumerateArray().Select(each => FromJson(item, each, name)).ToList()
                : new List<object?> { FromJson(item, value, name) };
        }
        var named = schema.Find(type.Name!);
        if (named?.Kind == TypeKind.INPUT_OBJECT && value.ValueKind == JsonValueKind.Object)
        {
            return MembersFromJson(named, value, name);
        }
        return value.ValueKind switch
        {
            JsonValueKind.String => Scalar(type, value.GetString(), named?.Kind == TypeKind.ENUM, name, null),
            JsonValueKind.True or JsonValueKind.False => Scalar(type, value.GetBoolean(), false, name, null),
            JsonValueKind.Number => Scalar(type, value.TryGetInt64(out var whole) ? (object)whole : value.GetDouble(), false, name, null),
            _ => throw Mismatch(type, name, null),
        };
    }

    private Dictionary<string, object?> MembersFromJson(SchemaType type, JsonElement value, string name)
    {
        var result = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            var field = type.InputFields.FirstOrDefault(field => field.Name == member.Name)
                ?? throw new GraphQlException($"{name}: {type.Name} has no member '{member.Name}' in this catalog.");
            result[field.Name] = FromJson(field.Type, member.Value, $"{name}.{field.Name}");
        }
        return type.InputFields.FirstOrDefault(field => field.Type.Required && field.Default is null && !result.ContainsKey(field.Name)) is { } missing
            ? throw new GraphQlException($"{name}.{missing.Name} is missing.")
            : result;
    }

    private object? Check(TypeReference type, object? value, string name, Location at) => value switch
    {
        null => type.Required ? throw Mismatch(type, name, at) : null,
        List<object?> list => type.Item is { } item ? list.ConvertAll(each => Check(item, each, name, at)) : throw Mismatch(type, name, at),
        _ when type.Item is { } single => new List<object?> { Check(single, value, name, at) },
        Dictionary<string, object?> => schema.Find(type.Name!)?.Kind == TypeKind.INPUT_OBJECT ? value : throw Mismatch(type, name, at),
        _ => Scalar(type, value, schema.Find(type.Name!)?.Kind == TypeKind.ENUM, name, at),
    };

    private object Scalar(TypeReference type, object? value, bool isSymbol, string name, Location? at)
    {
        var fits = schema.Find(type.Name!) is { Kind: TypeKind.ENUM } symbols
            ? isSymbol && symbols.EnumValues.Any(symbol => symbol.Name == (string?)value)
            : !isSymbol && type.Name switch
            {
                "String" => value is string,
                "ID" => value is string or long,
                "Boolean" => value is bool,
                "Int" => value is long and >= int.MinValue and <= int.MaxValue,
                "Long" => value is long,
                "Float" => value is double or long,
                _ => false,
            };
        return fits ? value! : throw Mismatch(type, name, at);
    }

    private static GraphQlException Mismatch(TypeReference type, string name, Location? at) => new($"{name} is not of type {type}.", at);
}
