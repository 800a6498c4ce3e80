using Discovery.Metadata.Model;

namespace Discovery.Catalog.Graph;

/// <summary>Finds the relationships in an aspect, by the annotations of the model.</summary>
public static class RelationshipReader
{
    /// <summary>The relationships of one aspect, each once.</summary>
    /// <param name="urn">The entity that has the aspect.</param>
    /// <param name="aspect">The aspect.</param>
    /// <param name="value">Its value as UTF-8 JSON.</param>
    public static IReadOnlyList<Relationship> Read(string urn, AspectType aspect, ReadOnlyMemory<byte> value) => throw new NotImplementedException();
}
