namespace Discovery.Catalog.Search.Queries;

/// <summary>
/// Parses what somebody types or a client sends: <c>orders daily</c>, <c>"a phrase"</c>, <c>ord*</c>,
/// <c>(platform.keyword:"urn\:li\:dataPlatform\:hive" AND NOT name:tmp) OR -x</c>. Parentheses and quotes that do not
/// close end with the text, so that nobody sees an error while typing.
/// </summary>
internal sealed class QueryParser
{
    /// <summary>Longest query, in characters.</summary>
    public const int MaxLength = 32_768;

    /// <summary>Most words.</summary>
    public const int MaxWords = 512;

    private const int MaxDepth = 50;

    private readonly QueryLexer _lexer;
    private readonly Func<string, bool> _isField;
    private int _words;

    private QueryParser(string text, Func<string, bool> isField) => (_lexer, _isField) = (new QueryLexer(text), isField);

    /// <summary>Parses a query.</summary>
    /// <param name="text">The query.</param>
    /// <param name="isField">Whether there is a field of a name; where not, <c>a:b</c> are words.</param>
    /// <param name="plain">The text of its words where it has nothing else; null otherwise.</param>
    /// <exception cref="CatalogException">It is longer than anybody writes.</exception>
    public static QueryNode Parse(string text, Func<string, bool> isField, out string? plain)
    {
        if (text.Length > MaxLength)
        {
            throw Refusal($"is longer than {MaxLength} characters");
        }
        text = text.Trim();
        // What DataHub's pages put before a query that is not to be taken as words.
        text = text.StartsWith("/q ", StringComparison.Ordinal) ? text[3..].Trim() : text;
        plain = null;
        if (text is "" or "*")
        {
            return new AnyNode();
        }
        if (text.StartsWith("urn:li:", StringComparison.Ordinal) && !text.Any(char.IsWhiteSpace))
        {
            return new UrnNode(text);
        }
        var parser = new QueryParser(text, isField);
        var node = parser.ParseOr(0);
        plain = node is null or WordNode { Field: null } || (node is AndNode and && and.Parts.All(part => part is WordNode { Field: null })) ? text : null;
        return node is null ? new OrNode([]) : MarkLast(node);
    }

    /// <summary>Takes text as words, without operators and fields.</summary>
    public static QueryNode Words(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(word => QueryTerms.Of(word).Words.Count > 0)
            .Take(MaxWords)
            .Select(word => new WordNode(word, Field: null, IsPrefix: false))
            .ToList();
        return words.Count == 0 ? new OrNode([]) : MarkLast(new AndNode(words));
    }

    /// <summary>Lets the last word match as a prefix: it may not be typed to its end.</summary>
    private static QueryNode MarkLast(QueryNode node) => node switch
    {
        WordNode { Field: null } word => word with { IsPrefix = true },
        AndNode and => new AndNode([.. and.Parts.SkipLast(1), MarkLast(and.Parts[^1])]),
        OrNode { Parts.Count: > 0 } or => new OrNode([.. or.Parts.SkipLast(1), MarkLast(or.Parts[^1])]),
        _ => node,
    };

    private QueryNode? ParseOr(int depth)
    {
        if (depth > MaxDepth)
        {
            throw Refusal($"has more than {MaxDepth} parentheses inside each other");
        }
        var parts = new List<QueryNode>();
        do
        {
            if (ParseAnd(depth) is { } part)
            {
                parts.Add(part);
            }
        }
        while (_lexer.TryTake(TokenKind.Or));
        return parts.Count > 1 ? new OrNode(parts) : parts.FirstOrDefault();
    }

    private QueryNode? ParseAnd(int depth)
    {
        var parts = new List<QueryNode>();
        while (_lexer.Current.Kind is not (TokenKind.End or TokenKind.Or) && !(depth > 0 && _lexer.Current.Kind == TokenKind.Close))
        {
            if (_lexer.TryTake(TokenKind.And) || _lexer.TryTake(TokenKind.Close))
            {
                continue;
            }
            if (ParseUnary(depth) is { } part)
            {
                parts.Add(part);
            }
        }
        return parts.Count > 1 ? new AndNode(parts) : parts.FirstOrDefault();
    }

    private QueryNode? ParseUnary(int depth)
    {
        var negated = false;
        while (_lexer.TryTake(TokenKind.Not))
        {
            negated = !negated;
        }
        var node = ParsePart(depth, field: null);
        return negated && node is not null ? new NotNode(node) : node;
    }

    private QueryNode? ParsePart(int depth, string? field)
    {
        var token = _lexer.Current;
        switch (token.Kind)
        {
            case TokenKind.Open:
                _lexer.Advance();
                var inner = ParseOr(depth + 1);
                _lexer.TryTake(TokenKind.Close);
                return field is null || inner is null ? inner : InField(inner, field);
            case TokenKind.Field when field is null && _isField(token.Text):
                _lexer.Advance();
                return ParsePart(depth, token.Text);
            case TokenKind.Field:
            case TokenKind.Word:
                _lexer.Advance();
                // Text without a letter or digit, as in "orders & items", is not searched for.
                return field is null && !token.HasWildcard && QueryTerms.Of(token.Text).Words.Count == 0 ? null : Counted(Word(token, field));
            case TokenKind.Phrase:
                _lexer.Advance();
                return Counted(new PhraseNode(token.Text, field));
            default:
                return null;
        }
    }

    private QueryNode Counted(QueryNode node) =>
        ++_words <= MaxWords ? node : throw Refusal($"has more than {MaxWords} words");

    private static QueryNode Word(QueryToken token, string? field)
    {
        if (!token.HasWildcard)
        {
            return new WordNode(token.Text, field, IsPrefix: false);
        }
        if (token.Wildcards is [var only] && only == token.Text.Length - 1 && only > 0 && token.Text[only] == '*')
        {
            return new WordNode(token.Text[..only], field, IsPrefix: true);
        }
        var pattern = Wildcard.Parse(token.Text.EnumerateRunes().Zip(token.Wild(), (letter, wild) => (letter, wild)));
        return pattern.IsAny && field is null ? new AnyNode() : new PatternNode(pattern, field);
    }

    /// <summary>Puts a field before all words of <c>field:(a OR b)</c>.</summary>
    private static QueryNode InField(QueryNode node, string field) => node switch
    {
        WordNode { Field: null } word => word with { Field = field },
        PhraseNode { Field: null } phrase => phrase with { Field = field },
        PatternNode { Field: null } pattern => pattern with { Field = field },
        AndNode and => new AndNode([.. and.Parts.Select(part => InField(part, field))]),
        OrNode or => new OrNode([.. or.Parts.Select(part => InField(part, field))]),
        NotNode not => new NotNode(InField(not.Part, field)),
        _ => node,
    };

    private static CatalogException Refusal(string fault) => new(CatalogFault.Argument, $"the query {fault}; make it shorter");
}
