using Discovery.Catalog.Search.Text;

namespace Discovery.Catalog.Search.Queries;

/// <summary>The terms of a word or phrase of a query.</summary>
internal sealed class QueryTerms : ITermSink
{
    private readonly List<(byte[] Term, int Position)> _words = [];

    private QueryTerms()
    {
    }

    /// <summary>The words with their positions.</summary>
    public IReadOnlyList<(byte[] Term, int Position)> Words => _words;

    /// <summary>All words as one, where they stand without space between them.</summary>
    public byte[]? Joined { get; private set; }

    /// <summary>Breaks a text into its terms.</summary>
    public static QueryTerms Of(string text)
    {
        var terms = new QueryTerms();
        var words = new WordBreaker(terms, forQuery: true);
        words.Break(text);
        return terms;
    }

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<byte> term, int position, bool isJoined)
    {
        if (!isJoined)
        {
            _words.Add((term.ToArray(), position));
        }
        else if (position == 0)
        {
            // Of several the last is the longest.
            Joined = term.ToArray();
        }
    }
}
