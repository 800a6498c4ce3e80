using System.Text.Json;
using Discovery.Metadata.Model;
using Discovery.Metadata.Serialization;

namespace Discovery.Ingestion.Sources.Files;

/// <summary>Checks the content of one aspect, valid JSON in the server's dialect, against the model.</summary>
/// <param name="aspect">The aspect.</param>
/// <param name="path">Its place in the record.</param>
/// <param name="report">Takes a problem: whether it is a warning, its path, what is wrong.</param>
internal ref struct AspectCheck(ReadOnlySpan<byte> aspect, string path, Action<bool, string, string> report)
{
    private readonly ReadOnlySpan<byte> _aspect = aspect;
    private Utf8JsonReader _reader = new(aspect, new JsonReaderOptions { MaxDepth = MetadataJson.MaxDepth });
    private string _path = path;

    /// <summary>Checks the aspect itself.</summary>
    public void Check(RecordType type)
    {
        _reader.Read();
        CheckValue(type);
    }

    /// <summary>Checks a patch document: <c>[{"op": "add", "path": "/a", "value": 1}]</c> or <c>{"patch": [..], ..}</c>.</summary>
    public void CheckPatch()
    {
        using var document = JsonDocument.Parse(_aspect.ToArray(), new JsonDocumentOptions { MaxDepth = MetadataJson.MaxDepth });
        var patch = document.RootElement;
        if (patch.ValueKind == JsonValueKind.Object && patch.TryGetProperty("patch", out var inner))
        {
            patch = inner;
        }
        if (patch.ValueKind != JsonValueKind.Array || !patch.EnumerateArray().All(IsOperation))
        {
            Error("not a JSON patch: an array of operations with 'op' and 'path'");
        }
    }

    private static bool IsOperation(JsonElement operation) =>
        operation.ValueKind == JsonValueKind.Object &&
        operation.TryGetProperty("op", out var op) && op.ValueKind == JsonValueKind.String &&
        operation.TryGetProperty("path", out var target) && target.ValueKind == JsonValueKind.String;

    private void CheckValue(ModelType type)
    {
        switch (type)
        {
            case RecordType record when Is(JsonTokenType.StartObject, record.FullName):
                CheckRecord(record);
                break;
            case MapType map when Is(JsonTokenType.StartObject, "object"):
                while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
                {
                    CheckMember(_reader.GetString()!, map.Value);
                }
                break;
            case ArrayType array when Is(JsonTokenType.StartArray, "array"):
                for (var i = 0; _reader.Read() && _reader.TokenType != JsonTokenType.EndArray; i++)
                {
                    CheckAt($"{i}", array.Item);
                }
                break;
            case UnionType union:
                CheckUnion(union);
                break;
            case PrimitiveType primitive when !IsOf(primitive):
                Error($"{primitive.Name} is expected");
                _reader.Skip();
                break;
            case EnumType words when Is(JsonTokenType.String, "string"):
                if (!words.Symbols.Contains(_reader.GetString()!))
                {
                    Error($"'{_reader.GetString()}' is none of {string.Join(", ", words.Symbols)}");
                }
                break;
            default:
                _reader.Skip();
                break;
        }
    }

    private void CheckRecord(RecordType record)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = _reader.GetString()!;
            if (!record.Fields.TryGetValue(name, out var field))
            {
                report(true, $"{_path}/{name}", $"{record.FullName} has no such member; it was not checked");
                _reader.Skip();
                continue;
            }
            var ahead = _reader;
            ahead.Read();
            if (ahead.TokenType == JsonTokenType.Null && (field.Optional || field.HasDefault))
            {
                _reader.Read();
                continue;
            }
            seen.Add(name);
            CheckMember(name, field.Type);
        }
        foreach (var field in record.Fields.Values)
        {
            if (!field.Optional && !field.HasDefault && !seen.Contains(field.Name))
            {
                Error($"the member '{field.Name}' of {record.FullName} is missing");
            }
        }
    }

    /// <summary>Checks <c>{"com.linkedin.schema.StringType": {}}</c>, or a primitive of the union without its wrapping.</summary>
    private void CheckUnion(UnionType union)
    {
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            if (!HasPrimitive(union))
            {
                Error($"an object with one member is expected, one of {string.Join(", ", union.Members.Keys)}");
            }
            _reader.Skip();
            return;
        }
        var members = 0;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            members++;
            var name = _reader.GetString()!;
            if (union.Members.TryGetValue(name, out var type))
            {
                CheckMember(name, type);
            }
            else
            {
                Error($"'{name}' is none of {string.Join(", ", union.Members.Keys)}");
                _reader.Skip();
            }
        }
        if (members != 1)
        {
            Error("an object with one member, the name of a type, is expected");
        }
    }

    private readonly bool HasPrimitive(UnionType union)
    {
        foreach (var member in union.Members.Values)
        {
            if (member is PrimitiveType primitive && IsOf(primitive))
            {
                return true;
            }
        }
        return false;
    }

    private void CheckMember(string name, ModelType type)
    {
        _reader.Read();
        CheckAt(name, type);
    }

    private void CheckAt(string part, ModelType type)
    {
        var outer = _path;
        _path = $"{outer}/{part}";
        CheckValue(type);
        _path = outer;
    }

    private readonly bool IsOf(PrimitiveType primitive) => primitive.Name switch
    {
        "string" or "bytes" => _reader.TokenType == JsonTokenType.String,
        "boolean" => _reader.TokenType is JsonTokenType.True or JsonTokenType.False,
        "int" => _reader.TokenType == JsonTokenType.Number && _reader.TryGetInt32(out _),
        "long" => _reader.TokenType == JsonTokenType.Number && _reader.TryGetInt64(out _),
        _ => _reader.TokenType == JsonTokenType.Number,
    };

    /// <summary>Whether the reader stands at such a token; reports it when not.</summary>
    private readonly bool Is(JsonTokenType expected, string name)
    {
        if (_reader.TokenType == expected)
        {
            return true;
        }
        Error($"{name} is expected");
        return false;
    }

    private readonly void Error(string message) => report(false, _path, message);
}
