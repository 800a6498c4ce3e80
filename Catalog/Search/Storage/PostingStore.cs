using System.Numerics;

namespace Discovery.Catalog.Search.Storage;

/// <summary>
/// The bytes of the postings of each term, one piece of memory a term. A piece that is full moves to a bigger one, and the old one is
/// given to the next that needs its size. Sizes are 8, 12, 16, 24, 32 and so on.
/// </summary>
internal sealed class PostingStore
{
    private const int ChunkBits = 16;
    private const int ChunkBytes = 1 << ChunkBits;
    private const int NoClass = -1;

    private readonly GrowArray<Piece> _pieces = new();
    private readonly List<byte[]> _chunks = [];
    private readonly Stack<long>?[] _free = new Stack<long>?[64];
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
    /// <param name="document">The last document that they are of.</param>
    /// <param name="documents">How many documents they are of.</param>
    public void Append(int term, ReadOnlySpan<byte> bytes, int document, int documents = 1)
    {
        _pieces.GrowTo(term + 1, new Piece { LastDocument = -1, Class = NoClass });
        ref var piece = ref _pieces[term];
        var needed = piece.Length + bytes.Length;
        if (piece.Class == NoClass || needed > Size(piece.Class))
        {
            var bigger = ClassFor(needed);
            var address = Allocate(bigger);
            if (piece.Class != NoClass)
            {
                At(piece.Address).AsSpan(Offset(piece.Address), piece.Length).CopyTo(At(address).AsSpan(Offset(address)));
                Release(piece.Address, piece.Class);
            }
            (piece.Address, piece.Class) = (address, bigger);
        }
        bytes.CopyTo(At(piece.Address).AsSpan(Offset(piece.Address) + piece.Length));
        piece.Length = needed;
        piece.Documents += documents;
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

    private byte[] At(long address) => _chunks[(int)(address >> ChunkBits)];

    private static int Offset(long address) => (int)(address & (ChunkBytes - 1));

    private static int Size(int sizeClass) => (sizeClass & 1) == 0 ? 8 << (sizeClass >> 1) : 12 << (sizeClass >> 1);

    private static int ClassFor(int bytes)
    {
        var sizeClass = Math.Max(0, (BitOperations.Log2((uint)bytes) - 3) * 2);
        while (Size(sizeClass) < bytes)
        {
            sizeClass++;
        }
        return sizeClass;
    }

    private long Allocate(int sizeClass)
    {
        if (_free[sizeClass] is { Count: > 0 } free)
        {
            return free.Pop();
        }
        var size = Size(sizeClass);
        if (size > ChunkBytes)
        {
            _chunks.Add(new byte[size]);
            return (long)(_chunks.Count - 1) << ChunkBits;
        }
        if (_open < 0 || _used + size > ChunkBytes)
        {
            _open = _chunks.Count;
            _chunks.Add(new byte[ChunkBytes]);
            _used = 0;
        }
        var address = ((long)_open << ChunkBits) | (uint)_used;
        _used += size;
        return address;
    }

    private void Release(long address, int sizeClass)
    {
        if (Size(sizeClass) > ChunkBytes)
        {
            // A piece of its own array goes back to the runtime.
            _chunks[(int)(address >> ChunkBits)] = [];
            return;
        }
        (_free[sizeClass] ??= new Stack<long>()).Push(address);
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
