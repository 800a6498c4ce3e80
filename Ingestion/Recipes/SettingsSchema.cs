using System.Collections;
using System.Text.Json.Nodes;
using Discovery.Ingestion.Recipes.Binding;

namespace Discovery.Ingestion.Recipes;

/// <summary>Writes a JSON schema of config records from where their settings are declared, for editors.</summary>
public sealed class SettingsSchema
{
    private readonly JsonObject _definitions = [];

    /// <summary>The schemas of all records that were asked for, for the key <c>$defs</c> of the document.</summary>
    public JsonObject Definitions => _definitions;

    /// <summary>Refers to the schema of a config record.</summary>
    /// <param name="configType">The record.</param>
    /// <param name="isPartial">Whether something else fills in what is left out, so that nothing is required, and null takes away what that gives.</param>
    public JsonObject Reference(Type configType, bool isPartial)
    {
        var name = configType.Name + (isPartial ? "Overrides" : "");
        if (!_definitions.ContainsKey(name))
        {
            _definitions[name] = null; // a record that holds itself finds its name here
            _definitions[name] = Record(configType, isPartial);
        }
        return new JsonObject { ["$ref"] = $"#/$defs/{name}" };
    }

    private JsonObject Record(Type configType, bool isPartial)
    {
        var defaults = Activator.CreateInstance(configType);
        var settings = ConfigSetting.Of(configType);
        var properties = new JsonObject();
        foreach (var setting in settings)
        {
            var schema = Value(setting.Type, setting, isPartial);
            var property = isPartial || setting.IsNullable ? OrNull(schema) : schema;
            property["description"] = setting.Setting.Documentation;
            if (!setting.IsRequired && Default(setting.Property.GetValue(defaults)) is { } fallback)
            {
                property["default"] = fallback;
            }
            properties[setting.Setting.Name] = property;
        }
        var record = new JsonObject { ["type"] = isPartial ? new JsonArray("object", "null") : "object", ["properties"] = properties, ["additionalProperties"] = false };
        if (!isPartial && settings.Any(setting => setting.IsRequired))
        {
            record["required"] = new JsonArray([.. settings.Where(setting => setting.IsRequired).Select(setting => (JsonNode)setting.Setting.Name)]);
        }
        return record;
    }

    private JsonObject Value(Type type, ConfigSetting setting, bool isPartial)
    {
        if (ConfigSetting.ItemTypeOf(type) is { } item)
        {
            // A list replaces the whole list below it, so its items are complete.
            return new JsonObject { ["type"] = "array", ["items"] = Value(item, setting, isPartial: false) };
        }
        if (ConfigSetting.ValueTypeOf(type) is { } value)
        {
            var values = Value(value, setting, isPartial);
            return new JsonObject
            {
                ["type"] = "object",
                ["additionalProperties"] = isPartial ? OrNull(values) : values,
            };
        }
        return type.IsEnum ? new JsonObject { ["enum"] = new JsonArray([.. ScalarBinding.Names(type).Select(name => (JsonNode)name)]) }
            : type == typeof(bool) ? new JsonObject { ["type"] = "boolean" }
            : type == typeof(int) || type == typeof(long) ? Bounded("integer", setting.Setting)
            : type == typeof(double) ? Bounded("number", setting.Setting)
            : type == typeof(string) || type == typeof(Secret) ? Text(setting.Form)
            : Reference(type, isPartial);
    }

    // Editors tell more of a fault in a type with null than in a choice of two schemas. A partial record takes null by itself.
    private static JsonObject OrNull(JsonObject schema)
    {
        if (schema["enum"] is JsonArray members)
        {
            members.Add(null);
        }
        else if (schema["type"] is JsonValue type)
        {
            schema["type"] = new JsonArray(type.DeepClone(), "null");
        }
        return schema;
    }

    private static JsonObject Text(TextFormAttribute? form) =>
        form is null ? new JsonObject { ["type"] = "string" } : new JsonObject { ["type"] = "string", ["pattern"] = form.Pattern };

    private static JsonObject Bounded(string type, SettingAttribute setting)
    {
        var number = new JsonObject { ["type"] = type };
        if (double.IsFinite(setting.Minimum))
        {
            number["minimum"] = setting.Minimum;
        }
        if (double.IsFinite(setting.Maximum))
        {
            number["maximum"] = setting.Maximum;
        }
        return number;
    }

    private static JsonNode? Default(object? value) => value switch
    {
        bool truth => truth,
        Enum member => ScalarBinding.NameOf(member.GetType(), member.ToString()),
        string text => text,
        int whole => whole,
        long whole => whole,
        double number => number,
        IEnumerable items when !items.GetEnumerator().MoveNext() => ConfigSetting.ItemTypeOf(value.GetType()) is null ? new JsonObject() : new JsonArray(),
        _ => null,
    };
}
