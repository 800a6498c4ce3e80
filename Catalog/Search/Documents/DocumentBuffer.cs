using System.Runtime.InteropServices;
using Discovery.Catalog.Search.Text;

namespace Discovery.Catalog.Search.Documents;

/// <summary>What the index takes of one entity: its values and its terms. Used again for the next entity.</summary>
internal sealed class DocumentBuffer : ITermSink
{
    // Words of a text beyond these are not found: hostile texts stay as small as others.
    private const int MaxPosition = 100_000;

    private readonly int[] _positions = new int[IndexSchema.Instance.TextFields.Count];
    private readonly List<Piece> _terms = [];
    private readonly List<Piece> _values = [];
    private byte[] _bytes = new byte[4096];
    private int _used;
    private int _field;

    /// <summary>The entity.</summary>
    public string Urn { get; private set; } = "";

    /// <summary>Whether the entity has aspects.</summary>
    public bool Exists { get; set; }

    /// <summary>Whether it is soft-deleted.</summary>
    public bool IsRemoved { get; set; }

    /// <summary>Factor on its score.</summary>
    public float Weight { get; set; }

    /// <summary>Terms, with the number of their text field.</summary>
    public ReadOnlySpan<Piece> Terms => CollectionsMarshal.AsSpan(_terms);

    /// <summary>Values, with the number of their column.</summary>
    public ReadOnlySpan<Piece> Values => CollectionsMarshal.AsSpan(_values);

    /// <summary>The bytes of all terms and values.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _used);

    /// <summary>The bytes of a term or value.</summary>
    public ReadOnlySpan<byte> this[Piece piece] => _bytes.AsSpan(piece.Start, piece.Length);

    /// <summary>Begins with an entity.</summary>
    public void Begin(string urn)
    {
        Urn = urn;
        (Exists, IsRemoved, Weight, _used) = (false, false, 1, 0);
        _terms.Clear();
        _values.Clear();
        Array.Clear(_positions);
    }

    /// <summary>Adds a value to a column.</summary>
    public void AddValue(int column, ReadOnlySpan<byte> value) => _values.Add(new Piece(Store(value), value.Length, column, 0));

    /// <summary>Adds the words of a text to a text field.</summary>
    public void AddText(int field, ReadOnlySpan<char> text)
    {
        _field = field;
        var words = new WordBreaker(this, position: _positions[field]);
        words.Break(text);
        _positions[field] = words.Position;
    }

    /// <summary>Adds a term that is no word.</summary>
    public void AddTerm(int field, ReadOnlySpan<byte> term)
    {
        _field = field;
        Add(term, 0, isJoined: false);
    }

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<byte> term, int position, bool isJoined)
    {
        if (position <= MaxPosition)
        {
            _terms.Add(new Piece(Store(term), term.Length, _field, position));
        }
    }

    private int Store(ReadOnlySpan<byte> bytes)
    {
        if (_used + bytes.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_used + bytes.Length, _bytes.Length * 2));
        }
        bytes.CopyTo(_bytes.AsSpan(_used));
        var start = _used;
        _used += bytes.Length;
        return start;
    }

    /// <summary>A term or a value.</summary>
    /// <param name="Start">Where its bytes are.</param>
    /// <param name="Length">How many.</param>
    /// <param name="Field">The text field or the column.</param>
    /// <param name="Position">Position of a term.</param>
    public readonly record struct Piece(int Start, int Length, int Field, int Position);
}
