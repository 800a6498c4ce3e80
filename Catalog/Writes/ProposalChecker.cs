using Discovery.Catalog.Writes.Patches;
using Discovery.Metadata;
using Discovery.Metadata.Model;

namespace Discovery.Catalog.Writes;

/// <summary>Checks what clients send against the model.</summary>
public static class ProposalChecker
{
    /// <summary>
    /// Checks one proposal. A key aspect becomes a creation that may be left out, with the value that the urn gives: what
    /// GMS makes of it, so that a proposal of nothing but a key makes the entity.
    /// </summary>
    /// <param name="proposal">The proposal; its <c>headers</c> and <c>entityKeyAspect</c> stand in <see cref="MetadataRecord.OtherMembers"/>.</param>
    /// <param name="time">The clock, for a proposal without system metadata.</param>
    /// <exception cref="CatalogException">The proposal does not fit the model; the message says where.</exception>
    public static AspectChange Check(MetadataChangeProposal proposal, TimeProvider time)
    {
        var entity = FindEntity(proposal.EntityType);
        var urn = UrnRules.Parse(proposal.Urn.Length > 0 ? proposal.Urn : EntityKey.Of(entity).ToUrn(ProposalEnvelope.ReadKeyAspect(proposal)), entity);
        var aspect = FindAspect(entity, proposal.AspectName);
        var kind = ReadKind(proposal.ChangeType);
        if (kind != ChangeKind.Upsert && aspect.Timeseries)
        {
            throw new CatalogException(CatalogFault.Argument, $"{aspect.Name} is a timeseries aspect, which takes UPSERT only, not {proposal.ChangeType}");
        }
        if (proposal.Aspect.IsEmpty)
        {
            throw new CatalogException(CatalogFault.Validation, $"The proposal for {aspect.Name} of {urn} has no aspect");
        }
        var observed = Observed(proposal.SystemMetadata, time);
        if (aspect.Name == entity.KeyAspect)
        {
            AspectValue.Check(aspect, proposal.Aspect);
            return new AspectChange(
                urn, entity, aspect, ChangeKind.Create, EntityKey.Of(entity).ToAspect(urn), observed, WriteConditions.None with { SkipExisting = true });
        }
        var value = kind == ChangeKind.Patch ? PatchDocument.Check(proposal.Aspect) : AspectValue.Check(aspect, proposal.Aspect);
        return new AspectChange(urn, entity, aspect, kind, value, observed, ProposalEnvelope.ReadConditions(proposal));
    }

    /// <summary>Checks one aspect value: types, enum symbols, required members; unknown members are dropped.</summary>
    /// <param name="aspect">The aspect.</param>
    /// <param name="value">The value as UTF-8 JSON.</param>
    /// <returns>
    /// The value as compact UTF-8 JSON, without unknown members and with as few escapes as JSON allows; the memory that was
    /// given, where it is that already.
    /// </returns>
    /// <exception cref="CatalogException">
    /// The value does not fit, with the words of GMS:
    /// <c>Failed to validate record with class com.linkedin.dataset.DatasetProperties: ERROR :: /name :: 5 cannot be coerced to string</c>.
    /// </exception>
    public static ReadOnlyMemory<byte> CheckValue(AspectType aspect, ReadOnlyMemory<byte> value) => AspectValue.Check(aspect, value);

    private static EntityType FindEntity(string name) => AspectRegistry.Instance.FindEntity(name)
        ?? throw new CatalogException(CatalogFault.Validation, $"Failed to find entity with name {name} in EntityRegistry");

    private static AspectType FindAspect(EntityType entity, string name) =>
        (entity.Aspects.Contains(name) || name == entity.KeyAspect) && AspectRegistry.Instance.Aspects.TryGetValue(name, out var aspect)
            ? aspect
            : throw new CatalogException(CatalogFault.Validation, $"Unknown aspect {name} for entity {entity.Name}");

    private static ChangeKind ReadKind(string changeType) => changeType switch
    {
        "UPSERT" or "UPDATE" => ChangeKind.Upsert,
        "CREATE" => ChangeKind.Create,
        "CREATE_ENTITY" => ChangeKind.CreateEntity,
        MetadataChangeProposal.Patch => ChangeKind.Patch,
        "DELETE" => throw new CatalogException(
            CatalogFault.Argument, "The change type DELETE is not taken as a proposal; POST /entities?action=delete, or UPSERT status with removed: true"),
        _ => throw new CatalogException(
            CatalogFault.Argument, $"The change type {changeType} is not taken; use UPSERT, UPDATE, CREATE, CREATE_ENTITY or PATCH"),
    };

    private static SystemMetadata Observed(SystemMetadata? sent, TimeProvider time)
    {
        var observed = sent ?? new SystemMetadata(0, SystemMetadata.NoRunId, null);
        if (observed.RunId.Contains('\0', StringComparison.Ordinal))
        {
            throw new CatalogException(CatalogFault.Argument, "systemMetadata.runId has a character U+0000, which the id of a run cannot have");
        }
        if (!observed.OtherMembers.IsEmpty)
        {
            var compact = AspectValue.Compact((byte[])[(byte)'{', .. observed.OtherMembers.Span, (byte)'}'], "com.linkedin.mxe.SystemMetadata");
            observed = observed with { OtherMembers = compact[1..^1] };
        }
        return observed.LastObserved == 0 ? observed with { LastObserved = time.GetUtcNow().ToUnixTimeMilliseconds() } : observed;
    }
}
