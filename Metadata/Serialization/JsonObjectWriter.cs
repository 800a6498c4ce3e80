using System.Buffers.Text;

namespace Discovery.Metadata.Serialization;

/// <summary>Writes one JSON object, member by member.</summary>
internal ref struct JsonObjectWriter
{
    private readonly Utf8Buffer _output;
    private readonly JsonStyle _style;
    private readonly int _level;
    private bool _any;

    /// <summary>Opens the object.</summary>
    /// <param name="output">Where it is written to.</param>
    /// <param name="style">Its layout.</param>
    /// <param name="level">Levels above it.</param>
    public JsonObjectWriter(Utf8Buffer output, JsonStyle style, int level)
    {
        _output = output;
        _style = style;
        _level = level + 1;
        output.Append((byte)'{');
    }

    /// <summary>Levels above a member's value.</summary>
    public readonly int Level => _level;

    /// <summary>Starts a member; its value is written next. The name is plain ASCII.</summary>
    public void Member(ReadOnlySpan<byte> name)
    {
        Next();
        _output.Append((byte)'"');
        _output.Append(name);
        _output.Append((byte)'"');
        JsonLayout.AppendColon(_output, _style);
    }

    /// <summary>Starts a member of any name.</summary>
    public void Member(string name)
    {
        Next();
        JsonEscapes.AppendString(_output, name);
        JsonLayout.AppendColon(_output, _style);
    }

    /// <summary>Writes a member.</summary>
    public void Member(ReadOnlySpan<byte> name, string value)
    {
        Member(name);
        JsonEscapes.AppendString(_output, value);
    }

    /// <inheritdoc cref="Member(ReadOnlySpan{byte}, string)"/>
    public void Member(ReadOnlySpan<byte> name, long value)
    {
        Member(name);
        Utf8Formatter.TryFormat(value, _output.Free(20), out var written);
        _output.Advance(written);
    }

    /// <summary>Writes a member whose value is JSON text.</summary>
    /// <exception cref="MetadataFormatException">The text is not valid JSON.</exception>
    public void MemberJson(ReadOnlySpan<byte> name, ReadOnlySpan<byte> json)
    {
        Member(name);
        JsonLayout.Append(_output, json, _style, _level);
    }

    /// <summary>Writes members given as JSON text without braces: <c>"a":1,"b":{}</c>; none for empty text.</summary>
    /// <exception cref="MetadataFormatException">The text is not valid JSON.</exception>
    public void Members(ReadOnlySpan<byte> json)
    {
        if (!json.IsEmpty)
        {
            Next();
            JsonLayout.AppendMembers(_output, json, _style, _level);
        }
    }

    /// <summary>Closes the object.</summary>
    public readonly void Close()
    {
        if (_any)
        {
            JsonLayout.AppendBreak(_output, _style, _level - 1);
        }
        _output.Append((byte)'}');
    }

    private void Next()
    {
        if (_any)
        {
            JsonLayout.AppendComma(_output, _style, _level);
        }
        else
        {
            JsonLayout.AppendBreak(_output, _style, _level);
            _any = true;
        }
    }
}
