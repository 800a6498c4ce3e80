namespace Discovery.Catalog.Timeline;

/// <summary>Changes to one entity that were written at one time.</summary>
/// <param name="Timestamp">When, in milliseconds since 1970-01-01 UTC.</param>
/// <param name="Actor">Urn of who wrote them.</param>
/// <param name="SemVer">The version of the entity that they lead to, such as <c>0.1.0-computed</c>.</param>
/// <param name="Change">How far the version moves.</param>
/// <param name="Events">What changed; at least one.</param>
public sealed record ChangeTransaction(long Timestamp, string Actor, string SemVer, SemVerChange Change, IReadOnlyList<ChangeEvent> Events);

/// <summary>One change.</summary>
/// <param name="EntityUrn">What changed: the entity, or one of its columns.</param>
/// <param name="Category">What kind of thing about it.</param>
/// <param name="Operation">ADD, REMOVE or MODIFY.</param>
/// <param name="Modifier">Urn of what was added to it or removed from it; null for texts.</param>
/// <param name="Change">How far it moves the version.</param>
/// <param name="Description">A sentence.</param>
public sealed record ChangeEvent(string EntityUrn, ChangeCategory Category, string Operation, string? Modifier, SemVerChange Change, string Description);

/// <summary>A part of a version number.</summary>
public enum SemVerChange
{
    /// <summary>Those who read the entity need not care.</summary>
    Minor,

    /// <summary>Something is gone or of another type.</summary>
    Major,
}

/// <summary>Kinds of changes; those of DataHub that the catalog knows.</summary>
public enum ChangeCategory
{
    /// <summary>Tags of the entity and its columns.</summary>
    Tag,

    /// <summary>Owners.</summary>
    Ownership,

    /// <summary>Glossary terms of the entity and its columns.</summary>
    GlossaryTerm,

    /// <summary>Columns and their types.</summary>
    TechnicalSchema,

    /// <summary>Descriptions and links.</summary>
    Documentation,

    /// <summary>Domains.</summary>
    Domain,
}
