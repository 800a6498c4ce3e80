using System.Text.Json;
using System.Text.Json.Nodes;
using Discovery.Catalog.Graph;
using Discovery.Catalog.Model;
using Discovery.Catalog.Store;
using Discovery.Metadata;
using Discovery.Metadata.Model;

namespace Discovery.Catalog.Endpoints.RestLi;

/// <summary>What refers to an entity, and its removal.</summary>
internal sealed class References
{
    private readonly string _urn;

    private References(string urn, IReadOnlyList<Relationship> aspects)
    {
        _urn = urn;
        Aspects = aspects;
    }

    /// <summary>One relationship for each aspect that has any to the entity, in order of urn and aspect.</summary>
    public IReadOnlyList<Relationship> Aspects { get; }

    public static References To(CatalogStore store, string urn) => new(
        urn,
        [.. store.Incoming(urn)
            .DistinctBy(relationship => (relationship.Owner, relationship.Aspect))
            .OrderBy(relationship => relationship.Owner, StringComparer.Ordinal)
            .ThenBy(relationship => relationship.Aspect, StringComparer.Ordinal)]);

    /// <summary>
    /// Takes the references out: the item of an array that has one, or the optional member. An aspect that cannot be without goes as a whole.
    /// </summary>
    public async Task RemoveAsync(GmsRequest request)
    {
        var kept = new List<MetadataChangeProposal>();
        foreach (var reference in Aspects)
        {
            if (request.Store.Read(reference.Owner, reference.Aspect) is not { } stored)
            {
                continue;
            }
            if (Without(AspectRegistry.Instance.Aspects[reference.Aspect], stored) is { } value)
            {
                kept.Add(new MetadataChangeProposal(Urn.Parse(reference.Owner).EntityType, reference.Owner, reference.Aspect, value));
            }
            else
            {
                await request.Store.DeleteAspectAsync(reference.Owner, reference.Aspect, request.Cancelled);
            }
        }
        await request.WriteAsync(kept);
    }

    /// <summary>The aspect without references to the entity; null where it cannot be without.</summary>
    private byte[]? Without(AspectType aspect, StoredAspect stored)
    {
        var root = JsonNode.Parse(stored.Value.Span)!;
        foreach (var annotation in Annotations.Instance.Relationships[aspect.Name])
        {
            if (MustGo(aspect.Record, root, annotation.Path.Split('/', StringSplitOptions.RemoveEmptyEntries)))
            {
                return null;
            }
        }
        return JsonSerializer.SerializeToUtf8Bytes(root);
    }

    /// <summary>Takes the urn out at a path below a value, and says whether the value itself must go with it.</summary>
    private bool MustGo(ModelType? type, JsonNode node, ReadOnlySpan<string> path)
    {
        if (path.IsEmpty)
        {
            return node.GetValueKind() == JsonValueKind.String && node.GetValue<string>() == _urn;
        }
        switch (node)
        {
            case JsonArray items when path[0] == "*":
                for (var i = items.Count - 1; i >= 0; i--)
                {
                    if (items[i] is { } item && MustGo((type as ArrayType)?.Item, item, path[1..]))
                    {
                        items.RemoveAt(i);
                    }
                }
                return false;
            case JsonObject entries when path[0] == "*":
                foreach (var (name, entry) in entries.ToList())
                {
                    if (entry is not null && MustGo((type as MapType)?.Value, entry, path[1..]))
                    {
                        entries.Remove(name);
                    }
                }
                return false;
            case JsonObject members when members[path[0]] is { } member:
                var field = (type as RecordType)?.Fields.GetValueOrDefault(path[0]);
                var memberType = field?.Type ?? (type as UnionType)?.Members.GetValueOrDefault(path[0]);
                if (!MustGo(memberType, member, path[1..]))
                {
                    return false;
                }
                return field is not { Optional: true } || !members.Remove(path[0]);
            default:
                return false;
        }
    }
}
