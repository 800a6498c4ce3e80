using Discovery.Metadata.Model;

namespace Discovery.Catalog.Endpoints;

/// <summary>The entity types and aspects that requests name, in any case.</summary>
internal static class ModelNames
{
    /// <exception cref="CatalogException">There is no such type.</exception>
    public static EntityType Entity(string name) =>
        AspectRegistry.Instance.FindEntity(name) ?? throw new CatalogException(CatalogFault.Argument, $"'{name}' is no entity type.");

    /// <summary>An aspect that entities of a type have, its key included; null where there is none of this name.</summary>
    public static AspectType? AspectOf(EntityType entity, string name) =>
        AspectRegistry.Instance.FindAspect(name) is { } aspect && (aspect.Name == entity.KeyAspect || entity.Aspects.Contains(aspect.Name)) ? aspect : null;

    /// <summary>An aspect of a type that is asked for by name.</summary>
    /// <exception cref="CatalogException">The type has no such aspect.</exception>
    public static AspectType RequireAspect(EntityType entity, string name) =>
        AspectOf(entity, name) ?? throw new CatalogException(CatalogFault.Argument, $"'{name}' is no aspect of {entity.Name}.");

    /// <summary>An aspect, of whatever type.</summary>
    /// <exception cref="CatalogException">There is no such aspect.</exception>
    public static AspectType Aspect(string name) =>
        AspectRegistry.Instance.FindAspect(name) ?? throw new CatalogException(CatalogFault.Argument, $"'{name}' is no aspect.");
}
