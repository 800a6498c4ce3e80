using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace Discovery.Ingestion.Recipes.Documents;

/// <summary>Reads strict JSON into nodes.</summary>
internal ref struct JsonReader
{
    private readonly ReadOnlySpan<byte> _utf8;
    private readonly ProblemList _problems;
    private Utf8JsonReader _reader;
    private int _line = 1;
    private int _lineStart;
    private int _counted;

    private JsonReader(ReadOnlySpan<byte> utf8, ProblemList problems)
    {
        _utf8 = utf8;
        _problems = problems;
        _reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = RecipeLimits.Depth });
    }

    /// <summary>Reads a document; null when there is none.</summary>
    /// <exception cref="RecipeSyntaxException">The text is not one JSON value, or more than we take.</exception>
    public static RecipeNode? Read(ReadOnlySpan<byte> utf8, ProblemList problems)
    {
        if (utf8.Trim(" \t\r\n"u8).IsEmpty)
        {
            return null;
        }
        var reader = new JsonReader(utf8, problems);
        try
        {
            reader._reader.Read();
            var root = reader.ReadValue();
            reader._reader.Read();
            return root;
        }
        catch (JsonException fault)
        {
            // "'}' is invalid after a value. Expected ... LineNumber: 2 | BytePositionInLine: 4."
            var message = fault.Message.Split(" LineNumber:")[0].TrimEnd('.');
            throw new RecipeSyntaxException(new RecipePosition((int)(fault.LineNumber ?? 0) + 1, (int)(fault.BytePositionInLine ?? 0) + 1), $"not valid JSON: {message}");
        }
        catch (InvalidOperationException)
        {
            throw new RecipeSyntaxException(reader.Position(), "not valid JSON: half of a surrogate pair");
        }
    }

    private RecipeNode ReadValue()
    {
        var position = Position();
        return _reader.TokenType switch
        {
            JsonTokenType.StartObject => ReadMapping(position),
            JsonTokenType.StartArray => ReadList(position),
            JsonTokenType.String => new RecipeScalar(position, _reader.GetString()),
            JsonTokenType.Number => new RecipeScalar(position, ReadNumber()),
            JsonTokenType.True => new RecipeScalar(position, true),
            JsonTokenType.False => new RecipeScalar(position, false),
            _ => new RecipeScalar(position, null),
        };
    }

    private readonly object ReadNumber()
    {
        var text = Encoding.UTF8.GetString(_reader.ValueSpan);
        return text.Length < 256 && BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            ? whole
            : double.Parse(text, CultureInfo.InvariantCulture);
    }

    private RecipeList ReadList(RecipePosition position)
    {
        var items = new List<RecipeNode>();
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(ReadValue());
        }
        return RecipeLimits.Checked(new RecipeList(position, items));
    }

    private RecipeMapping ReadMapping(RecipePosition position)
    {
        var builder = new MappingBuilder(_problems);
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            var keyPosition = Position();
            var key = _reader.GetString()!;
            _reader.Read();
            builder.Add(new RecipeEntry(key, keyPosition, ReadValue()));
        }
        return builder.Build(position);
    }

    /// <summary>Line and character of the present token; tokens come in order, so the lines are counted once.</summary>
    private RecipePosition Position()
    {
        var index = (int)_reader.TokenStartIndex;
        for (; _counted < index; _counted++)
        {
            if (_utf8[_counted] == '\n')
            {
                _line++;
                _lineStart = _counted + 1;
            }
        }
        return new RecipePosition(_line, Encoding.UTF8.GetCharCount(_utf8[_lineStart..index]) + 1);
    }
}
