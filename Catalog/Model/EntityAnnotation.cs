namespace Discovery.Catalog.Model;

/// <summary>What the model says about a type of entity besides its aspects.</summary>
/// <param name="KeyFields">Members of its key aspect, in the order of the parts of its urn.</param>
/// <param name="SearchGroup">Such as <c>primary</c>; null where it has none.</param>
/// <param name="Category"><c>core</c> or <c>internal</c>; null where the model does not say.</param>
public sealed record EntityAnnotation(IReadOnlyList<string> KeyFields, string? SearchGroup, string? Category);
