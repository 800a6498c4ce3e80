using System.Buffers;

namespace Discovery.Catalog.Search.Queries;

/// <summary>Of each document how well it matches one word of a query, and in which field it does best.</summary>
internal sealed class LeafMatches : IDisposable
{
    private const int FieldBits = 12;
    private const int ColumnMark = 1 << (FieldBits - 1);

    private readonly int[] _best;
    private readonly int _count;

    public LeafMatches(int documents)
    {
        _best = ArrayPool<int>.Shared.Rent(documents);
        _count = documents;
        Span.Clear();
    }

    private Span<int> Span => _best.AsSpan(0, _count);

    /// <summary>How well a document matches; 0 for not at all.</summary>
    public int Quality(int document) => _best[document] >> FieldBits;

    /// <summary>Takes a match in a text field.</summary>
    public void AddText(int document, int field, int quality) => Add(document, (quality << FieldBits) | field);

    /// <summary>Takes a match of a value.</summary>
    public void AddColumn(int document, int column, int quality) => Add(document, (quality << FieldBits) | ColumnMark | column);

    /// <summary>The field that a document matches best in, or null.</summary>
    public string? Field(int document)
    {
        var field = _best[document] & (ColumnMark - 1);
        return Quality(document) == 0 ? null
            : (_best[document] & ColumnMark) == 0 ? IndexSchema.Instance.TextFields[field].Name : IndexSchema.Instance.Columns[field].Name;
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<int>.Shared.Return(_best);

    private void Add(int document, int match)
    {
        ref var best = ref _best[document];
        best = Math.Max(best, match);
    }
}
