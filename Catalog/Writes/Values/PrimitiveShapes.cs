using System.Globalization;
using System.Text;
using System.Text.Json;
using Discovery.Metadata.Model;

namespace Discovery.Catalog.Writes.Values;

/// <summary>Text.</summary>
internal sealed class TextShape : ValueShape
{
    public override void Check(ref ValueReader value)
    {
        if (value.Token == JsonTokenType.String)
        {
            value.CopyText();
        }
        else
        {
            value.Refuse($"{value.Quote()} cannot be coerced to string");
        }
    }
}

/// <summary>Bytes, in JSON a text of characters up to U+00FF, one a byte.</summary>
internal sealed class BytesShape : ValueShape
{
    // The first byte of U+00FF as UTF-8.
    private const byte LastLead = 0xc3;

    public override void Check(ref ValueReader value)
    {
        if (value.Token != JsonTokenType.String)
        {
            value.Refuse("bytes type is not backed by a String or ByteString");
            return;
        }
        var start = value.Output.Length;
        value.CopyText();
        if (value.Output.Written[start..].ContainsAnyInRange((byte)(LastLead + 1), byte.MaxValue))
        {
            value.Refuse($"\"{value.Quote()}\" is not a valid string representation of bytes");
        }
    }
}

/// <summary>True or false.</summary>
internal sealed class BooleanShape : ValueShape
{
    public override void Check(ref ValueReader value)
    {
        switch (value.Token)
        {
            case JsonTokenType.True:
                value.Output.Append("true"u8);
                break;
            case JsonTokenType.False:
                value.Output.Append("false"u8);
                break;
            default:
                value.Refuse($"{value.Quote()} cannot be coerced to boolean");
                break;
        }
    }
}

/// <summary>A whole number. <c>5.0</c> and <c>5e3</c> are whole; what would lose digits is refused.</summary>
internal sealed class IntegerShape(string name, long min, long max) : ValueShape
{
    public override void Check(ref ValueReader value)
    {
        if (value.Token == JsonTokenType.Number)
        {
            if (value.TryGetInt64(out var number))
            {
                if (number >= min && number <= max)
                {
                    value.Output.Append(value.Raw);
                    return;
                }
            }
            else if (value.TryGetDecimal(out var exact) && decimal.IsInteger(exact) && exact >= min && exact <= max)
            {
                value.Output.Append(Encoding.ASCII.GetBytes(decimal.ToInt64(exact).ToString(CultureInfo.InvariantCulture)));
                return;
            }
        }
        value.Refuse($"{value.Quote()} cannot be coerced to {name}");
    }
}

/// <summary>A number of limited precision.</summary>
internal sealed class FloatShape(string name, double max) : ValueShape
{
    public override void Check(ref ValueReader value)
    {
        if (value.Token == JsonTokenType.Number && value.TryGetDouble(out var number) && Math.Abs(number) <= max)
        {
            value.Output.Append(value.Raw);
        }
        else
        {
            value.Refuse($"{value.Quote()} cannot be coerced to {name}");
        }
    }
}

/// <summary>One of the symbols of an enum.</summary>
internal sealed class EnumShape(EnumType type) : ValueShape
{
    private readonly Utf8Table<string> _symbols =
        new(type.Symbols.Select(symbol => KeyValuePair.Create(Encoding.UTF8.GetBytes(symbol), symbol)));

    public override void Check(ref ValueReader value)
    {
        if (value.Token != JsonTokenType.String)
        {
            value.Refuse("enum type is not backed by a String");
        }
        else if (value.TryFind(_symbols, out _))
        {
            value.CopyText();
        }
        else
        {
            value.Refuse($"\"{value.Quote()}\" is not an enum symbol");
        }
    }
}
