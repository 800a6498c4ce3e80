using Discovery.Metadata;
using Discovery.Metadata.Model;

namespace Discovery.Catalog.Writes;

/// <summary>What the server itself adds to an entity and to an aspect.</summary>
public static class ServerAspects
{
    /// <summary>The key aspect of an entity, as UTF-8 JSON, from the parts of its urn.</summary>
    /// <exception cref="CatalogException">The urn has other parts than the key aspect has members.</exception>
    public static ReadOnlyMemory<byte> Key(Urn urn, EntityType entity) => throw new NotImplementedException();

    /// <summary>The aspects that the first write of an entity creates besides the key, by name, as UTF-8 JSON.</summary>
    /// <param name="urn">The entity.</param>
    /// <param name="entity">Its type.</param>
    /// <param name="readCurrent">Reads the current value of an aspect of another entity (platforms, platform instances); empty for none.</param>
    public static IReadOnlyList<(AspectType Aspect, ReadOnlyMemory<byte> Value)> Defaults(
        Urn urn, EntityType entity, Func<string, string, ReadOnlyMemory<byte>> readCurrent) => throw new NotImplementedException();

    /// <summary>The parts of an aspect that the server manages: <c>ownership.ownerTypes</c>, <c>domains.domainAssociations</c>.</summary>
    /// <param name="aspect">The aspect.</param>
    /// <param name="current">Its current value; empty for none.</param>
    /// <param name="value">The value to be written.</param>
    /// <returns>The value with these parts; the same memory where the aspect has none.</returns>
    public static ReadOnlyMemory<byte> Complete(AspectType aspect, ReadOnlyMemory<byte> current, ReadOnlyMemory<byte> value) => throw new NotImplementedException();

    /// <summary>Whether two values of an aspect are equal: the order of members and the width of numbers do not count, the order of arrays does.</summary>
    public static bool AreEqual(ReadOnlyMemory<byte> left, ReadOnlyMemory<byte> right) => throw new NotImplementedException();
}
