using System.Runtime.CompilerServices;

namespace Discovery.Catalog.Search.Storage;

/// <summary>
/// Goes through the postings of a term. Of each field of each document that has the term: distance to the document before (0 for
/// another field of the same one); twice the field, and one more where it has a single position; the number of bytes of the
/// positions, unless it is a single one; and the distances between the positions. All are numbers of seven bits a byte, low ones first.
/// </summary>
internal ref struct PostingReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;
    private int _positions;
    private int _entry;

    /// <summary>The document.</summary>
    public int Document { get; private set; } = -1;

    /// <summary>The field, as a number of <see cref="IndexSchema.TextFields"/>.</summary>
    public int Field { get; private set; }

    /// <summary>Goes to the next field of a document.</summary>
    public bool MoveNext()
    {
        if (_at >= _bytes.Length)
        {
            return false;
        }
        Document += ReadNumber(ref _at);
        _entry = _at;
        var field = ReadNumber(ref _at);
        Field = field >> 1;
        if ((field & 1) == 0)
        {
            var length = ReadNumber(ref _at);
            _positions = _at;
            _at += length;
        }
        else
        {
            _positions = _at;
            while (_bytes[_at++] >= 0x80)
            {
            }
        }
        return true;
    }

    /// <summary>The bytes of the entry, without the distance to the document before.</summary>
    public readonly ReadOnlySpan<byte> Entry => _bytes[_entry.._at];

    /// <summary>Reads the next position in the field; -1 after the last.</summary>
    /// <param name="before">The position before; 0 at first.</param>
    public int NextPosition(int before) => _positions < _at ? before + ReadNumber(ref _positions) : -1;

    /// <summary>Writes the postings of one document and term.</summary>
    /// <param name="gap">Distance to the document before that has the term.</param>
    /// <param name="occurrences">Fields and positions, in order.</param>
    /// <param name="target">Where to; at least fifteen bytes an occurrence.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Write(int gap, ReadOnlySpan<(int Field, int Position)> occurrences, Span<byte> target)
    {
        var at = 0;
        Span<byte> positions = occurrences.Length <= 64 ? stackalloc byte[occurrences.Length * 5] : new byte[occurrences.Length * 5];
        for (var i = 0; i < occurrences.Length;)
        {
            var field = occurrences[i].Field;
            var first = i;
            var length = 0;
            for (var before = 0; i < occurrences.Length && occurrences[i].Field == field; i++)
            {
                WriteNumber(occurrences[i].Position - before, positions, ref length);
                before = occurrences[i].Position;
            }
            WriteNumber(gap, target, ref at);
            var isSingle = i - first == 1;
            WriteNumber((field << 1) | (isSingle ? 1 : 0), target, ref at);
            if (!isSingle)
            {
                WriteNumber(length, target, ref at);
            }
            positions[..length].CopyTo(target[at..]);
            at += length;
            gap = 0;
        }
        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int ReadNumber(ref int at)
    {
        int value = _bytes[at++];
        if (value < 0x80)
        {
            return value;
        }
        value &= 0x7F;
        for (var shift = 7; ; shift += 7)
        {
            var next = _bytes[at++];
            value |= (next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }

    /// <summary>Writes a number.</summary>
    public static void WriteNumber(int value, Span<byte> target, ref int at)
    {
        var rest = (uint)value;
        for (; rest >= 0x80; rest >>= 7)
        {
            target[at++] = (byte)(rest | 0x80);
        }
        target[at++] = (byte)rest;
    }
}
