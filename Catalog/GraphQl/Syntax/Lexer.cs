using System.Globalization;
using System.Text;

namespace Discovery.Catalog.GraphQl.Syntax;

/// <summary>Kinds of <see cref="Token"/>.</summary>
internal enum TokenKind
{
    End,
    Punctuation,
    Name,
    Int,
    Float,
    Text,
}

/// <summary>A word of a document. The text of a string has no quotes and no escapes.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, Location Location);

/// <summary>Cuts a document into its words. Commas and comments are white space.</summary>
internal sealed class Lexer(string text)
{
    /// <summary>Most words of a document; the longest query of the client has about 1,500.</summary>
    public const int MaxTokens = 15_000;

    private int _position;
    private int _line = 1;
    private int _lineStart;
    private int _tokens;

    /// <exception cref="GraphQlException">What comes next is no word of GraphQL, or the document is too long.</exception>
    public Token Next()
    {
        SkipIgnored();
        var at = Here();
        if (_position == text.Length)
        {
            return new Token(TokenKind.End, "end of the text", at);
        }
        if (++_tokens > MaxTokens)
        {
            throw new GraphQlException($"The document has more than {MaxTokens} words.", at);
        }
        var c = text[_position];
        if (IsNameStart(c))
        {
            var start = _position;
            while (_position < text.Length && (IsNameStart(text[_position]) || char.IsAsciiDigit(text[_position])))
            {
                _position++;
            }
            return new Token(TokenKind.Name, text[start.._position], at);
        }
        if (c == '-' || char.IsAsciiDigit(c))
        {
            return ReadNumber(at);
        }
        if (c == '"')
        {
            return new Token(TokenKind.Text, Follows("\"\"\"") ? ReadBlock(at) : ReadString(at), at);
        }
        if (Follows("..."))
        {
            _position += 3;
            return new Token(TokenKind.Punctuation, "...", at);
        }
        if ("!$&()[]{}:=@|".Contains(c, StringComparison.Ordinal))
        {
            _position++;
            return new Token(TokenKind.Punctuation, c.ToString(), at);
        }
        throw new GraphQlException($"'{c}' is no word of GraphQL.", at);
    }

    private Location Here() => new(_line, _position - _lineStart + 1);

    private bool Follows(string word) => string.CompareOrdinal(text, _position, word, 0, word.Length) == 0;

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_';

    private void SkipIgnored()
    {
        for (; _position < text.Length; _position++)
        {
            switch (text[_position])
            {
                case '\n':
                    _line++;
                    _lineStart = _position + 1;
                    break;
                case ' ' or '\t' or '\r' or ',' or '\uFEFF':
                    break;
                case '#':
                    while (_position + 1 < text.Length && text[_position + 1] != '\n')
                    {
                        _position++;
                    }
                    break;
                default:
                    return;
            }
        }
    }

    private Token ReadNumber(Location at)
    {
        var start = _position++;
        while (_position < text.Length && (char.IsAsciiDigit(text[_position]) || text[_position] is '.' or 'e' or 'E' || (text[_position] is '+' or '-' && text[_position - 1] is 'e' or 'E')))
        {
            _position++;
        }
        var word = text[start.._position];
        var isInt = !word.AsSpan().ContainsAny('.', 'e', 'E');
        var isNumber = isInt
            ? long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            : double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value);
        return isNumber ? new Token(isInt ? TokenKind.Int : TokenKind.Float, word, at) : throw new GraphQlException($"'{word}' is no number.", at);
    }

    private string ReadString(Location at)
    {
        var result = new StringBuilder();
        for (_position++; _position < text.Length && text[_position] != '\n'; _position++)
        {
            switch (text[_position])
            {
                case '"':
                    _position++;
                    return result.ToString();
                case '\\':
                    _position++;
                    result.Append(ReadEscape(at));
                    break;
                default:
                    result.Append(text[_position]);
                    break;
            }
        }
        throw new GraphQlException("A string does not end.", at);
    }

    // \n, ...
    private char ReadEscape(Location at)
    {
        switch (_position < text.Length ? text[_position] : '\0')
        {
            case '"': return '"';
            case '\\': return '\\';
            case '/': return '/';
            case 'b': return '\b';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'u' when _position + 4 < text.Length && ushort.TryParse(text.AsSpan(_position + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                _position += 4;
                return (char)code;
            default:
                throw new GraphQlException("A string has an escape that GraphQL does not know.", at);
        }
    }

    // """several lines, with \""" for three quotes"""
    private string ReadBlock(Location at)
    {
        var result = new StringBuilder();
        for (_position += 3; _position < text.Length; _position++)
        {
            if (Follows("\"\"\""))
            {
                _position += 3;
                return result.ToString().Trim();
            }
            if (Follows("\\\"\"\""))
            {
                _position += 3;
                result.Append("\"\"\"");
                continue;
            }
            if (text[_position] == '\n')
            {
                _line++;
                _lineStart = _position + 1;
            }
            result.Append(text[_position]);
        }
        throw new GraphQlException("A string does not end.", at);
    }
}
