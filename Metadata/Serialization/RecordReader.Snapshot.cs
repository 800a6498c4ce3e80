using System.Text.Json;

namespace Discovery.Metadata.Serialization;

/// <content>Reads the snapshot of an event (MCE).</content>
internal ref partial struct RecordReader
{
    /// <summary>Reads <c>{"com.linkedin.pegasus2avro.metadata.snapshot.DatasetSnapshot": {"urn": "..", "aspects": [..]}}</c>.</summary>
    private void ReadSnapshot()
    {
        _reader.Read();
        if (_reader.TokenType == JsonTokenType.Null)
        {
            return;
        }
        ForEachMember("'proposedSnapshot'", others: null, static (ref RecordReader self) =>
        {
            if (self._snapshotType is not null)
            {
                throw new MetadataFormatException("'proposedSnapshot' has more than one member.");
            }
            self._snapshotType = self._reader.GetString()!;
            self._reader.Read();
            self.ForEachMember("the snapshot", others: null, static (ref RecordReader self) => self.ReadSnapshotMember());
            return true;
        });
        if (_snapshotType is null)
        {
            throw new MetadataFormatException("'proposedSnapshot' names no snapshot.");
        }
    }

    private bool ReadSnapshotMember()
    {
        if (_reader.ValueTextEquals("urn"u8))
        {
            _urn = ReadText("urn");
            return true;
        }
        if (!_reader.ValueTextEquals("aspects"u8))
        {
            return false;
        }
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.StartArray)
        {
            throw new MetadataFormatException("'aspects' of the snapshot is not an array.");
        }
        _snapshotAspects = [];
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            var before = _snapshotAspects.Count;
            ForEachMember("an aspect of the snapshot", others: null, static (ref RecordReader self) =>
            {
                var typeName = self._reader.GetString()!;
                self._reader.Read();
                self._snapshotAspects!.Add(new SnapshotAspect(typeName, JsonLayout.WithoutWhitespace(self.RawValue())));
                return true;
            });
            if (_snapshotAspects.Count != before + 1)
            {
                throw new MetadataFormatException("An aspect of the snapshot is not an object with one member, its type name.");
            }
        }
        return true;
    }
}
