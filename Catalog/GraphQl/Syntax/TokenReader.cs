namespace Discovery.Catalog.GraphQl.Syntax;

/// <summary>Reads words one after the other, with one in sight.</summary>
internal sealed class TokenReader
{
    /// <summary>How deep brackets of all kinds may be nested.</summary>
    private const int MaxDepth = 64;

    private readonly Lexer _lexer;
    private int _depth;

    public TokenReader(string text)
    {
        _lexer = new Lexer(text);
        Current = _lexer.Next();
    }

    /// <summary>The word in sight.</summary>
    public Token Current { get; private set; }

    public bool Is(string punctuation) => Current.Kind == TokenKind.Punctuation && Current.Text == punctuation;

    public bool IsName(string name) => Current.Kind == TokenKind.Name && Current.Text == name;

    public Token Take()
    {
        var token = Current;
        Current = _lexer.Next();
        return token;
    }

    public bool TryTake(string punctuation)
    {
        if (!Is(punctuation))
        {
            return false;
        }
        Take();
        return true;
    }

    public void Expect(string punctuation)
    {
        if (!TryTake(punctuation))
        {
            throw Unexpected($"'{punctuation}'");
        }
    }

    public string TakeName() => Current.Kind == TokenKind.Name ? Take().Text : throw Unexpected("a name");

    /// <summary>Reads at least one item between brackets.</summary>
    public List<T> Between<T>(string open, string close, Func<T> read)
    {
        var items = Enclosed(open, close, read);
        return items.Count > 0 ? items : throw Unexpected("something between the brackets");
    }

    /// <summary>Reads items between brackets, or none where the bracket is not there.</summary>
    public List<T> BetweenOrNone<T>(string open, string close, Func<T> read) => Is(open) ? Between(open, close, read) : [];

    /// <summary>Reads items between brackets.</summary>
    public List<T> Enclosed<T>(string open, string close, Func<T> read)
    {
        Expect(open);
        if (++_depth > MaxDepth)
        {
            throw new GraphQlException($"The document is nested more than {MaxDepth} deep.", Current.Location);
        }
        var items = new List<T>();
        while (!TryTake(close))
        {
            items.Add(read());
        }
        _depth--;
        return items;
    }

    public GraphQlException Unexpected(string expected) => new($"Expected {expected}, found '{Current.Text}'.", Current.Location);
}
