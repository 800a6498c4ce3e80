using Discovery.Metadata;

namespace Discovery.Ingestion.Pipeline;

/// <summary>
/// Everything that a source says about one entity, in the order in which it has to be written. What is counted in a
/// run (read, filtered, emitted, accepted, ...) is work units per entity type.
/// </summary>
/// <param name="EntityType">
/// What it is counted as: DataHub's entity type, such as <c>dataset</c>, or <see cref="Lineage"/>.
/// </param>
/// <param name="Records">At least one record; all have the same urn.</param>
public sealed record WorkUnit(string EntityType, IReadOnlyList<MetadataRecord> Records)
{
    /// <summary>
    /// Counted as this: the lineage of an entity that was given out before, which is only known once all others are.
    /// </summary>
    public const string Lineage = "lineage";
}
