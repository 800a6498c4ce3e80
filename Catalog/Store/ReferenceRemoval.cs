using Discovery.Catalog.Writes;
using Discovery.Metadata;
using Discovery.Metadata.Model;

namespace Discovery.Catalog.Store;

/// <summary>Takes an entity out of the aspects of others, as they are while nobody else writes.</summary>
internal sealed class ReferenceRemoval(StoreTransaction transaction, AspectRegistry registry, string actor, long now)
{
    /// <summary>Does it.</summary>
    /// <returns>How many aspects changed or went.</returns>
    public int Remove(string urn)
    {
        var observed = new SystemMetadata(now, SystemMetadata.NoRunId, null);
        var changes = new List<AspectChange>();
        var gone = new List<(string Urn, string Aspect)>();
        foreach (var (owner, name) in transaction.Relationships.Incoming(urn).Select(relationship => (relationship.Owner, relationship.Aspect)).Distinct())
        {
            var aspect = registry.Aspects[name];
            if (name == registry.Entities[Urn.Parse(owner).EntityType].KeyAspect)
            {
                // The job of a flow is named by it: it goes when it is deleted itself, and not by the way.
                continue;
            }
            switch (AspectReferences.Remove(aspect, transaction.Aspects.Current(owner, name)!.Value, urn))
            {
                case { IsEmpty: true }:
                    gone.Add((owner, name));
                    break;
                case { } value:
                    var parsed = Urn.Parse(owner);
                    changes.Add(new AspectChange(parsed, registry.Entities[parsed.EntityType], aspect, ChangeKind.Upsert, value, observed, WriteConditions.None));
                    break;
            }
        }
        new AspectWriter(transaction, actor, now).Write(changes);
        gone.ForEach(aspect => transaction.DeleteAspect(aspect.Urn, aspect.Aspect));
        return changes.Count + gone.Count;
    }
}
