using Discovery.Metadata;
using Discovery.Metadata.Model;

namespace Discovery.Catalog.Writes;

/// <summary>A change to one aspect that the model allows, ready for the store.</summary>
/// <param name="Urn">The entity.</param>
/// <param name="Entity">Its type.</param>
/// <param name="Aspect">The aspect; one that the type of the entity has.</param>
/// <param name="Kind">How the value is to be written.</param>
/// <param name="Value">
/// The aspect as compact UTF-8 JSON in DataHub's own dialect, checked and without unknown members; for
/// <see cref="ChangeKind.Patch"/> the patch document as it was sent.
/// </param>
/// <param name="Observed">Who observed it when, as the client says.</param>
/// <param name="Conditions">What must hold for the write.</param>
public sealed record AspectChange(
    Urn Urn, EntityType Entity, AspectType Aspect, ChangeKind Kind, ReadOnlyMemory<byte> Value, SystemMetadata Observed, WriteConditions Conditions);

/// <summary>How an aspect is written.</summary>
public enum ChangeKind
{
    /// <summary>Insert or replace; DataHub's UPSERT and UPDATE.</summary>
    Upsert,

    /// <summary>The aspect must be absent.</summary>
    Create,

    /// <summary>The entity must be absent.</summary>
    CreateEntity,

    /// <summary>A JSON patch on the current value.</summary>
    Patch,
}

/// <summary>The conditions of a write, from the <c>headers</c> of its proposal.</summary>
public sealed record WriteConditions
{
    /// <summary>No condition.</summary>
    public static WriteConditions None { get; } = new();

    /// <summary><c>If-Version-Match</c>: <c>version</c> of the stored system metadata, <c>-1</c> for an absent aspect.</summary>
    public string? VersionMatch { get; init; }

    /// <summary><c>If-Modified-Since</c>: the stored aspect must be newer.</summary>
    public DateTimeOffset? ModifiedSince { get; init; }

    /// <summary><c>If-Unmodified-Since</c>: the stored aspect must not be newer.</summary>
    public DateTimeOffset? UnmodifiedSince { get; init; }

    /// <summary><c>If-None-Match: *</c>: a creation that meets something existing is left out instead of refused.</summary>
    public bool SkipExisting { get; init; }
}
