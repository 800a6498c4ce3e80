using Discovery.Metadata;
using Discovery.Metadata.Model;

namespace Discovery.Catalog.Endpoints.OpenApi;

/// <summary>What <c>/openapi/v3/entity/{type}/{urn}[/{aspect}]</c> names.</summary>
/// <param name="Entity">The type of the entity.</param>
/// <param name="Urn">The entity.</param>
/// <param name="Aspect">The aspect; null where the path ends with the urn.</param>
internal sealed record EntityPath(EntityType Entity, Urn Urn, AspectType? Aspect)
{
    /// <summary>How many parts of the path stand before the type.</summary>
    private const int Prefix = 3;

    /// <summary>The type that a path names.</summary>
    /// <exception cref="CatalogException">There is no such type.</exception>
    public static EntityType TypeOf(GmsRequest request) => ModelNames.Entity(request.PathAfter(Prefix)[0]);

    /// <summary>
    /// Reads a path. A urn comes with or without encoding, so it may have slashes of its own: a last part is an aspect where the type has
    /// one of this name and a urn stands before it.
    /// </summary>
    /// <exception cref="CatalogException">There is no such type, or no urn.</exception>
    public static EntityPath Of(GmsRequest request)
    {
        var entity = TypeOf(request);
        var parts = request.PathAfter(Prefix + 1);
        if (parts.Count > 1 && ModelNames.AspectOf(entity, parts[^1]) is { } aspect && Urn.TryParse(string.Join('/', parts.SkipLast(1)), out var owner))
        {
            return new EntityPath(entity, Checked(entity, owner), aspect);
        }
        return new EntityPath(entity, Checked(entity, Arguments.ParseUrn(string.Join('/', parts))), null);
    }

    private static Urn Checked(EntityType entity, Urn urn) =>
        urn.EntityType == entity.Name ? urn : throw new CatalogException(CatalogFault.Argument, $"{urn} is no urn of the type {entity.Name}.");
}
