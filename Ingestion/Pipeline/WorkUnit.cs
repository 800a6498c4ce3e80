using Discovery.Metadata;

namespace Discovery.Ingestion.Pipeline;

/// <summary>
/// Everything that a source says about one entity, in the order in which it has to be written. What is counted in a
/// run (read, filtered, emitted, accepted, ...) is work units per entity type.
/// </summary>
/// <param name="EntityType">DataHub's entity type, such as <c>dataset</c>.</param>
/// <param name="Records">At least one record; all have the same urn.</param>
public sealed record WorkUnit(string EntityType, IReadOnlyList<MetadataRecord> Records);
