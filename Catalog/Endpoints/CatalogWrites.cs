using Discovery.Catalog.Store;
using Discovery.Catalog.Writes;
using Discovery.Metadata;

namespace Discovery.Catalog.Endpoints;

/// <summary>The way of proposals into the store.</summary>
internal static class CatalogWrites
{
    /// <summary>Checks all proposals, then writes them, or none.</summary>
    /// <returns>What was written, aspects that the server added included.</returns>
    public static async Task<IReadOnlyList<WrittenAspect>> WriteAsync(this GmsRequest request, IEnumerable<MetadataChangeProposal> proposals)
    {
        var changes = proposals.Select(proposal => ProposalChecker.Check(proposal, request.Time)).ToList();
        return changes.Count == 0 ? [] : await request.Store.WriteAsync(changes, request.Actor, request.Cancelled);
    }
}
