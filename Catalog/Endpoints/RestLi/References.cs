using System.Text.Json;
using System.Text.Json.Nodes;
using Discovery.Catalog.Graph;
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
        foreach (var place in Occurrences(root).Where(place => IsReference(aspect, root, place)).ToList())
        {
            if (!TryRemove(aspect.Record, root, place))
            {
                return null;
            }
        }
        return JsonSerializer.SerializeToUtf8Bytes(root);
    }

    private IEnumerable<JsonNode> Occurrences(JsonNode node) => node switch
    {
        JsonObject members => members.Where(member => member.Value is not null).SelectMany(member => Occurrences(member.Value!)),
        JsonArray items => items.Where(item => item is not null).SelectMany(item => Occurrences(item!)),
        _ => node.GetValueKind() == JsonValueKind.String && node.GetValue<string>() == _urn ? [node] : [],
    };

    /// <summary>
    /// Whether the urn in this place makes a relationship. Audit stamps name people too, and stay: the urn there can change without any
    /// relationship changing.
    /// </summary>
    private bool IsReference(AspectType aspect, JsonNode root, JsonNode place)
    {
        const string Other = "urn:li:corpuser:__none";
        var path = place.GetPath();
        var changed = root.DeepClone();
        At(changed, path).ReplaceWith(Other);
        return RelationshipReader.Read(_urn, aspect, JsonSerializer.SerializeToUtf8Bytes(changed)).Any(relationship => relationship.Destination == Other);
    }

    private static JsonNode At(JsonNode root, string path) => Descend(root).First(node => node.GetPath() == path);

    private static IEnumerable<JsonNode> Descend(JsonNode node) => node switch
    {
        JsonObject members => members.Where(member => member.Value is not null).SelectMany(member => Descend(member.Value!)).Prepend(node),
        JsonArray items => items.Where(item => item is not null).SelectMany(item => Descend(item!)).Prepend(node),
        _ => [node],
    };

    private static bool TryRemove(RecordType record, JsonNode root, JsonNode place)
    {
        throw new NotImplementedException();
    }
}
