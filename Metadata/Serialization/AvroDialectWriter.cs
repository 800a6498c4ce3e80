using System.Text.Json;
using Discovery.Metadata.Model;

namespace Discovery.Metadata.Serialization;

/// <summary>Copies one aspect from the Avro dialect to the server's. Text, numbers and escapes are copied as they are.</summary>
internal ref struct AvroDialectWriter(ReadOnlySpan<byte> avro)
{
    private readonly ReadOnlySpan<byte> _avro = avro;
    private readonly Utf8Buffer _output = new(Math.Max(avro.Length, 16));
    private Utf8JsonReader _reader = new(avro, new JsonReaderOptions { MaxDepth = JsonLayout.MaxDepth });

    /// <exception cref="MetadataFormatException">The aspect is not valid JSON.</exception>
    public byte[] Write(ModelType type)
    {
        try
        {
            _reader.Read();
            WriteValue(type);
            return _output.Written.ToArray();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new MetadataFormatException($"The aspect is not valid JSON: {exception.Message}", exception);
        }
    }

    private void WriteValue(ModelType type)
    {
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject when StandsAtUnion():
                WriteUnion(type);
                break;
            case JsonTokenType.StartObject:
                WriteObject(type);
                break;
            case JsonTokenType.StartArray:
                WriteArray(type);
                break;
            default:
                _output.Append(_avro[(int)_reader.TokenStartIndex..(int)_reader.BytesConsumed]);
                break;
        }
    }

    /// <summary>Writes <c>{"com.linkedin.pegasus2avro.schema.StringType": {..}}</c> with the server's name of the type.</summary>
    private void WriteUnion(ModelType type)
    {
        _reader.Read();
        var name = SnapshotNames.ServerName(_reader.GetString()!);
        _output.Append((byte)'{');
        JsonEscapes.AppendString(_output, name);
        _output.Append((byte)':');
        _reader.Read();
        WriteValue(type is UnionType union ? union.Members.GetValueOrDefault(name, ModelType.Any) : ModelType.Any);
        _reader.Read();
        _output.Append((byte)'}');
    }

    private void WriteObject(ModelType type)
    {
        _output.Append((byte)'{');
        var first = true;
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            var name = _avro.Slice((int)_reader.TokenStartIndex, _reader.ValueSpan.Length + 2);
            RecordField? field = null;
            var valueType = type switch
            {
                RecordType record when record.Fields.TryGetValue(_reader.GetString()!, out field) => field.Type,
                MapType map => map.Value,
                UnionType union => union.Members.GetValueOrDefault(_reader.GetString()!, ModelType.Any),
                _ => ModelType.Any,
            };
            _reader.Read();
            if (field is not null && _reader.TokenType == JsonTokenType.Null)
            {
                continue;
            }
            if (!first)
            {
                _output.Append((byte)',');
            }
            first = false;
            _output.Append(name);
            _output.Append((byte)':');
            var wrapped = field is { Optional: true } && StandsAtWrapper(valueType);
            if (wrapped)
            {
                _reader.Read();
                _reader.Read();
            }
            WriteValue(valueType);
            if (wrapped)
            {
                _reader.Read();
            }
        }
        _output.Append((byte)'}');
    }

    private void WriteArray(ModelType type)
    {
        var item = type is ArrayType array ? array.Item : ModelType.Any;
        _output.Append((byte)'[');
        var first = true;
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            if (!first)
            {
                _output.Append((byte)',');
            }
            first = false;
            WriteValue(item);
        }
        _output.Append((byte)']');
    }

    /// <summary>
    /// Whether the reader stands at an object with one member whose name is an Avro type and whose value is an object.
    /// A map of texts that happens to have such a key is none.
    /// </summary>
    private readonly bool StandsAtUnion()
    {
        var ahead = _reader;
        ahead.Read();
        if (ahead.TokenType != JsonTokenType.PropertyName || !ahead.ValueSpan.StartsWith("com.linkedin.pegasus2avro."u8))
        {
            return false;
        }
        ahead.Read();
        return ahead.TokenType == JsonTokenType.StartObject && EndsAfterValue(ref ahead);
    }

    /// <summary>Whether the reader stands at an optional value in its wrapping: <c>{"long": 5}</c>.</summary>
    private readonly bool StandsAtWrapper(ModelType type)
    {
        var name = type switch
        {
            PrimitiveType primitive => primitive.Name,
            ArrayType => "array",
            MapType => "map",
            EnumType words => words.FullName,
            RecordType record => record.FullName,
            _ => null,
        };
        if (name is null || _reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }
        var ahead = _reader;
        ahead.Read();
        if (ahead.TokenType != JsonTokenType.PropertyName || SnapshotNames.ServerName(ahead.GetString()!) != name)
        {
            return false;
        }
        ahead.Read();
        // {"map": "x"} is a map of texts with the key "map".
        return (type is not MapType || ahead.TokenType == JsonTokenType.StartObject) && EndsAfterValue(ref ahead);
    }

    private static bool EndsAfterValue(ref Utf8JsonReader reader)
    {
        reader.Skip();
        reader.Read();
        return reader.TokenType == JsonTokenType.EndObject;
    }
}
