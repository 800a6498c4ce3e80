namespace Discovery.Ingestion.Sources.MySql.ViewText;

/// <summary>A text cut into tokens, in one pass, with its parentheses matched.</summary>
internal sealed class SqlTokens
{
    private readonly List<SqlToken> _tokens = [];

    private SqlTokens(string text)
    {
        Text = text;
    }

    /// <summary>The whole text.</summary>
    public string Text { get; }

    /// <summary>Number of tokens without the end.</summary>
    public int Count => _tokens.Count - 1;

    /// <summary>A token; at <see cref="Count"/> and behind stands the end.</summary>
    public SqlToken this[int index] => _tokens[Math.Min(index, Count)];

    /// <summary>Cuts a text.</summary>
    /// <exception cref="ViewTextException">A quote or a parenthesis has no partner.</exception>
    public static SqlTokens Read(string text)
    {
        var tokens = new SqlTokens(text);
        var open = new Stack<int>();
        for (var i = tokens.SkipBlanks(0); i < text.Length; i = tokens.SkipBlanks(tokens._tokens[^1].End))
        {
            var token = tokens.Next(i);
            if (token.Kind == SqlTokenKind.Open)
            {
                open.Push(tokens._tokens.Count);
            }
            else if (token.Kind == SqlTokenKind.Close)
            {
                var partner = open.TryPop(out var index) ? index : throw tokens.Unpaired(i);
                tokens._tokens[partner] = tokens._tokens[partner] with { Match = tokens._tokens.Count };
            }
            tokens._tokens.Add(token);
        }
        if (open.TryPop(out var left))
        {
            throw tokens.Unpaired(tokens._tokens[left].Start);
        }
        tokens._tokens.Add(new(SqlTokenKind.End, SqlWord.None, text.Length, text.Length));
        tokens.FindQueries();
        return tokens;
    }

    /// <summary>The name that a token quotes, or the word as it stands.</summary>
    public string NameAt(int index)
    {
        // `it``s` "say ""x"""
        var (token, text) = (_tokens[index], Text);
        if (token.Kind != SqlTokenKind.Name)
        {
            return text[token.Start..token.End];
        }
        var quote = text[token.Start].ToString();
        return text[(token.Start + 1)..(token.End - 1)].Replace(quote + quote, quote, StringComparison.Ordinal);
    }

    /// <summary>A fault that names the token and its place; of literals only the place.</summary>
    public ViewTextException Fault(int index)
    {
        var token = _tokens[index];
        var what = token.Kind switch
        {
            SqlTokenKind.End => "the end",
            SqlTokenKind.Literal => "a literal",
            _ when token.End - token.Start > 64 => "a long word",
            _ => $"'{Text[token.Start..token.End]}'",
        };
        return new($"at {what}, character {token.Start + 1}");
    }

    private ViewTextException Unpaired(int index) => new($"unpaired {Text[index]} at character {index + 1}");

    private int SkipBlanks(int i)
    {
        while (i < Text.Length)
        {
            if (char.IsWhiteSpace(Text[i]))
            {
                i++;
            }
            else if (Text[i] == '/' && i + 1 < Text.Length && Text[i + 1] == '*')
            {
                var end = Text.IndexOf("*/", i + 2, StringComparison.Ordinal);
                i = end < 0 ? throw Unpaired(i) : end + 2;
            }
            else
            {
                break;
            }
        }
        return i;
    }

    private SqlToken Next(int i) => Text[i] switch
    {
        '`' or '"' => new(SqlTokenKind.Name, SqlWord.None, i, QuotedEnd(i, false)),
        '\'' => new(SqlTokenKind.Literal, SqlWord.None, i, QuotedEnd(i, true)),
        '(' => new(SqlTokenKind.Open, SqlWord.None, i, i + 1),
        ')' => new(SqlTokenKind.Close, SqlWord.None, i, i + 1),
        ',' => new(SqlTokenKind.Comma, SqlWord.None, i, i + 1),
        '.' => new(SqlTokenKind.Dot, SqlWord.None, i, i + 1),
        // 12 1.5 0x4a
        >= '0' and <= '9' => new(SqlTokenKind.Literal, SqlWord.None, i, WordEnd(i, true)),
        var c when IsWordCharacter(c) => WordAt(i),
        _ => new(SqlTokenKind.Symbol, SqlWord.None, i, i + 1),
    };

    private SqlToken WordAt(int i)
    {
        var end = WordEnd(i, false);
        return new(SqlTokenKind.Word, SqlWords.Of(Text.AsSpan(i, end - i)), i, end);
    }

    private int WordEnd(int i, bool isNumber)
    {
        while (i < Text.Length && (IsWordCharacter(Text[i]) || (isNumber && Text[i] == '.')))
        {
            i++;
        }
        return i;
    }

    private static bool IsWordCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '$' || c >= 0x80;

    private int QuotedEnd(int start, bool hasEscapes)
    {
        var quote = Text[start];
        for (var i = start + 1; i < Text.Length; i++)
        {
            if (Text[i] == '\\' && hasEscapes)
            {
                i++;
            }
            else if (Text[i] == quote)
            {
                if (i + 1 == Text.Length || Text[i + 1] != quote)
                {
                    return i + 1;
                }
                i++;
            }
        }
        throw Unpaired(start);
    }

    /// <summary>From the last parenthesis to the first, so that each needs to look at the next one only.</summary>
    private void FindQueries()
    {
        for (var i = Count - 1; i >= 0; i--)
        {
            if (_tokens[i].Kind == SqlTokenKind.Open)
            {
                var inner = _tokens[i + 1];
                var holdsQuery = inner.Kind == SqlTokenKind.Open
                    // ((select 1) union (select 2)), but not ((select 1) + 1) and not ((select 1) `t` join `u`)
                    ? inner.HoldsQuery && (inner.Match + 1 == _tokens[i].Match || _tokens[inner.Match + 1].Word is SqlWord.Union or SqlWord.Intersect or SqlWord.Except or SqlWord.Order or SqlWord.Limit or SqlWord.Fetch)
                    // not json_duality_object(with (insert) 'id': ..)
                    : inner.Word is SqlWord.Select or SqlWord.Values || (inner.Word == SqlWord.With && _tokens[i + 2].Kind != SqlTokenKind.Open);
                _tokens[i] = _tokens[i] with { HoldsQuery = holdsQuery };
            }
        }
    }
}
