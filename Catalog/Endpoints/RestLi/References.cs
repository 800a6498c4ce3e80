using Discovery.Catalog.Graph;
using Discovery.Catalog.Store;
using Discovery.Catalog.Writes;
using Discovery.Metadata;
using Discovery.Metadata.Model;

namespace Discovery.Catalog.Endpoints.RestLi;

/// <summary>What refers to an entity, and its removal.</summary>
internal sealed class References
{
    private readonly string _urn;

    private References(string urn, IReadOnlyList<Relationship> aspects)
    {
        _urn = urn;
        Aspects = aspects;
    }

    /// <summary>One relationship for each aspect that has any to the entity, in order of urn and aspect.</summary>
    public IReadOnlyList<Relationship> Aspects { get; }

    public static References To(CatalogStore store, string urn) => new(
        urn,
        [.. store.Incoming(urn)
            .DistinctBy(relationship => (relationship.Owner, relationship.Aspect))
            .OrderBy(relationship => relationship.Owner, StringComparer.Ordinal)
            .ThenBy(relationship => relationship.Aspect, StringComparer.Ordinal)]);

    /// <summary>
    /// Takes the references out: the item of an array that has one, or the optional member. An aspect that cannot be without goes as a whole.
    /// </summary>
    public async Task RemoveAsync(GmsRequest request)
    {
        var kept = new List<MetadataChangeProposal>();
        foreach (var reference in Aspects)
        {
            if (request.Store.Read(reference.Owner, reference.Aspect) is not { } stored)
            {
                continue;
            }
            switch (AspectReferences.Remove(AspectRegistry.Instance.Aspects[reference.Aspect], stored.Value, _urn))
            {
                case { IsEmpty: true }:
                    await request.Store.DeleteAspectAsync(reference.Owner, reference.Aspect, request.Cancelled);
                    break;
                case { } value:
                    kept.Add(new MetadataChangeProposal(Urn.Parse(reference.Owner).EntityType, reference.Owner, reference.Aspect, value));
                    break;
            }
        }
        await request.WriteAsync(kept);
    }
}
