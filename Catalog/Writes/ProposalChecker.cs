using Discovery.Metadata;

namespace Discovery.Catalog.Writes;

/// <summary>Checks what clients send against the model.</summary>
public static class ProposalChecker
{
    /// <summary>Checks one proposal. Key aspects sent by hand are checked and left out: the store makes them itself.</summary>
    /// <param name="proposal">The proposal; its <c>headers</c> and <c>entityKeyAspect</c> stand in <see cref="MetadataRecord.OtherMembers"/>.</param>
    /// <param name="time">The clock, for a proposal without system metadata.</param>
    /// <returns>The change, or null for a key aspect.</returns>
    /// <exception cref="CatalogException">The proposal does not fit the model; the message says where.</exception>
    public static AspectChange? Check(MetadataChangeProposal proposal, TimeProvider time) => throw new NotImplementedException();

    /// <summary>Checks one aspect value: types, enum symbols, required members; unknown members are dropped.</summary>
    /// <param name="aspect">The aspect.</param>
    /// <param name="value">The value as UTF-8 JSON.</param>
    /// <returns>The value as compact UTF-8 JSON, without unknown members.</returns>
    /// <exception cref="CatalogException">
    /// The value does not fit, with the words of GMS:
    /// <c>Failed to validate record with class com.linkedin.dataset.DatasetProperties: ERROR :: /name :: 5 cannot be coerced to string</c>.
    /// </exception>
    public static ReadOnlyMemory<byte> CheckValue(Metadata.Model.AspectType aspect, ReadOnlyMemory<byte> value) => throw new NotImplementedException();
}
