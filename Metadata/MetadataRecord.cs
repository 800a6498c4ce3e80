namespace Discovery.Metadata;

/// <summary>
/// One record of a DataHub metadata file or request: a <see cref="MetadataChangeProposal"/> (MCP) or a
/// <see cref="MetadataChangeEvent"/> (MCE).
/// </summary>
public abstract class MetadataRecord
{
    /// <summary>DataHub's entity type, such as <c>dataset</c> or <c>container</c>.</summary>
    public abstract string EntityType { get; }

    /// <summary>The urn of the entity, as text; empty only for a proposal that names its entity by key aspect.</summary>
    public abstract string Urn { get; }

    /// <summary>Names of the aspects in the record, such as <c>datasetProperties</c>, in file order.</summary>
    public abstract IEnumerable<string> AspectNames { get; }

    /// <summary>Who observed this when; null leaves the member out. A run stamps it on each record it passes on.</summary>
    public SystemMetadata? SystemMetadata { get; set; }

    /// <summary>
    /// Members of the envelope that this product does not interpret, as the UTF-8 text between the braces of a JSON
    /// object (<c>"headers":{},"auditHeader":null</c>), without a comma at either end. They are written back unchanged.
    /// </summary>
    public ReadOnlyMemory<byte> OtherMembers { get; init; }
}

/// <summary>
/// A change to one aspect of one entity. The aspect is in DataHub's own dialect: union members are keyed
/// <c>com.linkedin.schema.StringType</c>.
/// </summary>
public sealed class MetadataChangeProposal(string entityType, string urn, string aspectName, ReadOnlyMemory<byte> aspect) : MetadataRecord
{
    /// <summary>Content type of an aspect that is the aspect itself.</summary>
    public const string Json = "application/json";

    /// <summary>Content type of an aspect that is a JSON patch document (<c>changeType</c> PATCH).</summary>
    public const string JsonPatch = "application/json-patch+json";

    /// <summary>Change type of an aspect that is a JSON patch document.</summary>
    public const string Patch = "PATCH";

    /// <inheritdoc/>
    public override string EntityType { get; } = entityType;

    /// <inheritdoc/>
    public override string Urn { get; } = urn;

    /// <summary>Name of the aspect, such as <c>status</c>.</summary>
    public string AspectName { get; } = aspectName;

    /// <summary>The aspect as UTF-8 JSON text; empty when the proposal carries none (<c>changeType</c> DELETE).</summary>
    public ReadOnlyMemory<byte> Aspect { get; } = aspect;

    /// <summary><c>UPSERT</c>, <c>PATCH</c>, <c>CREATE</c>, ... as the record says it.</summary>
    public string ChangeType { get; init; } = "UPSERT";

    /// <summary><see cref="Json"/> or <see cref="JsonPatch"/>; follows from the change type.</summary>
    public string ContentType => ChangeType is Patch ? JsonPatch : Json;

    /// <inheritdoc/>
    public override IEnumerable<string> AspectNames => [AspectName];
}

/// <summary>
/// A snapshot of some aspects of one entity, DataHub's older form. Its aspects are in the Avro dialect: type names
/// carry <c>pegasus2avro</c>, as in <c>com.linkedin.pegasus2avro.schema.StringType</c>.
/// </summary>
public sealed class MetadataChangeEvent(string snapshotType, string urn, IReadOnlyList<SnapshotAspect> aspects) : MetadataRecord
{
    /// <summary>Full Avro name, such as <c>com.linkedin.pegasus2avro.metadata.snapshot.DatasetSnapshot</c>.</summary>
    public string SnapshotType { get; } = snapshotType;

    /// <inheritdoc/>
    public override string Urn { get; } = urn;

    /// <summary>The aspects in file order.</summary>
    public IReadOnlyList<SnapshotAspect> Aspects { get; } = aspects;

    /// <inheritdoc/>
    public override string EntityType => SnapshotNames.EntityType(SnapshotType);

    /// <inheritdoc/>
    public override IEnumerable<string> AspectNames => Aspects.Select(aspect => SnapshotNames.AspectName(aspect.TypeName));
}

/// <summary>One aspect of a <see cref="MetadataChangeEvent"/>.</summary>
/// <param name="TypeName">Full Avro name, such as <c>com.linkedin.pegasus2avro.common.Status</c>.</param>
/// <param name="Value">The aspect as UTF-8 JSON text in the Avro dialect.</param>
public readonly record struct SnapshotAspect(string TypeName, ReadOnlyMemory<byte> Value);
