using Discovery.Catalog.Search;
using Discovery.Metadata.Model;

namespace Discovery.Catalog.Pages;

/// <summary>Entities by which DataHub keeps its own affairs, such as <c>dataHubExecutionRequest</c>: every run writes some.</summary>
internal static class OwnAffairs
{
    /// <summary>Holds for all other entities.</summary>
    public static Criterion LeftOut { get; } = new(
        IndexSchema.EntityTypeField, "EQUAL", [.. AspectRegistry.Instance.Entities.Keys.Where(type => type.StartsWith("dataHub", StringComparison.Ordinal))], Negated: true);
}
