using System.Globalization;

namespace Discovery.Catalog.Search.Storage;

/// <summary>The values of one field: pairs of a document and a number of <see cref="Values"/>, in order of the documents.</summary>
internal sealed class Column
{
    private readonly GrowArray<int> _documents = new();
    private readonly GrowArray<int> _values = new();
    private double[] _numbers = [];

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
        Append(document, id);
    }

    /// <summary>Adds a value that the newest document does not have yet.</summary>
    public void Append(int document, int value)
    {
        _documents.Add(document);
        _values.Add(value);
    }

    /// <summary>The values as numbers; what is none is not a number. Kept, because each sort and range asks for all of them.</summary>
    public ReadOnlySpan<double> Numbers()
    {
        var known = _numbers;
        if (known.Length < Values.Count)
        {
            var numbers = new double[Values.Count];
            known.CopyTo(numbers, 0);
            for (var value = known.Length; value < numbers.Length; value++)
            {
                numbers[value] = double.TryParse(Values[value], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
            }
            _numbers = known = numbers;
        }
        return known;
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
