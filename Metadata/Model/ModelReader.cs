using System.Text.Json;

namespace Discovery.Metadata.Model;

/// <summary>Reads <c>model.json</c>, whose form <c>eng/update-model.py</c> describes.</summary>
internal sealed class ModelReader
{
    private readonly Dictionary<string, ModelType> _named = new(StringComparer.Ordinal);

    /// <summary>Reads the copy inside this assembly.</summary>
    public static AspectRegistry ReadEmbedded()
    {
        using var stream = typeof(ModelReader).Assembly.GetManifestResourceStream("model.json")!;
        using var document = JsonDocument.Parse(stream);
        return new ModelReader().Read(document.RootElement);
    }

    private AspectRegistry Read(JsonElement model)
    {
        foreach (var primitive in (ReadOnlySpan<string>)["string", "boolean", "int", "long", "float", "double", "bytes"])
        {
            _named.Add(primitive, new PrimitiveType(primitive));
        }
        foreach (var entry in model.GetProperty("enums").EnumerateObject())
        {
            _named.Add(entry.Name, new EnumType(entry.Name, Strings(entry.Value)));
        }
        // Records name each other, so all of them are there before the first field is read.
        foreach (var entry in model.GetProperty("records").EnumerateObject())
        {
            _named.Add(entry.Name, new RecordType(entry.Name));
        }
        foreach (var entry in model.GetProperty("records").EnumerateObject())
        {
            ((RecordType)_named[entry.Name]).Fields = entry.Value.EnumerateObject().Select(ReadField)
                .ToDictionary(field => field.Name, StringComparer.Ordinal);
        }
        return new AspectRegistry(
            model.GetProperty("version").GetString()!,
            model.GetProperty("entities").EnumerateObject().Select(ReadEntity).ToDictionary(entity => entity.Name, StringComparer.Ordinal),
            model.GetProperty("aspects").EnumerateObject().Select(ReadAspect).ToDictionary(aspect => aspect.Name, StringComparer.Ordinal));
    }

    private static EntityType ReadEntity(JsonProperty entry) =>
        new(entry.Name, entry.Value.GetProperty("key").GetString()!, Strings(entry.Value.GetProperty("aspects")));

    private AspectType ReadAspect(JsonProperty entry) =>
        new(entry.Name, (RecordType)_named[entry.Value.GetProperty("record").GetString()!], entry.Value.TryGetProperty("timeseries", out _));

    /// <summary>Reads a member such as <c>"description?": "string"</c>.</summary>
    private RecordField ReadField(JsonProperty member)
    {
        var optional = member.Name.EndsWith('?');
        var hasDefault = member.Name.EndsWith('=');
        return new RecordField(optional || hasDefault ? member.Name[..^1] : member.Name, ReadType(member.Value), optional, hasDefault);
    }

    private ModelType ReadType(JsonElement type)
    {
        if (type.ValueKind == JsonValueKind.String)
        {
            return _named.GetValueOrDefault(type.GetString()!, ModelType.Any);
        }
        var kind = type.EnumerateObject().First();
        return kind.Name switch
        {
            "array" => new ArrayType(ReadType(kind.Value)),
            "map" => new MapType(ReadType(kind.Value)),
            _ => new UnionType(kind.Value.EnumerateArray().ToDictionary(UnionMemberName, ReadType, StringComparer.Ordinal)),
        };
    }

    /// <summary>The name under which a member of a union stands in JSON: its own, or <c>array</c> or <c>map</c>.</summary>
    private static string UnionMemberName(JsonElement type) =>
        type.ValueKind == JsonValueKind.String ? type.GetString()! : type.EnumerateObject().First().Name;

    private static HashSet<string> Strings(JsonElement array) => array.EnumerateArray().Select(item => item.GetString()!).ToHashSet(StringComparer.Ordinal);
}
