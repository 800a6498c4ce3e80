using System.Numerics;

namespace Discovery.Catalog.Search.Storage;

/// <summary>
/// The bytes of the postings of each term, one piece of memory a term. A piece that is full moves to one of twice the size, and the
/// old one is given to the next that needs its size.
/// </summary>
internal sealed class PostingStore
{
    private const int ChunkBytes = 1 << 16;
    private const int MinClass = 3; // 8 bytes
    private const int ChunkClass = 16;

    private readonly GrowArray<Piece> _pieces = new();
    private readonly List<byte[]> _chunks = [];
    private readonly Stack<long>?[] _free = new Stack<long>?[31];
    private int _open = -1; // the chunk that pieces are cut from
    private int _used;

    /// <summary>How many documents have a term, dead ones included.</summary>
    public int CountDocuments(int term) => term < _pieces.Count ? _pieces[term].Documents : 0;

    /// <summary>The last document of a term, or -1.</summary>
    public int LastDocument(int term) => term < _pieces.Count ? _pieces[term].LastDocument : -1;

    /// <summary>The bytes of a term.</summary>
    public ReadOnlySpan<byte> Read(int term)
    {
        if (term >= _pieces.Count || _pieces[term] is not { Length: > 0 } piece)
        {
            return [];
        }
        return At(piece.Address).AsSpan(Offset(piece.Address), piece.Length);
    }

    /// <summary>Adds bytes to a term.</summary>
    /// <param name="term">The term.</param>
    /// <param name="bytes">What <see cref="PostingReader.Write"/> wrote.</param>
    /// <param name="document">The document that they are of.</param>
    public void Append(int term, ReadOnlySpan<byte> bytes, int document)
    {
        _pieces.GrowTo(term + 1, new Piece { LastDocument = -1, Class = 0 });
        ref var piece = ref _pieces[term];
        var needed = piece.Length + bytes.Length;
        if (piece.Class == 0 || needed > 1 << piece.Class)
        {
            var bigger = Math.Max(MinClass, BitOperations.Log2((uint)(needed - 1)) + 1);
            var address = Allocate(bigger);
            if (piece.Class > 0)
            {
                At(piece.Address).AsSpan(Offset(piece.Address), piece.Length).CopyTo(At(address).AsSpan(Offset(address)));
                Release(piece.Address, piece.Class);
            }
            (piece.Address, piece.Class) = (address, bigger);
        }
        bytes.CopyTo(At(piece.Address).AsSpan(Offset(piece.Address) + piece.Length));
        piece.Length = needed;
        piece.Documents += piece.LastDocument == document ? 0 : 1;
        piece.LastDocument = document;
    }

    /// <summary>Writes the postings. Pieces that nobody uses are not remembered.</summary>
    public void Save(SnapshotWriter writer)
    {
        _pieces.Save(writer);
        writer.Write(_open);
        writer.Write(_used);
        writer.Write(_chunks.Count);
        foreach (var chunk in _chunks)
        {
            writer.Write(chunk.Length);
            writer.Write(chunk);
        }
    }

    /// <summary>Reads postings.</summary>
    public static PostingStore Load(SnapshotReader reader)
    {
        var postings = new PostingStore();
        postings._pieces.Load(reader);
        postings._open = reader.Read();
        postings._used = reader.Read();
        var chunks = reader.ReadCount(sizeof(int));
        for (var i = 0; i < chunks; i++)
        {
            var chunk = new byte[reader.ReadCount(1)];
            reader.Read(chunk);
            postings._chunks.Add(chunk);
        }
        return postings;
    }

    private byte[] At(long address) => _chunks[(int)(address >> ChunkClass)];

    private static int Offset(long address) => (int)(address & (ChunkBytes - 1));

    private long Allocate(int size)
    {
        if (_free[size] is { Count: > 0 } free)
        {
            return free.Pop();
        }
        if (size >= ChunkClass)
        {
            _chunks.Add(new byte[1 << size]);
            return (long)(_chunks.Count - 1) << ChunkClass;
        }
        if (_open < 0 || _used + (1 << size) > ChunkBytes)
        {
            _open = _chunks.Count;
            _chunks.Add(new byte[ChunkBytes]);
            _used = 0;
        }
        var address = ((long)_open << ChunkClass) | (uint)_used;
        _used += 1 << size;
        return address;
    }

    private void Release(long address, int size)
    {
        if (size > ChunkClass)
        {
            // A piece of its own array goes back to the runtime.
            _chunks[(int)(address >> ChunkClass)] = [];
            return;
        }
        (_free[size] ??= new Stack<long>()).Push(address);
    }

    private struct Piece
    {
        public long Address;
        public int Length;
        public int Documents;
        public int LastDocument;
        public int Class;
    }
}
