using Discovery.Catalog.Writes.Patches;
using Discovery.Metadata.Model;

namespace Discovery.Catalog.Writes;

/// <summary>DataHub's JSON patches, in which arrays are addressed by the keys of their items.</summary>
public static class AspectPatch
{
    /// <summary>Applies a patch.</summary>
    /// <param name="aspect">The aspect.</param>
    /// <param name="current">Its current value as UTF-8 JSON; empty where the entity does not have it.</param>
    /// <param name="patch">An array of operations, or an object with <c>patch</c>, <c>arrayPrimaryKeys</c> and <c>forceGenericPatch</c>.</param>
    /// <returns>The new value, checked against the model.</returns>
    /// <exception cref="CatalogException">The patch is malformed, or its result does not fit the model.</exception>
    public static ReadOnlyMemory<byte> Apply(AspectType aspect, ReadOnlyMemory<byte> current, ReadOnlyMemory<byte> patch)
    {
        var document = PatchDocument.Parse(patch);
        var target = new PatchTarget(current.IsEmpty ? EmptyValues.Of(aspect) : AspectJson.Parse(current), PatchRules.For(aspect.Name, document));
        foreach (var operation in document.Operations)
        {
            target.Apply(operation);
        }
        return AspectValue.Check(aspect, AspectJson.Write(target.ToAspect(aspect.Record)));
    }
}
