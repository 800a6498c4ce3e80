using System.Text.Json;
using Discovery.Catalog.Model;
using Discovery.Metadata.Model;

namespace Discovery.Catalog.Graph;

/// <summary>Finds the relationships in an aspect, by the annotations of the model.</summary>
public static class RelationshipReader
{
    /// <summary>Most pairs of columns that one aspect may relate; a list of upstreams counts once for each downstream beside it.</summary>
    public const int MaxColumnPairs = 100_000;

    private static readonly Dictionary<string, PathTree<Place>> Trees = Annotations.Instance.Relationships
        .ToDictionary(aspect => aspect.Key, aspect => Tree(aspect.Key, aspect.Value), StringComparer.Ordinal);

    /// <summary>
    /// The relationships of one aspect, each once. The columns of <c>fineGrainedLineages</c> are related to each other: an edge
    /// leads from each downstream to each upstream of an item.
    /// </summary>
    /// <param name="urn">The entity that has the aspect.</param>
    /// <param name="aspect">The aspect.</param>
    /// <param name="value">Its value as UTF-8 JSON.</param>
    /// <exception cref="CatalogException">It relates more than <see cref="MaxColumnPairs"/> columns.</exception>
    public static IReadOnlyList<Relationship> Read(string urn, AspectType aspect, ReadOnlyMemory<byte> value)
    {
        if (!Trees.TryGetValue(aspect.Name, out var tree))
        {
            return [];
        }
        var visitor = new Visitor(urn, aspect.Name);
        tree.Walk(value.Span, ref visitor);
        return visitor.Found is null ? [] : [.. visitor.Found];
    }

    private static PathTree<Place> Tree(string aspect, IReadOnlyList<RelationshipAnnotation> annotations)
    {
        var tree = new PathTree<Place>();
        foreach (var annotation in annotations)
        {
            if (!annotation.Path.StartsWith("/fineGrainedLineages/", StringComparison.Ordinal))
            {
                tree.Add(annotation.Path, new Place(annotation.Name, IsFineGrained: false));
            }
        }
        // That these relate columns is not in the annotations.
        if (aspect is "upstreamLineage" or "dataJobInputOutput")
        {
            tree.Add("/fineGrainedLineages/*", new Place("DownstreamOf", IsFineGrained: true));
        }
        return tree;
    }

    private sealed record Place(string Name, bool IsFineGrained);

    private struct Visitor(string urn, string aspect) : IPathVisitor<Place>
    {
        private long _pairs;

        public HashSet<Relationship>? Found { get; private set; }

        public void Visit(PathTree<Place> node, ref Utf8JsonReader reader)
        {
            foreach (var place in node.Items)
            {
                if (place.IsFineGrained && reader.TokenType == JsonTokenType.StartObject)
                {
                    ReadFineGrained(place.Name, ref reader);
                    return;
                }
                if (reader.TokenType == JsonTokenType.String)
                {
                    Add(urn, place.Name, reader.GetString()!);
                }
            }
            // A value of another type than the model says relates nothing.
            reader.Skip();
        }

        /// <summary>Reads <c>{"upstreams":["urn:li:schemaField:.."],"downstreams":["urn:li:schemaField:.."],...}</c>.</summary>
        private void ReadFineGrained(string name, ref Utf8JsonReader reader)
        {
            List<string> upstreams = [];
            List<string> downstreams = [];
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var list = reader.ValueTextEquals("upstreams"u8) ? upstreams : reader.ValueTextEquals("downstreams"u8) ? downstreams : null;
                reader.Read();
                if (list is null || reader.TokenType != JsonTokenType.StartArray)
                {
                    reader.Skip();
                    continue;
                }
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    if (reader.TokenType == JsonTokenType.String)
                    {
                        list.Add(reader.GetString()!);
                    }
                    reader.Skip();
                }
            }
            _pairs += (long)upstreams.Count * downstreams.Count;
            if (_pairs > MaxColumnPairs)
            {
                throw new CatalogException(CatalogFault.Validation, $"fineGrainedLineages of {urn} relate more than {MaxColumnPairs} pairs of columns");
            }
            foreach (var downstream in downstreams)
            {
                foreach (var upstream in upstreams)
                {
                    Add(downstream, name, upstream);
                }
            }
        }

        private void Add(string source, string name, string destination)
        {
            if (destination.StartsWith("urn:li:", StringComparison.Ordinal))
            {
                (Found ??= []).Add(new Relationship(source, name, destination, aspect, urn));
            }
        }
    }
}
