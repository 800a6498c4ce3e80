using System.Text.Json;
using Discovery.Catalog.Store;
using Discovery.Catalog.Writes;
using Discovery.Metadata;

namespace Discovery.Catalog.Endpoints.RestLi;

/// <summary><c>/entitiesV2</c>: entities with their current aspects.</summary>
internal static class EntitiesV2Resource
{
    private const string SystemActor = "urn:li:corpuser:__datahub_system";

    public static IEnumerable<GmsEndpoint> Endpoints =>
    [
        new(GmsFamily.RestLi, "GET", "/entitiesV2", null, "", ReadManyAsync),
        new(GmsFamily.RestLi, "GET", "/entitiesV2/{**urn}", null, "", ReadOneAsync),
        new(GmsFamily.RestLi, "GET", "/entitiesVersionedV2/{**urn}", null, "Read versions from /aspects.", null),
    ];

    private static Task ReadOneAsync(GmsRequest request)
    {
        var urn = request.UrnAfter(1);
        var aspects = Read(request, urn);
        return request.AnswerAsync(writer => Write(writer, urn, aspects));
    }

    private static Task ReadManyAsync(GmsRequest request)
    {
        var urns = request.Query.List("ids") ?? throw new CatalogException(CatalogFault.Argument, "The query member 'ids' is missing.");
        var entities = urns.Distinct().Select(Arguments.ParseUrn).Select(urn => (Urn: urn, Aspects: Read(request, urn))).ToList();
        return request.AnswerAsync(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartObject("results"u8);
            foreach (var (urn, aspects) in entities)
            {
                writer.WritePropertyName(urn.ToString());
                Write(writer, urn, aspects);
            }
            writer.WriteEndObject();
            foreach (var none in (ReadOnlySpan<string>)["statuses", "errors"])
            {
                writer.WriteStartObject(none);
                writer.WriteEndObject();
            }
            writer.WriteEndObject();
        });
    }

    /// <summary>What is asked for, and the key: an entity that nobody wrote has one too, which follows from its urn.</summary>
    private static List<StoredAspect> Read(GmsRequest request, Urn urn)
    {
        var entity = ModelNames.Entity(urn.EntityType);
        var names = request.Query.List("aspects")?.Select(name => ModelNames.AspectOf(entity, name)?.Name ?? name).ToHashSet();
        var withKey = names is null || names.Contains(entity.KeyAspect) || request.Query.Flag("alwaysIncludeKeyAspect", otherwise: true);
        if (withKey)
        {
            names?.Add(entity.KeyAspect);
        }
        var aspects = request.Store.ReadEntity(urn.ToString(), names).ToList();
        if (withKey && !aspects.Exists(aspect => aspect.Aspect == entity.KeyAspect))
        {
            aspects.Add(new StoredAspect(
                urn.ToString(), entity.KeyAspect, 0, ServerAspects.Key(urn, entity), default, request.Time.GetUtcNow().ToUnixTimeMilliseconds(), SystemActor));
        }
        return aspects;
    }

    private static void Write(Utf8JsonWriter writer, Urn urn, List<StoredAspect> aspects)
    {
        writer.WriteStartObject();
        writer.WriteString("urn"u8, urn.ToString());
        writer.WriteString("entityName"u8, urn.EntityType);
        writer.WriteStartObject("aspects"u8);
        foreach (var aspect in aspects)
        {
            writer.WriteStartObject(aspect.Aspect);
            writer.WriteString("name"u8, aspect.Aspect);
            writer.WriteString("type"u8, "VERSIONED"u8);
            writer.WriteNumber("version"u8, aspect.Version);
            writer.WriteStored("value", aspect.Value);
            writer.WriteStamp("created", aspect.CreatedOn, aspect.CreatedBy);
            writer.WriteStored("systemMetadata", aspect.SystemMetadata);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
