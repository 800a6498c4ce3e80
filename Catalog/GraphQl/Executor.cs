using System.Collections;
using System.Globalization;
using System.Text.Json;
using Discovery.Catalog.GraphQl.Syntax;
using Discovery.Metadata;

namespace Discovery.Catalog.GraphQl;

/// <summary>Carries out one operation and writes its answer.</summary>
internal sealed class Executor
{
    /// <summary>Most fields of an answer. A scroll of the client, 10,000 entities with their columns, has about a million.</summary>
    private const int MaxFields = 5_000_000;

    // A long text may be asked for under thousands of names.
    private const long MaxBytes = 256 << 20;

    // What every type has at the root besides its own fields.
    private static readonly SchemaField SchemaField = new("__schema", null, [], new TypeReference("__Schema", null, true), []);

    private static readonly SchemaField TypeField =
        new("__type", null, [new InputField("name", null, new TypeReference("String", null, true), null)], new TypeReference("__Type", null, false), []);

    private readonly Schema _schema;
    private readonly Document _document;
    private readonly Dictionary<string, object?> _variables;
    private readonly FindRootField _findRoot;
    private readonly EntityNodes _entities;
    private readonly Inputs _inputs;
    private readonly Introspection _introspection;
    private readonly List<GraphQlError> _errors = [];
    private readonly Stack<object> _path = new();
    private int _written;

    public Executor(Schema schema, Document document, Dictionary<string, object?> variables, FindRootField findRoot, EntityNodes entities)
    {
        _schema = schema;
        _document = document;
        _variables = variables;
        _findRoot = findRoot;
        _entities = entities;
        _inputs = new Inputs(schema);
        _introspection = new Introspection(schema);
    }

    /// <summary>What went wrong in single fields, which are null in the answer.</summary>
    public IReadOnlyList<GraphQlError> Errors => _errors;

    /// <summary>A field of a type by name; of the query also those about the schema. Null where there is none.</summary>
    public static SchemaField? FindField(SchemaType type, string name) => type.Name == "Query" && name is "__schema" or "__type"
        ? name == "__schema" ? SchemaField : TypeField
        : type.Field(name);

    /// <summary>Finds the values at the root one after the other, then writes all.</summary>
    /// <exception cref="GraphQlException">An argument is at fault, or the answer is too large.</exception>
    public async Task WriteAsync(Operation operation, SchemaType root, Utf8JsonWriter writer)
    {
        var fields = Collect([.. operation.Selections], root);
        var values = new List<object?>();
        foreach (var (key, selections) in fields)
        {
            values.Add(await FindRootAsync(root, key, selections[0]));
        }
        writer.WriteStartObject();
        foreach (var ((key, selections), value) in fields.Zip(values))
        {
            WriteField(writer, root, key, selections, value);
        }
        writer.WriteEndObject();
    }

    private async Task<object?> FindRootAsync(SchemaType root, string key, FieldSelection selection)
    {
        if (selection.Name == "__typename")
        {
            return root.Name;
        }
        var arguments = Arguments(FindField(root, selection.Name)!, selection);
        try
        {
            return selection.Name switch
            {
                "__schema" => _introspection.Root,
                "__type" => _schema.Find((string)arguments["name"]!),
                _ => await _findRoot(selection.Name, arguments),
            };
        }
        catch (CatalogException e)
        {
            _errors.Add(new GraphQlError(e.Message, selection.Location, [key]));
            return null;
        }
    }

    private Dictionary<string, object?> Arguments(SchemaField field, FieldSelection selection) =>
        _inputs.Arguments(field.Arguments, selection.Arguments, _variables, $"the field '{field.Name}'", selection.Location);

    private void WriteObject(Utf8JsonWriter writer, SchemaType type, IReadOnlyList<Selection> selections, object source)
    {
        writer.WriteStartObject();
        foreach (var (key, fields) in Collect(selections, type))
        {
            var name = fields[0].Name;
            WriteField(writer, type, key, fields, name == "__typename" ? type.Name : Read(source, FindField(type, name)!));
        }
        writer.WriteEndObject();
    }

    private void WriteField(Utf8JsonWriter writer, SchemaType type, string key, List<FieldSelection> fields, object? value)
    {
        if (++_written > MaxFields || writer.BytesCommitted + writer.BytesPending > MaxBytes)
        {
            throw new GraphQlException($"The answer would have more than {MaxFields} fields or {MaxBytes >> 20} MiB; ask for fewer entities at a time.", fields[0].Location);
        }
        writer.WritePropertyName(key);
        if (fields[0].Name == "__typename")
        {
            writer.WriteStringValue((string)value!);
            return;
        }
        _path.Push(key);
        var selections = fields.Count == 1 ? fields[0].Selections : [.. fields.SelectMany(field => field.Selections)];
        WriteValue(writer, FindField(type, fields[0].Name)!.Type, value, selections);
        _path.Pop();
    }

    private void WriteValue(Utf8JsonWriter writer, TypeReference type, object? value, IReadOnlyList<Selection> selections)
    {
        if (value is null or JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined })
        {
            writer.WriteNullValue();
            return;
        }
        if (type.Item is { } item)
        {
            writer.WriteStartArray();
            var index = 0;
            foreach (var each in Items(value))
            {
                _path.Push(index++);
                WriteValue(writer, item, each, selections);
                _path.Pop();
            }
            writer.WriteEndArray();
            return;
        }
        var named = _schema[type];
        if (!named.IsComposite)
        {
            WriteScalar(writer, type.Name!, value);
        }
        else if (ObjectOf(named, value) is var (objectType, source))
        {
            WriteObject(writer, objectType, selections, source);
        }
        else
        {
            _errors.Add(new GraphQlError($"The stored value is not of type {named.Name}.", null, [.. _path.Reverse()]));
            writer.WriteNullValue();
        }
    }

    private static IEnumerable<object?> Items(object value) => value switch
    {
        JsonElement { ValueKind: JsonValueKind.Array } array => array.EnumerateArray().Cast<object?>(),
        JsonElement { ValueKind: JsonValueKind.Object } map => map.EnumerateObject()
            .Select(member => new Dictionary<string, object?>(StringComparer.Ordinal) { ["key"] = member.Name, ["value"] = member.Value }),
        string or JsonElement => [value],
        IEnumerable items => items.Cast<object?>(),
        _ => [value],
    };

    // What of a value the fields are read from, and its type where an interface or union is asked for.
    private (SchemaType Type, object Source)? ObjectOf(SchemaType asked, object value)
    {
        var text = value as string ?? (value is JsonElement { ValueKind: JsonValueKind.String } element ? element.GetString() : null);
        if (text is not null)
        {
            // Keys of charts and flows name their platform alone: (looker,baz1)
            var urn = asked.Name == "DataPlatform" && !text.StartsWith("urn:", StringComparison.Ordinal) ? Urns.DataPlatform(text) : text;
            if (_entities.Find(urn) is not { } found)
            {
                return null;
            }
            value = found;
        }
        if (value is not EntityNode entity)
        {
            return asked.Kind == TypeKind.OBJECT ? (asked, value) : null;
        }
        return _schema.IsPossible(entity.Type.ObjectType, asked.Name) ? (_schema.Find(entity.Type.ObjectType)!, entity) : null;
    }

    private object? Read(object source, SchemaField field)
    {
        switch (source)
        {
            case EntityNode entity:
                return ReadEntity(entity, field);
            case JsonElement json:
                return Walk(json, field.Path.Count > 0 ? field.Path : [field.Name]);
            case Dictionary<string, object?> members:
                return members.GetValueOrDefault(field.Name);
            default:
                return _introspection.Read(source, field.Name);
        }
    }

    private static object? ReadEntity(EntityNode entity, SchemaField field)
    {
        switch (field.Name)
        {
            case "urn":
                return entity.Urn;
            case "type":
                return entity.Type.Symbol;
        }
        if (field.Path is ["key", var index])
        {
            return entity.Key(int.Parse(index, CultureInfo.InvariantCulture));
        }
        return entity.Aspect(field.Path.Count > 0 ? field.Path[0] : field.Name) is { } aspect ? Walk(aspect, field.Path.Skip(1)) : null;
    }

    // "domains.0" of {"domains": ["urn:li:domain:sales"]}
    private static JsonElement? Walk(JsonElement value, IEnumerable<string> path)
    {
        foreach (var step in path)
        {
            if (value.ValueKind == JsonValueKind.Array && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < value.GetArrayLength())
            {
                value = value[index];
            }
            else if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(step, out value))
            {
                return null;
            }
        }
        return value;
    }

    private static void WriteScalar(Utf8JsonWriter writer, string type, object value)
    {
        switch (value)
        {
            case JsonElement { ValueKind: not JsonValueKind.String } json when type == "String":
                writer.WriteStringValue(json.GetRawText());
                break;
            case JsonElement json:
                json.WriteTo(writer);
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            default:
                writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    // The fields for one object, by their name in the answer; what fragments and fields of one name select is put together.
    private List<KeyValuePair<string, List<FieldSelection>>> Collect(IReadOnlyList<Selection> selections, SchemaType type)
    {
        var fields = new OrderedDictionary<string, List<FieldSelection>>(StringComparer.Ordinal);
        Collect(selections, type, fields);
        return [.. fields];
    }

    private void Collect(IReadOnlyList<Selection> selections, SchemaType type, OrderedDictionary<string, List<FieldSelection>> fields)
    {
        foreach (var selection in selections)
        {
            if (!IsIncluded(selection))
            {
                continue;
            }
            switch (selection)
            {
                case FieldSelection field when fields.TryGetValue(field.Key, out var same):
                    if (same[0].Name != field.Name)
                    {
                        throw new GraphQlException($"Two fields, '{same[0].Name}' and '{field.Name}', have the name '{field.Key}' in the answer.", field.Location);
                    }
                    same.Add(field);
                    break;
                case FieldSelection field:
                    fields.Add(field.Key, [field]);
                    break;
                case InlineFragment inline when inline.Type is null || _schema.IsPossible(type.Name, inline.Type):
                    Collect(inline.Selections, type, fields);
                    break;
                case FragmentSpread spread when _document.Fragments[spread.Name] is var fragment && _schema.IsPossible(type.Name, fragment.Type):
                    Collect(fragment.Selections, type, fields);
                    break;
            }
        }
    }

    private bool IsIncluded(Selection selection) => selection.Directives.All(directive =>
    {
        var value = directive.Arguments[0].Value.Value;
        var condition = value is VariableName variable ? _variables.GetValueOrDefault(variable.Name) : value;
        return condition is bool flag
            ? flag == (directive.Name == "include")
            : throw new GraphQlException($"The condition of '@{directive.Name}' is neither true nor false.", directive.Location);
    });
}

/// <summary>What went wrong with a request or one of its fields.</summary>
/// <param name="Message">What, in words.</param>
/// <param name="Location">Where in the text; null where it has no place there.</param>
/// <param name="Path">Names and positions from the root of the answer to the field; empty for the whole request.</param>
internal sealed record GraphQlError(string Message, Location? Location, IReadOnlyList<object> Path);

/// <summary>
/// Finds the value of a field at the root: null, a scalar, a urn or <see cref="EntityNode"/> for an entity, a dictionary by field name, or a list
/// of these. Throws <see cref="CatalogException"/> where this field cannot be answered, but others can.
/// </summary>
internal delegate Task<object?> FindRootField(string field, Dictionary<string, object?> arguments);
