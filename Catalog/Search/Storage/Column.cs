namespace Discovery.Catalog.Search.Storage;

/// <summary>The values of one field: pairs of a document and a number of <see cref="Values"/>, in order of the documents.</summary>
internal sealed class Column
{
    private readonly GrowArray<int> _documents = new();
    private readonly GrowArray<int> _values = new();

    /// <summary>The different values as UTF-8.</summary>
    public BytePool Values { get; private init; } = new();

    /// <summary>The document of each pair.</summary>
    public ReadOnlySpan<int> Documents => _documents.Span;

    /// <summary>The value of each pair.</summary>
    public ReadOnlySpan<int> ValueIds => _values.Span;

    /// <summary>Adds a value of the newest document.</summary>
    public void Add(int document, ReadOnlySpan<byte> value)
    {
        var id = Values.Add(value);
        for (var i = _documents.Count - 1; i >= 0 && _documents[i] == document && _documents.Count - i <= 64; i--)
        {
            if (_values[i] == id)
            {
                return;
            }
        }
        _documents.Add(document);
        _values.Add(id);
    }

    /// <summary>The first value of a document, or -1.</summary>
    public int First(int document)
    {
        var documents = Documents;
        var at = documents.BinarySearch(document);
        if (at < 0)
        {
            return -1;
        }
        while (at > 0 && documents[at - 1] == document)
        {
            at--;
        }
        return ValueIds[at];
    }

    /// <summary>Writes the column.</summary>
    public void Save(SnapshotWriter writer)
    {
        _documents.Save(writer);
        _values.Save(writer);
        Values.Save(writer);
    }

    /// <summary>Reads a column.</summary>
    public static Column Load(SnapshotReader reader)
    {
        var (documents, values) = (new GrowArray<int>(), new GrowArray<int>());
        documents.Load(reader);
        values.Load(reader);
        return new Column(documents, values) { Values = BytePool.Load(reader) };
    }

    public Column()
    {
    }

    private Column(GrowArray<int> documents, GrowArray<int> values) => (_documents, _values) = (documents, values);
}
