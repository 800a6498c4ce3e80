using System.Globalization;
using System.Text.Json.Nodes;
using Discovery.Deploy.Policy.Reading;
using Discovery.Deploy.Policy.Rules;
using Discovery.Ingestion.Recipes;

namespace Discovery.Deploy.Policy.Shapes;

/// <summary>Compares an object with the shape of its kind, as the API server does with strict field validation.</summary>
internal sealed class ShapeCheck(ShapeCatalog catalog, ManifestObject checkedObject)
{
    private readonly List<Fault> _faults = [];

    /// <summary>All differences.</summary>
    public IReadOnlyList<Fault> Run(string shape)
    {
        Check(checkedObject.Body, new NamedType(shape), "", checkedObject.Body);
        return _faults;
    }

    // A field that is null is one that is not there.
    private void Check(JsonNode? node, ShapeType type, string path, JsonNode at)
    {
        if (node is null || type is AnyType)
        {
            return;
        }
        switch (type)
        {
            case NamedType named when node is JsonObject mapping:
                CheckFields(mapping, catalog.Get(named.Shape), path);
                break;
            case MapType map when node is JsonObject mapping:
                foreach (var (key, value) in mapping)
                {
                    Check(value, map.Value, $"{path}.{key}", value ?? at);
                }
                break;
            case ListType list when node is JsonArray array:
                for (var i = 0; i < array.Count; i++)
                {
                    Check(array[i], list.Item, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), array[i] ?? at);
                }
                break;
            case TextType { Pattern: { } pattern } when node.Text() is { } text:
                Expect(pattern.IsMatch(text), at, path, () => $"is '{Shown.Of(text)}', which is no such name or form (it must match {pattern})");
                break;
            case ChoiceType choice when node.Text() is { } text:
                Expect(choice.Choices.Contains(text), at, path, () => $"is '{Shown.Of(text)}'{Suggestion.OrAll(text, choice.Choices)}");
                break;
            case NumberType number when node.Number() is { } value:
                Expect(!number.IsWhole || value == Math.Floor(value), at, path, () => "must be a whole number");
                Expect(value >= number.Minimum && value <= number.Maximum, at, path, () => Range(number, value));
                break;
            case QuantityType when node is JsonValue:
                Expect(Quantity.Parse(node) is not null, at, path, () => $"is '{Shown.Of(node.Text() ?? node.TypeName())}', which is no quantity; write it like 500m, 2 or 512Mi (Ki, Mi, Gi; k, M, G)");
                break;
            case TextType when node.Text() is not null:
            case SwitchType when node.Switch() is not null:
            case NumberOrTextType when node.Text() is not null || node.Number() is { } whole && whole == Math.Floor(whole):
                break;
            default:
                Add(at, $"{Path(path)} must be {NameOf(type)}, and is {node.TypeName()}{(node is JsonValue && type is TextType or ChoiceType ? "; put it in quotes" : "")}");
                break;
        }
    }

    private void CheckFields(JsonObject mapping, Shape shape, string path)
    {
        foreach (var (key, value) in mapping)
        {
            if (shape.Fields.TryGetValue(key, out var field))
            {
                Check(value, field.Type, path.Length == 0 ? key : $"{path}.{key}", value ?? mapping);
            }
            else if (!shape.IsOpen)
            {
                Add(value ?? mapping, $"{Path(path)} has no field '{Shown.Of(key)}'{Suggestion.For(key, shape.Fields.Keys)}{(Elsewhere(key, shape) is { } place ? $"; one belongs to {place}" : "")}");
            }
        }
        foreach (var (name, _) in shape.Fields.Where(field => field.Value.IsRequired && mapping.At(field.Key) is null))
        {
            Add(mapping, $"{Path(path)} lacks the field '{name}', which must be there");
        }
    }

    // A field that stands a level too high is the most common slip: spec.securityContext of a Deployment.
    private string? Elsewhere(string key, Shape shape)
    {
        foreach (var (name, field) in shape.Fields)
        {
            if (field.Type is NamedType && name is "spec" or "template" or "metadata" or "jobTemplate")
            {
                var inner = catalog.Get(((NamedType)field.Type).Shape);
                if (inner.Fields.ContainsKey(key))
                {
                    return name;
                }
                if (Elsewhere(key, inner) is { } deeper)
                {
                    return $"{name}.{deeper}";
                }
            }
        }
        return null;
    }

    private void Expect(bool holds, JsonNode at, string path, Func<string> otherwise)
    {
        if (!holds)
        {
            Add(at, $"{Path(path)} {otherwise()}");
        }
    }

    private void Add(JsonNode at, string message) => _faults.Add(new Fault(checkedObject, at, message));

    private static string Path(string path) => path.Length == 0 ? "the object" : path.Length > 200 ? $"...{path[^200..]}" : path;

    private static string Range(NumberType number, double value) => string.Create(
        CultureInfo.InvariantCulture,
        $"is {value}; it must be {(number.Maximum == double.MaxValue ? $"{number.Minimum} or more" : $"{number.Minimum} to {number.Maximum}")}");

    private static string NameOf(ShapeType type) => type switch
    {
        NamedType or MapType => "a mapping",
        ListType => "a list",
        NumberType => "a number",
        SwitchType => "true or false",
        QuantityType => "a quantity",
        NumberOrTextType => "a whole number or text",
        _ => "text",
    };
}
