using System.Text.Json;
using Discovery.Catalog.Writes.Server;
using Discovery.Metadata;
using Discovery.Metadata.Model;

namespace Discovery.Catalog.Writes;

/// <summary>What the server itself adds to an entity and to an aspect.</summary>
public static class ServerAspects
{
    /// <summary>The key aspect of an entity, as UTF-8 JSON, from the parts of its urn.</summary>
    /// <exception cref="CatalogException">The urn has other parts than the key aspect has members.</exception>
    public static ReadOnlyMemory<byte> Key(Urn urn, EntityType entity)
    {
        var key = EntityKey.Of(entity);
        return key.FaultOf(urn) is { } fault ? throw new CatalogException(CatalogFault.Argument, fault) : key.ToAspect(urn);
    }

    /// <summary>
    /// The aspects that the first write of an entity creates besides the key, as UTF-8 JSON: <c>dataPlatformInstance</c> and
    /// <c>browsePathsV2</c>, where the type has them. Those that are stored or come with the same request are not wanted;
    /// the caller leaves them out.
    /// </summary>
    /// <param name="urn">The entity.</param>
    /// <param name="entity">Its type.</param>
    /// <param name="readCurrent">Reads the current value of an aspect of another entity, by urn and name of the aspect (platforms, platform instances); empty for none.</param>
    public static IReadOnlyList<(AspectType Aspect, ReadOnlyMemory<byte> Value)> Defaults(
        Urn urn, EntityType entity, Func<string, string, ReadOnlyMemory<byte>> readCurrent) => DefaultAspects.Of(urn, entity, readCurrent);

    /// <summary>The parts of an aspect that the server manages: <c>ownership.ownerTypes</c>, <c>domains.domainAssociations</c>.</summary>
    /// <param name="aspect">The aspect.</param>
    /// <param name="current">Its current value; empty for none.</param>
    /// <param name="value">The value to be written, checked.</param>
    /// <returns>The value with these parts; the same memory where the aspect has none.</returns>
    /// <exception cref="CatalogException">Both forms of the domains are sent and differ.</exception>
    public static ReadOnlyMemory<byte> Complete(AspectType aspect, ReadOnlyMemory<byte> current, ReadOnlyMemory<byte> value) => aspect.Name switch
    {
        "ownership" => AspectValue.Check(aspect, OwnerTypes.Complete(value)),
        "domains" => AspectValue.Check(aspect, DomainAssociations.Complete(current, value)),
        _ => value,
    };

    /// <summary>Whether two values of an aspect are equal: the order of members and the width of numbers do not count, the order of arrays does.</summary>
    public static bool AreEqual(ReadOnlyMemory<byte> left, ReadOnlyMemory<byte> right)
    {
        if (left.Span.SequenceEqual(right.Span))
        {
            return true;
        }
        using var leftDocument = JsonDocument.Parse(left, AspectJson.Options);
        using var rightDocument = JsonDocument.Parse(right, AspectJson.Options);
        return JsonElement.DeepEquals(leftDocument.RootElement, rightDocument.RootElement);
    }
}
