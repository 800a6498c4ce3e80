using System.Globalization;

namespace Discovery.Ingestion.Recipes.Filters;

/// <summary>What a part of a pattern is to a repetition that follows it.</summary>
internal enum PieceKind
{
    /// <summary>Can be repeated.</summary>
    Item,

    /// <summary>A place, which cannot be repeated.</summary>
    Anchor,

    /// <summary>A repetition, which cannot be repeated again.</summary>
    Repeat,
}

/// <summary>A translated part of a pattern.</summary>
/// <param name="Text">.NET's words for it.</param>
/// <param name="Shortest">Fewest characters that it matches.</param>
/// <param name="Longest">Most characters that it matches.</param>
/// <param name="Kind">What it is to a repetition.</param>
/// <param name="Steps">How large an automaton for it grows, repetitions multiplied.</param>
internal readonly record struct Piece(string Text, long Shortest, long Longest, PieceKind Kind, long Steps)
{
    // Sums and products stay below this, so that they never overflow.
    private const long Limit = long.MaxValue / 4;

    public static Piece Character(string text) => new(text, 1, 1, PieceKind.Item, 1);

    public static Piece Anchor(string text) => new(text, 0, 0, PieceKind.Anchor, 1);

    public static Piece Concat(IReadOnlyCollection<Piece> pieces) => new(
        string.Concat(pieces.Select(piece => piece.Text)),
        pieces.Aggregate(0L, (sum, piece) => Math.Min(sum + piece.Shortest, Limit)),
        pieces.Aggregate(0L, (sum, piece) => Math.Min(sum + piece.Longest, Limit)),
        PieceKind.Item,
        pieces.Aggregate(0L, (sum, piece) => Math.Min(sum + piece.Steps, Limit)));

    public Piece Or(Piece other) => new($"{Text}|{other.Text}", Math.Min(Shortest, other.Shortest), Math.Max(Longest, other.Longest), PieceKind.Item, Math.Min(Steps + other.Steps, Limit));

    /// <summary>This, repeated. .NET counts to 2^31-1 only, which no name reaches.</summary>
    public Piece Repeat(long minimum, long maximum, long unbounded, bool lazy, bool possessive)
    {
        var quantifier = (minimum, maximum) switch
        {
            (0, 1) => "?",
            (0, _) when maximum == unbounded => "*",
            (1, _) when maximum == unbounded => "+",
            _ => string.Create(CultureInfo.InvariantCulture, $"{{{Math.Min(minimum, int.MaxValue)},{(maximum == unbounded ? "" : Math.Min(maximum, int.MaxValue).ToString(CultureInfo.InvariantCulture))}}}"),
        };
        var text = $"{Text}{quantifier}{(lazy ? "?" : "")}";
        var most = maximum == unbounded ? minimum + 1 : maximum;
        return new Piece(possessive ? $"(?>{text})" : $"(?:{text})", Times(Shortest, minimum), Times(Longest, maximum), PieceKind.Repeat, Times(Steps, Math.Max(most, 1)));
    }

    private static long Times(long one, long other) => one == 0 || other == 0 ? 0 : one > Limit / other ? Limit : one * other;
}
