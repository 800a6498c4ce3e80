using Discovery.Metadata.Model;

namespace Discovery.Metadata.Serialization;

/// <summary>Turns the Avro dialect of snapshots into the server's own, which proposals are written in.</summary>
public static class AvroDialect
{
    /// <summary>
    /// What the event says, as one proposal per aspect. Their content differs from the event's in this: the names of
    /// union members lose <c>pegasus2avro</c>; in files of old clients optional members lose their wrapping
    /// (<c>{"string": "x"}</c> is <c>"x"</c>) and members that are null are left out. Members and aspects that the model
    /// does not know stay as they are.
    /// </summary>
    /// <exception cref="MetadataFormatException">An aspect is not valid JSON.</exception>
    public static IEnumerable<MetadataChangeProposal> ToProposals(this MetadataChangeEvent snapshot)
    {
        foreach (var aspect in snapshot.Aspects)
        {
            var name = SnapshotNames.AspectName(aspect.TypeName);
            yield return new MetadataChangeProposal(snapshot.EntityType, snapshot.Urn, name, ToServerDialect(name, aspect.Value))
            {
                SystemMetadata = snapshot.SystemMetadata,
            };
        }
    }

    private static ReadOnlyMemory<byte> ToServerDialect(string aspectName, ReadOnlyMemory<byte> avro)
    {
        var old = LooksOld(avro.Span);
        if (!old && avro.Span.IndexOf("pegasus2avro"u8) < 0)
        {
            return avro;
        }
        // Only files of old clients need the model, so that other runs do not pay for loading it.
        var type = old && AspectRegistry.Instance.Aspects.TryGetValue(aspectName, out var known) ? known.Record : ModelType.Any;
        return new AvroDialectWriter(avro.Span).Write(type);
    }

    /// <summary>
    /// Whether the text may have wrapped or null members. Text within strings cannot look so: its quotes are escaped. A
    /// union of today's clients (<c>{"string": "x"}</c>) can, which costs time and changes nothing.
    /// </summary>
    private static bool LooksOld(ReadOnlySpan<byte> json)
    {
        if (json.IndexOf("\":null"u8) >= 0)
        {
            return true;
        }
        for (var at = json.IndexOf("{\""u8); at >= 0;)
        {
            json = json[(at + 2)..];
            var end = json.IndexOf((byte)'"');
            if (end > 0 && IsWrapper(json[..end]))
            {
                return true;
            }
            at = json.IndexOf("{\""u8);
        }
        return false;
    }

    private static bool IsWrapper(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("string"u8) || name.SequenceEqual("array"u8) || name.SequenceEqual("map"u8) || name.SequenceEqual("long"u8) ||
        name.SequenceEqual("int"u8) || name.SequenceEqual("boolean"u8) || name.SequenceEqual("double"u8) || name.SequenceEqual("float"u8) ||
        name.SequenceEqual("bytes"u8);
}
