using System.Text.Json;
using Discovery.Catalog.Store;
using Discovery.Metadata;
using Discovery.Metadata.Model;
using Microsoft.AspNetCore.Http;

namespace Discovery.Catalog.Endpoints.OpenApi;

/// <summary>Writes of <c>/openapi/v3/entity</c>.</summary>
internal static class EntityWrites
{
    private const string Upsert = "UPSERT";

    public static IEnumerable<GmsEndpoint> Endpoints =>
    [
        new(GmsFamily.OpenApi, "POST", "/openapi/v3/entity/{type}", null, "Written before it is answered, also with `async`.", request => WriteAsync(request, Upsert)),
        new(GmsFamily.OpenApi, "PATCH", "/openapi/v3/entity/{type}", null, "", request => WriteAsync(request, MetadataChangeProposal.Patch)),
        new(GmsFamily.OpenApi, "POST", "/openapi/v3/entity/generic", null, "", request => WriteGenericAsync(request, Upsert)),
        new(GmsFamily.OpenApi, "PATCH", "/openapi/v3/entity/generic", null, "", request => WriteGenericAsync(request, MetadataChangeProposal.Patch)),
        new(GmsFamily.OpenApi, "POST", "/openapi/v3/entity/{type}/{**urn}", null, "One aspect, by its name after the urn.", CreateAspectAsync),
        new(GmsFamily.OpenApi, "PATCH", "/openapi/v3/entity/{type}/{**urn}", null, "One aspect, by its name after the urn.", PatchAspectAsync),
        new(GmsFamily.OpenApi, "DELETE", "/openapi/v3/entity/{type}/{**urn}", null, "Also one aspect, by its name after the urn.", DeleteAsync),
    ];

    private static async Task WriteAsync(GmsRequest request, string changeType)
    {
        var entity = EntityPath.TypeOf(request);
        var body = (await request.ReadJsonAsync()).RootElement;
        var written = await request.WriteAsync(Proposals(entity, body, changeType));
        await AnswerAsync(request, changeType, asyncByDefault: true, writer => WriteEntities(writer, request, written));
    }

    private static async Task WriteGenericAsync(GmsRequest request, string changeType)
    {
        var body = (await request.ReadJsonAsync()).RootElement;
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw new CatalogException(CatalogFault.Argument, "The request body is not an object of entity types.");
        }
        var proposals = body.EnumerateObject().SelectMany(type => Proposals(ModelNames.Entity(type.Name), type.Value, changeType));
        var written = await request.WriteAsync(proposals);
        await AnswerAsync(request, changeType, asyncByDefault: true, writer =>
        {
            writer.WriteStartObject();
            foreach (var type in written.GroupBy(aspect => Urn.Parse(aspect.Urn).EntityType))
            {
                writer.WritePropertyName(type.Key);
                WriteEntities(writer, request, type);
            }
            writer.WriteEndObject();
        });
    }

    private static async Task CreateAspectAsync(GmsRequest request)
    {
        var changeType = request.Query.Flag("createIfEntityNotExists") ? "CREATE_ENTITY"
            : request.Query.Flag("createIfNotExists", otherwise: true) ? "CREATE"
            : Upsert;
        await WriteAspectAsync(request, changeType);
    }

    private static Task PatchAspectAsync(GmsRequest request) => WriteAspectAsync(request, MetadataChangeProposal.Patch);

    private static async Task WriteAspectAsync(GmsRequest request, string changeType)
    {
        var path = EntityPath.Of(request);
        var aspect = path.Aspect ?? throw new CatalogException(CatalogFault.Argument, "The path names no aspect after the urn.");
        var urn = path.Urn.ToString();
        var envelope = (await request.ReadJsonAsync()).RootElement;
        var written = await request.WriteAsync([ProposalText.Of(path.Entity.Name, urn, changeType, aspect.Name, envelope)]);
        await AnswerAsync(request, changeType, asyncByDefault: false, writer =>
            WriteEntity(writer, request, urn, written.Where(result => result.Aspect == aspect.Name)));
    }

    private static IEnumerable<MetadataChangeProposal> Proposals(EntityType entity, JsonElement body, string changeType)
    {
        if (body.ValueKind != JsonValueKind.Array)
        {
            throw new CatalogException(CatalogFault.Argument, "An array of entities is expected.");
        }
        foreach (var item in body.EnumerateArray())
        {
            var members = new Arguments(item);
            var urn = members.Text("urn");
            foreach (var member in members.Members.Where(member => member.Name != "urn"))
            {
                // An unknown name goes on as it is: the check says so in the words of GMS.
                var aspect = ModelNames.AspectOf(entity, member.Name)?.Name ?? member.Name;
                yield return ProposalText.Of(entity.Name, urn, changeType, aspect, member.Value);
            }
        }
    }

    private static Task AnswerAsync(GmsRequest request, string changeType, bool asyncByDefault, Action<Utf8JsonWriter> write) =>
        !request.Query.Flag("async", asyncByDefault) ? request.AnswerAsync(write)
        : changeType == MetadataChangeProposal.Patch ? request.AnswerAsync(StatusCodes.Status202Accepted)
        : request.AnswerAsync(write, StatusCodes.Status202Accepted);

    private static void WriteEntities(Utf8JsonWriter writer, GmsRequest request, IEnumerable<WrittenAspect> written)
    {
        writer.WriteStartArray();
        foreach (var entity in written.GroupBy(aspect => aspect.Urn))
        {
            WriteEntity(writer, request, entity.Key, entity);
        }
        writer.WriteEndArray();
    }

    /// <summary>What was written to an entity; where an aspect was written more than once, the last.</summary>
    private static void WriteEntity(Utf8JsonWriter writer, GmsRequest request, string urn, IEnumerable<WrittenAspect> written)
    {
        var withSystemMetadata = request.Query.Flag("systemMetadata");
        writer.WriteStartObject();
        writer.WriteString("urn"u8, urn);
        foreach (var aspect in written.Where(aspect => aspect.Outcome != WriteOutcome.Skipped).GroupBy(aspect => aspect.Aspect).Select(versions => versions.Last()))
        {
            writer.WriteStartObject(aspect.Aspect);
            writer.WriteStored("value", aspect.Value);
            if (withSystemMetadata)
            {
                writer.WriteStored("systemMetadata", aspect.SystemMetadata);
            }
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    private static async Task DeleteAsync(GmsRequest request)
    {
        var (entity, parsed, named) = EntityPath.Of(request);
        var urn = parsed.ToString();
        var aspects = named is not null ? [named]
            : request.Query.Flag("clear") ? entity.Aspects.Select(name => AspectRegistry.Instance.Aspects[name]).ToList()
            : request.Query.List("aspects")?.Select(name => ModelNames.RequireAspect(entity, name)).ToList() ?? [];
        if (aspects.Count == 0 || aspects.Exists(aspect => aspect.Name == entity.KeyAspect))
        {
            await request.Store.DeleteEntityAsync(urn, request.Cancelled);
            return;
        }
        await request.Store.DeleteAspectsAsync(urn, [.. aspects.Select(aspect => aspect.Name)], request.Cancelled);
    }
}
