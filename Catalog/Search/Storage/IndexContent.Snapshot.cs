namespace Discovery.Catalog.Search.Storage;

internal sealed partial class IndexContent
{
    private const int Magic = 0x58444E49; // INDX
    private const int FormatVersion = 1;

    private IndexContent(SnapshotReader reader)
    {
        if (reader.Read() != Magic || reader.Read() != FormatVersion || reader.Read() != IndexSchema.Instance.Fingerprint)
        {
            throw new SearchSnapshotException("the snapshot of the search index is of another version");
        }
        LiveCount = reader.Read();
        Urns = BytePool.Load(reader);
        UrnOrder = PoolOrder.Load(Urns, reader);
        Terms = BytePool.Load(reader);
        TermOrder = PoolOrder.Load(Terms, reader);
        Postings = PostingStore.Load(reader);
        _urnOf.Load(reader);
        _documentOf.Load(reader);
        _digests.Load(reader);
        _weights.Load(reader);
        _states.Load(reader);
        for (var used = reader.ReadCount(sizeof(int)); used > 0; used--)
        {
            var number = reader.Read();
            if (number < 0 || number >= _columns.Length)
            {
                throw new SearchSnapshotException("the snapshot of the search index is damaged");
            }
            _columns[number] = Storage.Column.Load(reader);
        }
        reader.Finish();
    }

    /// <summary>Writes everything in the form in which it is in memory, so that nothing is computed when it is read.</summary>
    public void Save(Stream stream)
    {
        var writer = new SnapshotWriter(stream);
        writer.Write(Magic);
        writer.Write(FormatVersion);
        writer.Write(IndexSchema.Instance.Fingerprint);
        writer.Write(LiveCount);
        Urns.Save(writer);
        UrnOrder.Save(writer);
        Terms.Save(writer);
        TermOrder.Save(writer);
        Postings.Save(writer);
        _urnOf.Save(writer);
        _documentOf.Save(writer);
        _digests.Save(writer);
        _weights.Save(writer);
        _states.Save(writer);
        writer.Write(_columns.Count(column => column is not null));
        for (var number = 0; number < _columns.Length; number++)
        {
            if (_columns[number] is { } column)
            {
                writer.Write(number);
                column.Save(writer);
            }
        }
        writer.Finish();
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="SearchSnapshotException">It is damaged, or of another version.</exception>
    public static IndexContent Load(Stream stream) => new(new SnapshotReader(stream));
}
