using System.Text;
using System.Text.Json;
using Discovery.Metadata.Serialization;

namespace Discovery.Catalog.Writes.Values;

/// <summary>
/// Goes through a JSON value once, token by token; a <see cref="ValueShape"/> checks each and writes what it takes to
/// <see cref="Output"/>.
/// </summary>
internal ref struct ValueReader(ReadOnlySpan<byte> json, Utf8Buffer output)
{
    /// <summary>Faults told to the client; more of them help nobody.</summary>
    private const int MaxFaults = 20;

    private const int MaxQuoted = 100;

    private Utf8JsonReader _reader = new(json, new JsonReaderOptions { MaxDepth = MetadataJson.MaxDepth });
    private List<(string Path, string Message)>? _faults;

    /// <summary>What was taken, as compact JSON.</summary>
    public Utf8Buffer Output { get; } = output;

    /// <summary>The token that the reader stands at.</summary>
    public readonly JsonTokenType Token => _reader.TokenType;

    /// <summary>Faults so far.</summary>
    public readonly int FaultCount => _faults?.Count ?? 0;

    /// <summary>The number, true, false or null that the reader stands at, as it was written.</summary>
    public readonly ReadOnlySpan<byte> Raw => _reader.ValueSpan;

    /// <summary>Goes to the next token.</summary>
    /// <exception cref="JsonException">The text is not valid JSON.</exception>
    public bool Read() => _reader.Read();

    /// <summary>Goes to the next name of an object, or to the object's end, where it says false.</summary>
    public bool ReadName() => _reader.Read() && _reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Goes to the end of the value; from a name, to the end of its value.</summary>
    public void Skip() => _reader.Skip();

    /// <inheritdoc cref="Utf8JsonReader.TryGetInt32(out int)"/>
    public readonly bool TryGetInt32(out int value) => _reader.TryGetInt32(out value);

    /// <inheritdoc cref="Utf8JsonReader.TryGetInt64(out long)"/>
    public readonly bool TryGetInt64(out long value) => _reader.TryGetInt64(out value);

    /// <inheritdoc cref="Utf8JsonReader.TryGetDecimal(out decimal)"/>
    public readonly bool TryGetDecimal(out decimal value) => _reader.TryGetDecimal(out value);

    /// <inheritdoc cref="Utf8JsonReader.TryGetDouble(out double)"/>
    public readonly bool TryGetDouble(out double value) => _reader.TryGetDouble(out value);

    /// <summary>Finds what belongs to the name or text that the reader stands at.</summary>
    public readonly bool TryFind<T>(Utf8Table<T> table, out T? found)
    {
        if (!_reader.ValueIsEscaped)
        {
            return table.TryGet(_reader.ValueSpan, out found);
        }
        var start = Output.Length;
        CopyText();
        var known = table.TryGet(Output.Written[(start + 1)..^1], out found);
        Output.Length = start;
        return known;
    }

    /// <summary>Whether the name that the reader stands at is this one, told fast; a name with escapes never is.</summary>
    public readonly bool NameIs(ReadOnlySpan<byte> name) => !_reader.ValueIsEscaped && _reader.ValueSpan.SequenceEqual(name);

    /// <summary>Writes the name or text that the reader stands at.</summary>
    public readonly void CopyText()
    {
        if (_reader.ValueIsEscaped)
        {
            EscapedText.Append(Output, _reader.ValueSpan);
            return;
        }
        Output.Append((byte)'"');
        Output.Append(_reader.ValueSpan);
        Output.Append((byte)'"');
    }

    /// <summary>Tells a fault of the value that the reader stands at, and goes to the end of the value.</summary>
    public void Refuse(string message)
    {
        _faults ??= [];
        if (_faults.Count < MaxFaults)
        {
            _faults.Add(("", message));
        }
        Skip();
    }

    /// <summary>Tells a fault of a member of the object whose end the reader stands at.</summary>
    public void RefuseMember(string name, string message)
    {
        var before = FaultCount;
        Refuse(message);
        Locate(before, name);
    }

    /// <summary>Puts a part in front of the path of the faults that were told since there were <paramref name="before"/> of them.</summary>
    public readonly void Locate(int before, string part)
    {
        for (var i = before; i < FaultCount; i++)
        {
            _faults![i] = ($"/{part}{_faults[i].Path}", _faults[i].Message);
        }
    }

    /// <summary>What the reader stands at, for a message. Objects and arrays are not shown: they are long, and may hold a recipe with its password.</summary>
    public readonly string Quote() => Token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.Null => "null",
        _ when _reader.ValueSpan.Length <= MaxQuoted => Encoding.UTF8.GetString(_reader.ValueSpan),
        _ => Encoding.UTF8.GetString(_reader.ValueSpan[..MaxQuoted]) + "...",
    };

    /// <summary>The faults in GMS's form: <c>ERROR :: /owners/0/owner :: field is required but not found and has no default value</c>.</summary>
    public readonly string Faults() =>
        string.Join('\n', (_faults ?? []).Select(fault => $"ERROR :: {(fault.Path.Length > 0 ? fault.Path : "/")} :: {fault.Message}"));
}
