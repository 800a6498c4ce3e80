using Discovery.Catalog.Store;
using Discovery.Catalog.Writes;
using Discovery.Metadata;
using Discovery.Metadata.Files;
using Discovery.Metadata.Serialization;

namespace Discovery.Catalog.Files;

/// <summary>Writes the records of a metadata file of DataHub into a store.</summary>
internal static class MetadataImport
{
    private const string Actor = "urn:li:corpuser:datahub";
    private const int Batch = 500;

    /// <summary>Writes all records in the order of the file.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="CatalogException">A record has a fault; the message says where, and how many records before it were written.</exception>
    public static async Task<long> ReadAsync(CatalogStore store, Stream input, TimeProvider time, CancellationToken cancellationToken)
    {
        var reader = new MetadataFileReader(input);
        var batch = new List<AspectChange>(Batch);
        var (records, written) = (0L, 0L);

        async Task WriteAsync()
        {
            try
            {
                await store.WriteAsync(batch, Actor, cancellationToken).ConfigureAwait(false);
            }
            catch (CatalogException e)
            {
                throw new CatalogException(e.Fault, $"Records {written} to {records - 1} cannot be written: {e.Message} {written} records before them were written.");
            }
            batch.Clear();
            written = records;
        }

        while (await reader.NextAsync(cancellationToken).ConfigureAwait(false) is { } element)
        {
            List<AspectChange> changes;
            try
            {
                changes = [.. Changes(element, time)];
            }
            catch (Exception e) when (e is CatalogException or MetadataFormatException)
            {
                throw new CatalogException(CatalogFault.Validation, $"Line {element.Line}, record {element.Index}: {e.Message} {written} records before it were written.");
            }
            // A new entity comes whole: what is missing of it in its first write would be made up.
            if (batch.Count >= Batch && changes.Exists(change => change.Aspect.Timeseries || !change.Urn.Equals(batch[^1].Urn)))
            {
                await WriteAsync().ConfigureAwait(false);
            }
            batch.AddRange(changes);
            records++;
        }
        await WriteAsync().ConfigureAwait(false);
        return records;
    }

    private static IEnumerable<AspectChange> Changes(FileElement element, TimeProvider time)
    {
        if (element.Fault is { } fault)
        {
            throw new MetadataFormatException(fault);
        }
        var record = MetadataJson.Read(element.Json.Span);
        var proposals = record is MetadataChangeEvent snapshot ? snapshot.ToProposals() : [(MetadataChangeProposal)record];
        return proposals.Select(proposal => ProposalChecker.Check(proposal, time));
    }
}
