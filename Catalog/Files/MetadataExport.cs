using Discovery.Catalog.Store;
using Discovery.Metadata;
using Discovery.Metadata.Model;
using Discovery.Metadata.Serialization;

namespace Discovery.Catalog.Files;

/// <summary>Writes the current aspects and the timeseries of a store as a metadata file of DataHub.</summary>
internal static class MetadataExport
{
    private const int BufferBytes = 1 << 20;

    /// <summary>Writes all entities in order of urn, while the store may be written to.</summary>
    /// <returns>How many records there are.</returns>
    public static async Task<long> WriteAsync(StoreReader store, Stream output, CancellationToken cancellationToken)
    {
        var buffer = new Utf8Buffer(BufferBytes);
        buffer.Append((byte)'[');
        var records = 0L;
        foreach (var entity in store.ReadAll())
        {
            foreach (var record in Records(store, entity))
            {
                buffer.Append(records++ == 0 ? "\n    "u8 : ",\n    "u8);
                MetadataJson.WriteIndented(record, buffer);
            }
            if (buffer.Length > BufferBytes)
            {
                await output.WriteAsync(buffer.WrittenMemory, cancellationToken).ConfigureAwait(false);
                buffer.Length = 0;
            }
        }
        buffer.Append("\n]\n"u8);
        await output.WriteAsync(buffer.WrittenMemory, cancellationToken).ConfigureAwait(false);
        return records;
    }

    private static IEnumerable<MetadataChangeProposal> Records(StoreReader store, EntityState entity)
    {
        var type = AspectRegistry.Instance.Entities[entity.EntityType];
        // The key first: whoever reads the file makes the entity in the name of that record's run.
        foreach (var aspect in entity.Aspects.OrderByDescending(aspect => aspect.Aspect == type.KeyAspect))
        {
            yield return Record(entity, aspect.Aspect, aspect.Value, aspect.SystemMetadata);
        }
        foreach (var aspect in type.Aspects.Where(name => AspectRegistry.Instance.Aspects[name].Timeseries))
        {
            foreach (var document in store.ReadTimeseries(new TimeseriesQuery(entity.Urn, aspect, int.MaxValue)))
            {
                yield return Record(entity, aspect, document.Value, document.SystemMetadata);
            }
        }
    }

    private static MetadataChangeProposal Record(EntityState entity, string aspect, ReadOnlyMemory<byte> value, ReadOnlyMemory<byte> systemMetadata) =>
        new(entity.EntityType, entity.Urn, aspect, value) { SystemMetadata = StoredMetadata.Observed(systemMetadata) };
}
