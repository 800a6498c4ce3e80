using System.Runtime.InteropServices;
using System.Text;
using Discovery.Catalog.Search.Documents;

namespace Discovery.Catalog.Search.Storage;

/// <summary>
/// All that is indexed. Documents are numbered as they come; an entity that changes gets a new document and its old one is dead.
/// One thread writes while nobody reads.
/// </summary>
internal sealed partial class IndexContent
{
    private const int MinDead = 1000;

    private readonly GrowArray<int> _urnOf = new(); // urn of a document
    private readonly GrowArray<int> _documentOf = new(); // document of a urn, or -1
    private readonly GrowArray<ulong> _digests = new(); // of what a document is made of
    private readonly GrowArray<float> _weights = new();
    private readonly GrowArray<byte> _states = new();
    private readonly Column?[] _columns = new Column?[IndexSchema.Instance.Columns.Count];
    private (int Field, int Position)[] _occurrences = [];
    private ulong[] _keys = [];
    private byte[] _encoded = [];

    /// <summary>An index of nothing.</summary>
    public IndexContent()
    {
        Urns = new BytePool();
        Terms = new BytePool();
        Postings = new PostingStore();
        UrnOrder = new PoolOrder(Urns);
        TermOrder = new PoolOrder(Terms);
    }

    /// <summary>The urns.</summary>
    public BytePool Urns { get; }

    /// <summary>The order of the urns.</summary>
    public PoolOrder UrnOrder { get; }

    /// <summary>The terms.</summary>
    public BytePool Terms { get; }

    /// <summary>The order of the terms.</summary>
    public PoolOrder TermOrder { get; }

    /// <summary>The postings of the terms.</summary>
    public PostingStore Postings { get; }

    /// <summary>How many documents there are, dead ones included.</summary>
    public int DocumentCount => _urnOf.Count;

    /// <summary>How many documents are alive.</summary>
    public int LiveCount { get; private set; }

    /// <summary>Whether so many documents are dead that it should be written anew.</summary>
    public bool IsWorn => DocumentCount - LiveCount > Math.Max(MinDead, DocumentCount / 3);

    /// <summary>The urn of a document.</summary>
    public string Urn(int document) => Encoding.UTF8.GetString(Urns[_urnOf[document]]);

    /// <summary>The number of the urn of a document.</summary>
    public int UrnId(int document) => _urnOf[document];

    /// <summary>The document of a urn, or -1.</summary>
    public int FindDocument(ReadOnlySpan<byte> urn) => Urns.Find(urn) is >= 0 and var id ? _documentOf[id] : -1;

    /// <summary>The factor on the score of a document.</summary>
    public float Weight(int document) => _weights[document];

    /// <summary>A column, or null where no entity has a value.</summary>
    public Column? Column(int number) => _columns[number];

    /// <summary>The first value of a document in a column, or null.</summary>
    public string? FirstValue(int column, int document) =>
        _columns[column] is { } values && values.First(document) is >= 0 and var value ? Encoding.UTF8.GetString(values.Values[value]) : null;

    /// <summary>The documents that are alive; those of soft-deleted entities only if asked for.</summary>
    public Bitmap Live(bool withRemoved)
    {
        var live = new Bitmap(DocumentCount);
        var states = _states.Span;
        for (var document = 0; document < states.Length; document++)
        {
            if (states[document] == (byte)DocumentState.Live || (withRemoved && states[document] == (byte)DocumentState.SoftDeleted))
            {
                live.Set(document);
            }
        }
        return live;
    }

    /// <summary>Takes in an entity; one that is as it was costs nothing.</summary>
    public void Apply(DocumentBuffer entity)
    {
        var urn = Urns.Add(Encoding.UTF8.GetBytes(entity.Urn));
        _documentOf.GrowTo(urn + 1, -1);
        var old = _documentOf[urn];
        var digest = Digest(entity);
        if (old >= 0 && entity.Exists && _digests[old] == digest)
        {
            return;
        }
        if (old >= 0)
        {
            _states[old] = (byte)DocumentState.Dead;
            _documentOf[urn] = -1;
            LiveCount--;
        }
        if (!entity.Exists)
        {
            return;
        }
        var document = AddDocument(urn, digest, entity.Weight, entity.IsRemoved ? DocumentState.SoftDeleted : DocumentState.Live);
        foreach (var value in entity.Values)
        {
            (_columns[value.Field] ??= new Column()).Add(document, entity[value]);
        }
        AddTerms(document, entity);
    }

    /// <summary>Takes new terms and urns into their order.</summary>
    public void UpdateOrder()
    {
        TermOrder.Update();
        UrnOrder.Update();
    }

    private int AddDocument(int urn, ulong digest, float weight, DocumentState state)
    {
        var document = _urnOf.Count;
        _urnOf.Add(urn);
        _documentOf.GrowTo(urn + 1, -1);
        _documentOf[urn] = document;
        _digests.Add(digest);
        _weights.Add(weight);
        _states.Add((byte)state);
        LiveCount++;
        return document;
    }

    private void AddTerms(int document, DocumentBuffer entity)
    {
        var count = entity.Terms.Length;
        if (_keys.Length < count)
        {
            _keys = new ulong[count * 2];
            _occurrences = new (int, int)[count * 2];
        }
        for (var i = 0; i < count; i++)
        {
            // Term, field and position, so that one sort groups them.
            var term = entity.Terms[i];
            _keys[i] = ((ulong)(uint)Terms.Add(entity[term]) << 32) | ((ulong)(uint)term.Field << 20) | (uint)term.Position;
        }
        Array.Sort(_keys, 0, count);
        for (var start = 0; start < count;)
        {
            var term = (int)(_keys[start] >> 32);
            var length = 0;
            for (; start < count && (int)(_keys[start] >> 32) == term; start++)
            {
                if (length == 0 || _keys[start] != _keys[start - 1])
                {
                    _occurrences[length++] = ((int)(_keys[start] >> 20) & 0xFFF, (int)_keys[start] & 0xFFFFF);
                }
            }
            Append(term, document, _occurrences.AsSpan(0, length));
        }
    }

    private void Append(int term, int document, ReadOnlySpan<(int Field, int Position)> occurrences)
    {
        if (_encoded.Length < occurrences.Length * 15)
        {
            _encoded = new byte[occurrences.Length * 30];
        }
        var bytes = PostingReader.Write(document - Postings.LastDocument(term), occurrences, _encoded);
        Postings.Append(term, _encoded.AsSpan(0, bytes), document);
    }

    private static ulong Digest(DocumentBuffer entity)
    {
        var digest = new SnapshotChecksum();
        digest.Add(MemoryMarshal.AsBytes(entity.Values));
        digest.Add(MemoryMarshal.AsBytes(entity.Terms));
        digest.Add(entity.Bytes);
        return digest.Value;
    }

    private enum DocumentState : byte
    {
        Live,
        SoftDeleted,
        Dead,
    }
}
