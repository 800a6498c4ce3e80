using System.Globalization;
using System.Text;

namespace Discovery.Ingestion.Recipes.Documents;

/// <summary>A TOML text with a place in it: characters, white space and the four kinds of strings.</summary>
internal sealed class TomlText(string text)
{
    private int _index;
    private int _line = 1;
    private int _lineStart;

    public RecipePosition Position => new(_line, _index - _lineStart + 1);

    public bool AtEnd => _index >= text.Length;

    /// <summary>The next character, NUL at the end.</summary>
    public char Peek => Ahead(0);

    public char Ahead(int count) => _index + count < text.Length ? text[_index + count] : '\0';

    public bool StartsWith(string expected) => string.CompareOrdinal(text, _index, expected, 0, expected.Length) == 0;

    public RecipeSyntaxException Fault(string message) => new(Position, $"not valid TOML: {message}");

    public char Next()
    {
        if (AtEnd)
        {
            throw Fault("the text ends here");
        }
        var next = text[_index++];
        if (next == '\n')
        {
            _line++;
            _lineStart = _index;
        }
        return next;
    }

    public bool TryTake(string expected)
    {
        if (!StartsWith(expected))
        {
            return false;
        }
        foreach (var _ in expected)
        {
            Next();
        }
        return true;
    }

    public void Expect(char expected, string meaning)
    {
        if (Peek != expected)
        {
            throw Fault($"expected '{expected}' {meaning}");
        }
        Next();
    }

    /// <summary>Skips spaces and tabs.</summary>
    public void SkipBlanks()
    {
        while (Peek is ' ' or '\t')
        {
            Next();
        }
    }

    /// <summary>Skips spaces, line ends and comments.</summary>
    public void SkipLines()
    {
        while (true)
        {
            SkipBlanks();
            if (Peek == '#')
            {
                while (!AtEnd && Peek != '\n')
                {
                    Next();
                }
            }
            else if (Peek == '\n' || StartsWith("\r\n"))
            {
                Next();
            }
            else
            {
                return;
            }
        }
    }

    public string TakeWhile(Func<char, bool> accepts)
    {
        var start = _index;
        while (!AtEnd && accepts(text[_index]))
        {
            Next();
        }
        return text[start.._index];
    }

    /// <summary>Takes a string in any of its forms: <c>"a\n"</c>, <c>'a'</c>, <c>"""a"""</c>, <c>'''a'''</c>.</summary>
    public string TakeString()
    {
        var quote = Peek;
        var triple = new string(quote, 3);
        var multiline = TryTake(triple);
        if (!multiline)
        {
            Next();
        }
        else if (!TryTake("\r\n"))
        {
            TryTake("\n");
        }
        var result = new StringBuilder();
        while (true)
        {
            if (multiline ? StartsWith(triple) && Ahead(3) != quote : Peek == quote)
            {
                TryTake(multiline ? triple : quote.ToString());
                return result.ToString();
            }
            if (!multiline && (AtEnd || Peek == '\n'))
            {
                throw Fault($"the text is not closed with {quote}");
            }
            var next = Next();
            if (next == '\\' && quote == '"')
            {
                TakeEscape(result, multiline);
            }
            else
            {
                result.Append(next);
            }
        }
    }

    private void TakeEscape(StringBuilder result, bool multiline)
    {
        var escape = Next();
        switch (escape)
        {
            case 'b' or 't' or 'n' or 'f' or 'r' or '"' or '\\':
                result.Append(escape switch { 'b' => '\b', 't' => '\t', 'n' => '\n', 'f' => '\f', 'r' => '\r', _ => escape });
                break;
            case 'u' or 'U':
                var digits = string.Concat(Enumerable.Range(0, escape == 'u' ? 4 : 8).Select(_ => Next()));
                if (!int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || !Rune.IsValid(code))
                {
                    throw Fault($"\\{escape} needs the {digits.Length} hexadecimal digits of a character");
                }
                result.Append(new Rune(code).ToString());
                break;
            case ' ' or '\t' or '\r' or '\n' when multiline:
                TakeWhile(char.IsWhiteSpace);
                break;
            default:
                throw Fault("this escape is unknown; write '\\\\' for a backslash, or use single quotes");
        }
    }
}
