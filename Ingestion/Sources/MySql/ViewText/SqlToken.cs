namespace Discovery.Ingestion.Sources.MySql.ViewText;

/// <summary>Kinds of tokens.</summary>
internal enum SqlTokenKind
{
    /// <summary>After the last one.</summary>
    End,

    /// <summary>Letters without quotes: a keyword, a function, an introducer.</summary>
    Word,

    /// <summary>A quoted identifier.</summary>
    Name,

    /// <summary>A text or a number.</summary>
    Literal,

    /// <summary><c>(</c></summary>
    Open,

    /// <summary><c>)</c></summary>
    Close,

    /// <summary><c>,</c></summary>
    Comma,

    /// <summary><c>.</c></summary>
    Dot,

    /// <summary>Any other character.</summary>
    Symbol,
}

/// <summary>A token and its place in the text.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Word">Which word, if it is one that shapes statements.</param>
/// <param name="Start">First character.</param>
/// <param name="End">Behind the last character.</param>
internal readonly record struct SqlToken(SqlTokenKind Kind, SqlWord Word, int Start, int End)
{
    /// <summary>Of an opening parenthesis: the index of the token that closes it.</summary>
    public int Match { get; init; }

    /// <summary>Of an opening parenthesis: whether what it holds is a query.</summary>
    public bool HoldsQuery { get; init; }
}
