using System.Globalization;
using System.Numerics;

namespace Discovery.Ingestion.Recipes.Documents;

/// <summary>Reads TOML 1.0 (https://toml.io/en/v1.0.0) into nodes. Dates are refused, since no setting of a recipe is one.</summary>
internal sealed class TomlReader
{
    private readonly TomlText _text;
    private readonly Table _root = new(new RecipePosition(1, 1));

    private TomlReader(string text) => _text = new TomlText(text);

    /// <summary>Reads a document; null when there is none.</summary>
    /// <exception cref="RecipeSyntaxException">The text is not TOML, or more than we take.</exception>
    public static RecipeNode? Read(string text)
    {
        var reader = new TomlReader(text);
        reader.ReadDocument();
        return reader._root.Entries.Count == 0 ? null : reader._root.ToNode(depth: 1);
    }

    private void ReadDocument()
    {
        var current = _root;
        for (_text.SkipLines(); !_text.AtEnd; _text.SkipLines())
        {
            if (_text.Peek == '[')
            {
                current = ReadHeader();
            }
            else
            {
                ReadEntry(current, depth: 1);
            }
            _text.SkipBlanks();
            if (!_text.AtEnd && _text.Peek is not ('\n' or '\r' or '#'))
            {
                throw _text.Fault("expected the end of the line");
            }
        }
    }

    // [source.config]  or  [[transformers]]
    private Table ReadHeader()
    {
        var isList = _text.TryTake("[[");
        if (!isList)
        {
            _text.Next();
        }
        var keys = ReadKey();
        _text.Expect(']', "after the name of a table");
        if (isList)
        {
            _text.Expect(']', "after the name of a list of tables");
        }
        var parent = Open(_root, keys);
        var (name, position) = keys[^1];
        if (isList)
        {
            var list = parent.GetOrAdd(name, position, () => new TableList(position)) as TableList ?? throw Twice(position, name);
            var added = new Table(position);
            list.Tables.Add(added);
            return added;
        }
        if (parent.GetOrAdd(name, position, () => new Table(position)) is not Table { IsDefined: false } table)
        {
            throw Twice(position, name);
        }
        table.IsDefined = true;
        return table;
    }

    private void ReadEntry(Table table, int depth)
    {
        var keys = ReadKey();
        _text.Expect('=', "after a key");
        _text.SkipBlanks();
        var parent = Open(table, keys);
        var (name, position) = keys[^1];
        var value = ReadValue(depth + 1);
        if (!parent.Entries.TryAdd(name, (position, value)))
        {
            throw Twice(position, name);
        }
        parent.Order.Add(name);
    }

    /// <summary>The table that holds the last of the keys, made where it is not there yet.</summary>
    private static Table Open(Table table, List<(string Name, RecipePosition Position)> keys)
    {
        foreach (var (name, position) in keys.SkipLast(1))
        {
            table = table.GetOrAdd(name, position, () => new Table(position)) switch
            {
                Table inner => inner,
                TableList list => list.Tables[^1],
                _ => throw Twice(position, name),
            };
        }
        RecipeLimits.CheckDepth(keys.Count, keys[0].Position);
        return table;
    }

    private static RecipeSyntaxException Twice(RecipePosition position, string name) =>
        new(position, $"not valid TOML: '{name}' is given twice");

    private List<(string Name, RecipePosition Position)> ReadKey()
    {
        var keys = new List<(string, RecipePosition)>();
        do
        {
            _text.SkipBlanks();
            var position = _text.Position;
            var name = _text.Peek is '"' or '\'' ? _text.TakeString() : _text.TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
            if (name.Length == 0)
            {
                throw _text.Fault("a key is missing here; put a key with other characters than letters, digits, '_' and '-' in quotes");
            }
            keys.Add((name, position));
            _text.SkipBlanks();
        }
        while (_text.TryTake("."));
        return keys;
    }

    private object ReadValue(int depth)
    {
        var position = _text.Position;
        RecipeLimits.CheckDepth(depth, position);
        switch (_text.Peek)
        {
            case '"' or '\'':
                return new RecipeScalar(position, _text.TakeString());
            case '[':
                return ReadList(position, depth);
            case '{':
                return ReadInlineTable(position, depth);
            default:
                return new RecipeScalar(position, ReadWord());
        }
    }

    private RecipeList ReadList(RecipePosition position, int depth)
    {
        var items = new List<RecipeNode>();
        _text.Next();
        for (_text.SkipLines(); _text.Peek != ']'; _text.SkipLines())
        {
            items.Add(ToNode(ReadValue(depth + 1), depth + 1));
            _text.SkipLines();
            if (!_text.TryTake(",") && _text.Peek != ']')
            {
                throw _text.Fault("expected ',' or ']' in a list");
            }
        }
        _text.Next();
        return new RecipeList(position, items);
    }

    private Table ReadInlineTable(RecipePosition position, int depth)
    {
        var table = new Table(position) { IsDefined = true };
        _text.Next();
        _text.SkipBlanks();
        while (_text.Peek != '}')
        {
            ReadEntry(table, depth);
            _text.SkipBlanks();
            if (!_text.TryTake(",") && _text.Peek != '}')
            {
                throw _text.Fault("expected ',' or '}' in an inline table");
            }
            _text.SkipBlanks();
        }
        _text.Next();
        table.Close();
        return table;
    }

    // true, 3306, 1_000, 0xff, 1.5e3, inf
    private object ReadWord()
    {
        var word = _text.TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '+' or '.' or ':');
        var digits = word.Replace("_", "", StringComparison.Ordinal);
        var unsigned = digits.TrimStart('+', '-');
        return word switch
        {
            "true" => true,
            "false" => false,
            _ when unsigned is "inf" => digits[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity,
            _ when unsigned is "nan" => double.NaN,
            _ when digits.StartsWith("0x", StringComparison.Ordinal) && BigInteger.TryParse("0" + digits[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) => hex,
            _ when digits.StartsWith("0o", StringComparison.Ordinal) && YamlScalars.TryParseInteger("0" + digits[2..], out var octal) => octal,
            _ when digits.StartsWith("0b", StringComparison.Ordinal) && YamlScalars.TryParseInteger(digits, out var binary) => binary,
            _ when digits.Length < 256 && BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) && (unsigned == "0" || unsigned[0] != '0') => whole,
            _ when digits.Length > 0 && !digits.EndsWith('.') && double.TryParse(digits, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
                && digits.AsSpan().IndexOfAny('.', 'e', 'E') >= 0 => number,
            _ => throw _text.Fault("expected a text in quotes, a number, true, false, a list or an inline table; put dates and all other texts in quotes"),
        };
    }

    private static RecipeNode ToNode(object value, int depth) => value switch
    {
        RecipeNode node => node,
        TableList list => RecipeLimits.Checked(new RecipeList(list.Position, [.. list.Tables.Select(table => table.ToNode(depth + 1))])),
        _ => ((Table)value).ToNode(depth),
    };

    /// <summary>A table that later lines may add to.</summary>
    private sealed class Table(RecipePosition position)
    {
        private bool _closed;

        public Dictionary<string, (RecipePosition Position, object Value)> Entries { get; } = new(StringComparer.Ordinal);

        public List<string> Order { get; } = [];

        /// <summary>Whether it has had its own header, which it may have once.</summary>
        public bool IsDefined { get; set; }

        /// <summary>An inline table takes no further entries.</summary>
        public void Close() => _closed = true;

        public object GetOrAdd(string name, RecipePosition position, Func<object> make)
        {
            if (!Entries.TryGetValue(name, out var entry))
            {
                if (_closed)
                {
                    throw Twice(position, name);
                }
                entry = (position, make());
                Entries.Add(name, entry);
                Order.Add(name);
            }
            return entry.Value is Table { _closed: true } ? throw Twice(position, name) : entry.Value;
        }

        public RecipeMapping ToNode(int depth)
        {
            RecipeLimits.CheckDepth(depth, position);
            return RecipeLimits.Checked(new RecipeMapping(position, [.. Order.Select(name => new RecipeEntry(name, Entries[name].Position, TomlReader.ToNode(Entries[name].Value, depth + 1)))]));
        }
    }

    /// <summary>A list of tables, one per <c>[[header]]</c>.</summary>
    private sealed class TableList(RecipePosition position)
    {
        public RecipePosition Position => position;

        public List<Table> Tables { get; } = [];
    }
}
