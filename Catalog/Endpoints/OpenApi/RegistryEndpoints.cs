using System.Text.Json;
using Discovery.Metadata.Model;

namespace Discovery.Catalog.Endpoints.OpenApi;

/// <summary>The model, as clients ask for it.</summary>
internal static class RegistryEndpoints
{
    private const string Route = "/openapi/v1/registry/models/entity/specifications";

    public static IEnumerable<GmsEndpoint> Endpoints =>
    [
        new(GmsFamily.OpenApi, "GET", Route, null, "Names of aspects, without their fields; each has the schema version 1.", ListAsync) { Coverage = Coverage.Partly },
        new(GmsFamily.OpenApi, "GET", "/openapi/v1/registry/{**rest}", null, $"Use {Route}.", null),
    ];

    private static Task ListAsync(GmsRequest request)
    {
        var entities = AspectRegistry.Instance.Entities.Values.OrderBy(entity => entity.Name, StringComparer.Ordinal).ToList();
        var start = request.Query.Count("start", 0);
        var page = entities.Skip(start).Take(request.Query.Count("count", 20)).ToList();
        return request.AnswerAsync(writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("start"u8, start);
            writer.WriteNumber("count"u8, page.Count);
            writer.WriteNumber("total"u8, entities.Count);
            writer.WriteStartArray("elements"u8);
            page.ForEach(entity => WriteEntity(writer, entity));
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private static void WriteEntity(Utf8JsonWriter writer, EntityType entity)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, entity.Name);
        writer.WriteString("keyAspectName"u8, entity.KeyAspect);
        writer.WriteStartArray("aspectSpecs"u8);
        foreach (var name in entity.Aspects.Prepend(entity.KeyAspect).Distinct())
        {
            writer.WriteStartObject();
            writer.WriteStartObject("aspectAnnotation"u8);
            writer.WriteString("name"u8, name);
            writer.WriteBoolean("timeseries"u8, AspectRegistry.Instance.Aspects[name].Timeseries);
            writer.WriteNumber("schemaVersion"u8, 1);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
