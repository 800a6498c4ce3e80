using System.Text;

namespace Discovery.Catalog.Search.Queries;

/// <summary>Cuts a query into tokens.</summary>
internal sealed class QueryLexer
{
    private readonly string _text;
    private int _at;

    public QueryLexer(string text)
    {
        _text = text;
        Advance();
    }

    /// <summary>The token that is to be parsed next.</summary>
    public QueryToken Current { get; private set; } = new(TokenKind.End, "", []);

    /// <summary>Goes past a token of a kind, where it is the next.</summary>
    public bool TryTake(TokenKind kind)
    {
        if (Current.Kind != kind)
        {
            return false;
        }
        Advance();
        return true;
    }

    /// <summary>Goes to the next token.</summary>
    public void Advance()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }
        Current = _at == _text.Length ? new QueryToken(TokenKind.End, "", []) : Next();
    }

    private QueryToken Next()
    {
        var first = _text[_at];
        switch (first)
        {
            case '(':
                _at++;
                return new QueryToken(TokenKind.Open, "(", []);
            case ')':
                _at++;
                return new QueryToken(TokenKind.Close, ")", []);
            case '"':
                return Phrase();
            case '-' or '!' when _at + 1 < _text.Length && !char.IsWhiteSpace(_text[_at + 1]):
                _at++;
                return new QueryToken(TokenKind.Not, "-", []);
            case '+' when _at + 1 < _text.Length && !char.IsWhiteSpace(_text[_at + 1]):
                _at++;
                return new QueryToken(TokenKind.And, "+", []);
            default:
                return Word();
        }
    }

    private QueryToken Phrase()
    {
        var phrase = new StringBuilder();
        for (_at++; _at < _text.Length && _text[_at] != '"'; _at++)
        {
            if (_text[_at] == '\\' && _at + 1 < _text.Length)
            {
                _at++;
            }
            phrase.Append(_text[_at]);
        }
        _at = Math.Min(_at + 1, _text.Length);
        return new QueryToken(TokenKind.Phrase, phrase.ToString(), []);
    }

    private QueryToken Word()
    {
        var word = new StringBuilder();
        var wildcards = new List<int>();
        var start = _at;
        for (; _at < _text.Length && _text[_at] is var letter && !char.IsWhiteSpace(letter) && letter is not ('(' or ')' or '"'); _at++)
        {
            if (letter == ':' && _at + 1 < _text.Length && word.Length > 0 && wildcards.Count == 0)
            {
                _at++;
                return new QueryToken(TokenKind.Field, word.ToString(), []);
            }
            if (letter == '\\' && _at + 1 < _text.Length)
            {
                word.Append(_text[++_at]);
                continue;
            }
            if (letter is '*' or '?')
            {
                wildcards.Add(word.Length);
            }
            word.Append(letter);
        }
        return _text[start.._at] switch
        {
            "AND" or "&&" => new QueryToken(TokenKind.And, "AND", []),
            "OR" or "||" => new QueryToken(TokenKind.Or, "OR", []),
            "NOT" => new QueryToken(TokenKind.Not, "NOT", []),
            _ => new QueryToken(TokenKind.Word, word.ToString(), wildcards),
        };
    }
}

/// <summary>A token of a query.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text, escapes resolved.</param>
/// <param name="Wildcards">Where stars and question marks stand that are not escaped.</param>
internal sealed record QueryToken(TokenKind Kind, string Text, IReadOnlyList<int> Wildcards)
{
    /// <summary>Whether it has wildcards.</summary>
    public bool HasWildcard => Wildcards.Count > 0;

    /// <summary>Of each character of the text, whether it is a wildcard.</summary>
    public IEnumerable<bool> Wild()
    {
        var wild = Wildcards.ToHashSet();
        var at = 0;
        foreach (var letter in Text.EnumerateRunes())
        {
            yield return wild.Contains(at);
            at += letter.Utf16SequenceLength;
        }
    }
}

/// <summary>Kinds of tokens.</summary>
internal enum TokenKind
{
    End,
    Word,
    Phrase,
    Field,
    Open,
    Close,
    And,
    Or,
    Not,
}
